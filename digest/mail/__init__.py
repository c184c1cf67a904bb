"""An edition as a mail: composed, shown, and sent to each subscriber once.

`message` writes it, `people` reads who gets it, `post` is one round of
sending: `log` remembers who has it, `send` talks to the server. `preview`
shows it on this machine.
"""

from digest.mail.log import NAME as LOG
from digest.mail.message import Letter, Sender, edition_of, letter, to_bytes, to_message
from digest.mail.people import Person, person, read
from digest.mail.post import Post
from digest.mail.preview import preview
from digest.mail.send import Outcome, Server

__all__ = [
    "LOG",
    "Letter",
    "Outcome",
    "Person",
    "Post",
    "Sender",
    "Server",
    "edition_of",
    "letter",
    "person",
    "preview",
    "read",
    "to_bytes",
    "to_message",
]
