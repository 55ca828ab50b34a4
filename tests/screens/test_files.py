"""Files of a unit that has more of them than there are digits."""

from pathlib import Path

from screens.unit_card import UnitCard
from store.operations.attachments import attach
from tests.screens.conftest import Warehouse
from tests.screens.stage import Showing


async def test_any_file_of_a_unit_is_saved_out(
    show: Showing, session, company: Warehouse, sold: int, tmp_path: Path
) -> None:
    for number in range(10):
        company.run(attach, company.actor(), [sold], f"nr{number}.pdf", f"{number}".encode())
    async with show(UnitCard(session, sold)) as stage:
        await stage.shows("LT000001")
        await stage.command("DO")
        await stage.shows("5 Files...")
        await stage.command("5")
        await stage.shows("2 Save a file")
        await stage.command("2")
        await stage.shows("Which file?", "1 nr9.pdf")
        await stage.command("9")
        await stage.shows("1 nr1.pdf", "2 nr0.pdf")
        await stage.command("2")
        await stage.shows("Into which file?")
        await stage.press("ctrl+u")
        await stage.write(str(tmp_path / "out.pdf"))
        await stage.press("enter")
        await stage.shows("Written to")
        await stage.press("enter")
        await stage.on_top(UnitCard)
    assert (tmp_path / "out.pdf").read_bytes() == b"0"
