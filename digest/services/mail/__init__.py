"""An edition as a mail: composed, previewed, and sent to each subscriber once.

`message` writes it, `recipients` reads who gets it, `rounds` is one round of
sending: `delivery` goes through them, `smtp` talks to the server, `delivery_log` records who has it. `viewer`
shows it on this machine.
"""

from digest.services.mail.delivery import DeliveryReport
from digest.services.mail.delivery_log import NAME as LOG
from digest.services.mail.message import (
    Letter,
    Sender,
    find_edition,
    to_bytes,
    to_message,
    write_letter,
)
from digest.services.mail.recipients import Recipient, parse_recipient, read_recipients
from digest.services.mail.rounds import Mailing
from digest.services.mail.smtp import Server
from digest.services.mail.viewer import preview

__all__ = [
    "LOG",
    "DeliveryReport",
    "Letter",
    "Mailing",
    "Recipient",
    "Sender",
    "Server",
    "find_edition",
    "parse_recipient",
    "preview",
    "read_recipients",
    "to_bytes",
    "to_message",
    "write_letter",
]
