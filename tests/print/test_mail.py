"""Letters by e-mail, against a real server: what arrives, and what is said when something does not."""

import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from print.mail import Postman
from store.domain.language import Language
from store.domain.mail import (
    MailError,
    MailMessage,
    MailSecurity,
    MailServerError,
    MailUncertainError,
    addresses,
)
from tests.print.mail_server import Inbox, mail_server, make_certificate
from tui import speech

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 200


@pytest.fixture(autouse=True)
def _english() -> None:
    speech.speak(Language.EN)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as inbox:
        yield inbox


def letter(*to: str, subject: str = "Przypomnienie o zwrocie: żółw") -> MailMessage:
    return MailMessage(to=to, subject=subject, text="Zażółć gęślą jaźń.\n\n.\n", name="reminder.pdf", pdf=PDF)


def parts(message: EmailMessage) -> tuple[str, str, bytes]:
    (attached,) = message.iter_attachments()
    body = message.get_body()
    assert body
    text = body.get_content().replace("\r\n", "\n")
    return text, str(attached.get_filename()), attached.get_payload(decode=True)  # type: ignore[return-value]


def test_a_letter_arrives_as_it_was_made(inbox: Inbox) -> None:
    with Postman(inbox.server()) as postman:
        assert postman.send(letter("anna@example.com", "jan@example.com")) == ()
    ((to, message),) = inbox.letters
    assert to == ("anna@example.com", "jan@example.com")
    assert message["From"] == "Magazyn Żółw <magazyn@example.com>"
    assert message["To"] == "anna@example.com, jan@example.com"
    assert message["Subject"] == "Przypomnienie o zwrocie: żółw"
    assert message["Message-ID"].endswith("@example.com>")
    assert message["Date"].datetime.tzinfo
    assert parts(message) == ("Zażółć gęślą jaźń.\n\n.\n", "reminder.pdf", PDF)


def test_over_tls_from_the_first_byte(certificate: tuple[Path, Path]) -> None:
    with mail_server(certificate=certificate, begins_with_tls=True) as inbox:
        with Postman(inbox.server(MailSecurity.TLS, certificates=certificate[0])) as postman:
            postman.send(letter("anna@example.com"))
        assert len(inbox.letters) == 1


def test_over_starttls_with_a_login(certificate: tuple[Path, Path]) -> None:
    with mail_server(certificate=certificate, login=("magazyn", "secret")) as inbox:
        known = {"user": "magazyn", "password": "secret", "certificates": certificate[0]}
        with Postman(inbox.server(MailSecurity.STARTTLS, **known)) as postman:
            postman.send(letter("anna@example.com"))
        assert len(inbox.letters) == 1
        for wrong, why in (
            ({"password": "other"}, "does not let magazyn in: 535"),
            ({"password": "hasło"}, "plain letters"),
            ({"certificates": None}, "cannot be trusted"),
        ):
            server = inbox.server(MailSecurity.STARTTLS, **(known | wrong))
            with Postman(server) as postman, pytest.raises(MailServerError, match=why):
                postman.send(letter("anna@example.com"))
        assert len(inbox.letters) == 1


def test_nothing_is_said_openly_to_a_server_that_knows_no_tls(inbox: Inbox) -> None:
    for security, why in (
        (MailSecurity.STARTTLS, "cannot do what is configured"),
        (MailSecurity.TLS, "no TLS"),
    ):
        with Postman(inbox.server(security)) as postman, pytest.raises(MailServerError, match=why):
            postman.send(letter("anna@example.com"))
    assert inbox.letters == []


def test_one_refused_letter_does_not_keep_the_others(inbox: Inbox) -> None:
    inbox.refused.add("nobody@example.com")
    inbox.too_large.add("small@example.com")
    with Postman(inbox.server()) as postman:
        with pytest.raises(MailError, match=r"nobody@example\.com is refused: 550 5\.1\.1") as refused:
            postman.send(letter("nobody@example.com"))
        assert not isinstance(refused.value, MailServerError | MailUncertainError)
        with pytest.raises(MailError, match=r"refused the letter: 552 5\.3\.4 too large"):
            postman.send(letter("small@example.com"))
        assert postman.send(letter("anna@example.com", "nobody@example.com")) == ("nobody@example.com",)
    assert [to for to, _message in inbox.letters] == [("anna@example.com",)]
    assert inbox.connections == 1


def test_a_connection_that_the_server_closed_meanwhile_is_made_anew(inbox: Inbox) -> None:
    inbox.hang_up_after = 1
    with Postman(inbox.server()) as postman:
        for number in range(3):
            postman.send(letter(f"a{number}@example.com"))
    assert len(inbox.letters) == inbox.connections == 3


def test_a_letter_whose_connection_broke_off_is_uncertain_and_the_next_one_goes(inbox: Inbox) -> None:
    inbox.hang_up_on.add("anna@example.com")
    with Postman(inbox.server()) as postman:
        with pytest.raises(MailUncertainError, match="may have arrived"):
            postman.send(letter("anna@example.com"))
        postman.send(letter("jan@example.com"))
    assert [to for to, _message in inbox.letters] == [("jan@example.com",)]


def test_a_server_that_is_down_is_told(inbox: Inbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    down = inbox.server(port=port)
    with (
        Postman(down) as postman,
        pytest.raises(MailServerError, match=f"localhost:{port} does not answer: "),
    ):
        postman.send(letter("anna@example.com"))
    nowhere = inbox.server(host="mail.invalid")
    with Postman(nowhere) as postman, pytest.raises(MailServerError, match=r"mail\.invalid"):
        postman.send(letter("anna@example.com"))


def test_a_server_that_hangs_is_given_up(inbox: Inbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hung = inbox.server(port=silent.getsockname()[1], timeout=0.2)
        with Postman(hung) as postman, pytest.raises(MailServerError, match=r"does not answer: .*timed out"):
            postman.send(letter("anna@example.com"))


def test_a_subject_cannot_bring_headers_of_its_own(inbox: Inbox) -> None:
    with Postman(inbox.server()) as postman:
        postman.send(letter("anna@example.com", subject="a\r\nBcc: all@example.com"))
    ((to, message),) = inbox.letters
    assert to == ("anna@example.com",)
    assert (message["Subject"], message["Bcc"]) == ("a Bcc: all@example.com", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        (" a@b.pl ", ("a@b.pl",)),
        ("a.b+c@sub.example.com; d@e.org,f@g.pl", ("a.b+c@sub.example.com", "d@e.org", "f@g.pl")),
    ],
)
def test_addresses_are_parted(text: str, found: tuple[str, ...]) -> None:
    assert addresses(text) == found


@pytest.mark.parametrize(
    "bad",
    ["anna", "anna@", "anna@local", "@b.pl", "a@b..pl", "ż@b.pl", "a@b.pl\x00", "a@-b.pl", f"{'a' * 65}@b.pl",
     f"a@{'b' * 250}.pl"],
)  # fmt: skip
def test_what_is_no_address_is_told(bad: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        addresses(f"a@b.pl {bad}")
    assert str(error.value) == bad
