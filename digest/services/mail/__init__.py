"""An edition as a mail: composed, shown, and sent to each subscriber once.

`message` writes it, `people` reads who gets it, `post` is one round of
sending: `log` remembers who has it, `send` talks to the server. `preview`
shows it on this machine.
"""

from digest.services.mail.delivery_log import NAME as LOG
from digest.services.mail.message import Letter, Sender, edition_of, letter, to_bytes, to_message
from digest.services.mail.recipients import Person, person, read
from digest.services.mail.rounds import Post
from digest.services.mail.smtp import Outcome, Server
from digest.services.mail.viewer import preview

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
