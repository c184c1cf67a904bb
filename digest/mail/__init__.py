"""An edition as a mail: composed, shown, and sent to each subscriber once.

`message` writes it, `people` reads who gets it, `log` remembers who has it,
`send` talks to the server, `preview` shows it on this machine.
"""

from digest.mail.log import NAME as LOG
from digest.mail.log import Log
from digest.mail.message import Letter, Sender, edition_of, letter, to_bytes, to_message
from digest.mail.people import Person, person, read
from digest.mail.preview import preview
from digest.mail.send import Outcome, Server, deliver, due

__all__ = [
    "LOG",
    "Letter",
    "Log",
    "Outcome",
    "Person",
    "Sender",
    "Server",
    "deliver",
    "due",
    "edition_of",
    "letter",
    "person",
    "preview",
    "read",
    "to_bytes",
    "to_message",
]
