"""Where the program keeps what: the XDG folders, and nothing is made until it is needed."""

from pathlib import Path

from platformdirs import PlatformDirs

NAME = "sztuka"


def _folders() -> PlatformDirs:
    return PlatformDirs(NAME, appauthor=False)


def config_files() -> tuple[Path, ...]:
    """Return the configuration files that may exist, the weakest first: the machine's, then the person's."""
    folders = _folders()
    return (folders.site_config_path / "config.toml", folders.user_config_path / "config.toml")


def config_folder() -> Path:
    """Return the folder of the person's own configuration."""
    return Path(_folders().user_config_path)


def data_folder() -> Path:
    """Return the folder of the person's own data: the SQLite store and its backups."""
    return Path(_folders().user_data_path)


def demo_file() -> Path:
    """Return the file of the demo company that `sztuka --demo` opens."""
    return data_folder() / "demo.db"


def state_folder() -> Path:
    """Return the folder of what may be lost: logs."""
    return Path(_folders().user_state_path)


def locale_folder() -> Path:
    """Return the folder of the compiled catalogues, which are part of the program."""
    return Path(__file__).parent / "locale"
