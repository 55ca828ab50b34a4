"""E-mail as data: addresses, a message, and what can become of it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from store.domain.errors import SztukaError

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+",
    re.ASCII,
)
LONGEST = 254
"""Characters of an address."""


class MailSecurity(StrEnum):
    """How the connection to the mail server is kept from others."""

    STARTTLS = "starttls"
    """It begins openly and becomes secret before anything is said; a server that cannot is not used."""
    TLS = "tls"
    """It is secret from its first byte."""
    NONE = "none"
    """Everybody on the way can read it: for a server on this machine."""


def addresses(text: str) -> tuple[str, ...]:
    """Return the addresses in a text, parted by blanks, commas or semicolons.

    Raises ValueError, naming the first text that is none.
    """
    found = tuple(part for part in re.split(r"[\s,;]+", text) if part)
    for each in found:
        if len(each) > LONGEST or not _ADDRESS.fullmatch(each):
            raise ValueError(each)
    return found


def is_sender(text: str) -> bool:
    """Tell whether a text is an address, or a name with one: `Warehouse <stock@example.com>`."""
    name, bracket, rest = text.partition("<")
    address = rest.removesuffix(">") if bracket else text
    plain = name.isprintable() and not set(name) & set('>",;:@')
    try:
        return addresses(address) == (address,) and (not bracket or (plain and rest.endswith(">")))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class MailMessage:
    """A letter as it is sent: a text, and the letter itself as a PDF."""

    to: tuple[str, ...]
    """At least one address."""
    subject: str
    text: str
    name: str
    """Of the file; ASCII."""
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that letters go through."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    """The address that letters come from, with a name where it has one: `Magazyn <magazyn@example.com>`."""
    user: str = ""
    """Empty: the server asks nobody who they are."""
    password: str = ""
    certificates: Path | None = None
    """The file of the authorities that the server's certificate is from; None: those of this machine."""
    timeout: float = 20
    """Seconds without an answer after which it counts as down."""


class MailError(SztukaError):
    """One message was not sent; the words say why. Others can be."""


class MailServerError(MailError):
    """The server takes no message from us now."""


class MailUncertainError(MailError):
    """The connection broke while the message was handed over: it may have arrived, or not."""
