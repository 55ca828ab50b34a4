"""`sztuka mail`: a letter through a real server, and what is said when none goes."""

from pathlib import Path

import pytest

from tests.print.mail_server import mail_server, make_certificate
from tests.tui.cli.conftest import Sztuka


def test_a_letter_goes_through_the_configured_server(sztuka: Sztuka, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    password = tmp_path / "password"
    password.write_text("secret\n")
    with mail_server(certificate=certificate, login=("magazyn", "secret")) as inbox:
        config = tmp_path / "config.toml"
        config.write_text(
            f'[mail]\nhost = "localhost"\nport = {inbox.port}\nsender = "Magazyn <magazyn@example.com>"\n'
            f'user = "magazyn"\npassword_file = "{password}"\ncertificates = "{certificate[0]}"\n'
        )
        run = sztuka("mail", "anna@example.com", "--config", str(config))
        assert (run.returncode, run.stdout) == (0, ""), run.stderr
        assert run.stderr == "localhost took the letter to anna@example.com.\n"
        ((to, message),) = inbox.letters
        assert to == ("anna@example.com",)
        assert message["From"] == "Magazyn <magazyn@example.com>"
        inbox.refused.add("jan@example.com")
        run = sztuka("mail", "jan@example.com", "--config", str(config))
        assert run.returncode == 1
        assert "jan@example.com is refused: 550" in run.stderr
        password.write_text("other\n")
        run = sztuka("mail", "anna@example.com", "--config", str(config))
        assert run.returncode == 1
        assert "does not let magazyn in" in run.stderr
        assert "other" not in run.stderr


@pytest.mark.parametrize(
    ("address", "told"),
    [("anna@example.com", "mail.host and mail.sender are needed"), ("anna", "anna is no e-mail address.")],
)
def test_what_cannot_be_sent_is_told(sztuka: Sztuka, address: str, told: str) -> None:
    run = sztuka("mail", address)
    assert run.returncode == 1
    assert told in run.stderr


def test_a_sender_that_is_no_address_is_refused_at_the_start(sztuka: Sztuka) -> None:
    run = sztuka("mail", "anna@example.com", SZTUKA_MAIL_SENDER="Magazyn")
    assert run.returncode == 2
    assert "mail.sender" in run.stderr
