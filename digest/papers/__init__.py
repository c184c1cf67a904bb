"""Papers, however many documents describe them: identified, merged, registered and audited."""
