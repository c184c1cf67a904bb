"""Everything that goes to the network: looking papers up, sending mail, notifying a hub."""
