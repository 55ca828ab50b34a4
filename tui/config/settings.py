"""Everything that can be configured, as one frozen object. docs/configuration.md describes each key."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from scanners.settings import ScannerSettings, WedgeSettings
from store.domain.invoice_fields import LOT_KEYS, SERIAL_KEYS
from store.domain.language import Language
from store.domain.mail import MailSecurity
from tui import paths


class LanguageChoice(StrEnum):
    """The language of the program; an operator's own choice goes before it."""

    AUTO = "auto"
    """As the terminal's locale says."""
    PL = "pl"
    EN = "en"


class PaperLanguageChoice(StrEnum):
    """The language of papers, where nobody asks for another one."""

    AUTO = "auto"
    """That of the program."""
    PL = "pl"
    EN = "en"
    BOTH = "both"


class LogLevel(StrEnum):
    """How much is written to the log."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """The log file, never shown on the screen."""

    level: LogLevel = LogLevel.INFO
    folder: Path = field(default_factory=paths.state_folder)
    megabytes: int = 2
    """A fuller file is put aside."""
    files: int = 5
    """How many files are kept, the one in use included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanySettings:
    """Our company, where the store is not asked. Papers of documents have what the store says of it."""

    name: str = ""
    """On the command sheet."""
    tax_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTexts:
    """What our papers say in one language."""

    footer: str = ""
    """At the foot of every page."""
    territory: str = ""
    """Where a warranty holds."""
    conditions: str = ""
    """Those of a warranty."""
    statement: str = ""
    """On the buyer's statutory rights; where empty, the words of the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSettings:
    """How labels are cut."""

    roll: bool = False
    """One after the other; else on A4 sheets."""
    columns: int = 3
    rows: int = 8
    width: int = 70
    """Millimetres, as the height."""
    height: int = 37


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSettings:
    """How papers look and where they are printed."""

    language: PaperLanguageChoice = PaperLanguageChoice.AUTO
    queue: str = ""
    """The print queue of a terminal that names none."""
    label_queue: str = ""
    folder: Path = field(default_factory=lambda: paths.data_folder() / "papers")
    logo: str = ""
    """A PNG or JPEG file."""
    labels: LabelSettings = field(default_factory=LabelSettings)
    guarantor: str = ""
    """Name and address, a line each; where empty, our own company."""
    pl: PaperTexts = field(default_factory=PaperTexts)
    en: PaperTexts = field(default_factory=PaperTexts)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleSettings:
    """What we call the papers of one series in one language; what is empty has the program's words."""

    series: str
    language: Language
    title: str = ""
    giver: str = ""
    """What the side is called that hands the goods over."""
    taker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSettings:
    """Where the copies go that are made before a store is migrated."""

    folder: Path = field(default_factory=lambda: paths.data_folder() / "backups")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentSettings:
    """Photos and signed papers that are attached to units."""

    folder: Path = field(default_factory=lambda: paths.data_folder() / "attachments")
    """Where they are offered from."""
    megabytes: int = 10
    """A larger file is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettings:
    """The company's own letters."""

    folder: Path = field(default_factory=lambda: paths.config_folder() / "letters")
    """Where their templates are; those of the program need no folder."""
    operator: str = ""
    """The code of the operator in whose name reminders go where nobody is asked, as by cron."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The server that letters are sent through by e-mail."""

    host: str = ""
    """Empty: no letter is sent."""
    port: int = 587
    security: MailSecurity = MailSecurity.STARTTLS
    sender: str = ""
    """The address that letters come from, with a name where it has one."""
    user: str = ""
    """Empty: the server asks nobody who they are."""
    password_file: str = ""
    """The file with the password in its first line."""
    certificates: str = ""
    """The file of the authorities that the server's certificate is from; empty: those of this machine."""
    timeout_s: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSettings:
    """How this terminal shows things and is heard."""

    plain: bool = False
    """The terminal draws ASCII only: no lines, dots or arrows beyond it. A locale without UTF-8 does the
    same."""
    bell: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalWedge(WedgeSettings):
    """The wedge of one terminal; a key that is not given has its default, not what `wedge` says."""

    terminal: str
    """The terminal's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSettings:
    """How invoices are read and imported."""

    serial_keys: tuple[str, ...] = SERIAL_KEYS
    """Fields that hold serials."""
    lot_keys: tuple[str, ...] = LOT_KEYS
    """Fields that hold the number of a lot. No law or schema fixes these names."""
    operator: str = ""
    """The code of the operator in whose name `sztuka import` posts."""
    inbox: str = ""
    """The folder that is watched for invoices."""
    link_days: int = 30
    """Issues of so many days before an invoice are taken for its goods; 0: a person is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The whole configuration."""

    store: str = field(default_factory=lambda: str(paths.data_folder() / "sztuka.db"))
    """A file, `sqlite:///FILE` or `postgresql://...`."""
    language: LanguageChoice = LanguageChoice.AUTO
    terminal: str = ""
    """The code of this terminal; where empty, it is known by its host name or its address."""
    log: LogSettings = field(default_factory=LogSettings)
    company: CompanySettings = field(default_factory=CompanySettings)
    imports: ImportSettings = field(default_factory=ImportSettings)
    paper: PaperSettings = field(default_factory=PaperSettings)
    titles: tuple[TitleSettings, ...] = ()
    """Our own titles of papers."""
    backup: BackupSettings = field(default_factory=BackupSettings)
    attachments: AttachmentSettings = field(default_factory=AttachmentSettings)
    letters: LetterSettings = field(default_factory=LetterSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    wedge: WedgeSettings = field(default_factory=WedgeSettings)
    """A scanner that types into the terminal, as every one does over SSH."""
    wedges: tuple[TerminalWedge, ...] = ()
    """The same for single terminals, whose scanners are set in another way."""
    scanners: tuple[ScannerSettings, ...] = ()
    """The scanners plugged into this machine; no other device is opened."""
