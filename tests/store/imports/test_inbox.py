"""The watched folder: whole files only, each taken by one process."""

from pathlib import Path

from store.imports.inbox import Inbox


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def names(inbox: Inbox) -> list[str]:
    found = []
    for taken in inbox.take():
        with taken:
            found.append(taken.path.name)
    return found


def test_a_file_that_grows_is_not_taken(tmp_path: Path) -> None:
    clock = Clock()
    inbox = Inbox(tmp_path, pause=2, clock=clock)
    path = tmp_path / "a.xml"
    path.write_text("half")
    assert names(inbox) == []
    clock.now = 2
    path.write_text("half and more")
    assert names(inbox) == []
    assert not inbox.is_settled
    clock.now = 3.9
    assert names(inbox) == []
    clock.now = 4
    assert names(inbox) == ["a.xml"]


def test_a_file_that_was_replaced_is_looked_at_anew(tmp_path: Path) -> None:
    clock = Clock()
    inbox = Inbox(tmp_path, pause=2, clock=clock)
    (tmp_path / "a.xml").write_text("one")
    assert names(inbox) == []
    (tmp_path / "b").write_text("two")
    (tmp_path / "b").rename(tmp_path / "a.xml")
    clock.now = 2
    assert names(inbox) == []
    clock.now = 4
    assert names(inbox) == ["a.xml"]


def test_two_that_watch_one_folder_take_each_file_once(tmp_path: Path) -> None:
    clock = Clock()
    one, two = Inbox(tmp_path, pause=1, clock=clock), Inbox(tmp_path, pause=1, clock=clock)
    for number in range(3):
        (tmp_path / f"{number}.xml").write_text("x")
    assert names(one) == names(two) == []
    clock.now = 1
    taken = []
    for mine in one.take():
        with mine:
            taken.append(mine.path.name)
            # The other one looks while this file is held, and after it was put aside.
            for theirs in two.take():
                with theirs:
                    taken.append(theirs.path.name)
                    two.finish(theirs.path)
            one.finish(mine.path)
    assert sorted(taken) == ["0.xml", "1.xml", "2.xml"]
    assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["0.xml", "1.xml", "2.xml"]


def test_nothing_in_done_is_overwritten(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    for text in ("one", "two"):
        (tmp_path / "a.xml").write_text(text)
        inbox.fail(tmp_path / "a.xml", f"because of {text}")
    assert (tmp_path / "failed" / "a.xml").read_text() == "one"
    assert (tmp_path / "failed" / "a-2.xml").read_text() == "two"
    assert (tmp_path / "failed" / "a-2.xml.reason.txt").read_text() == "because of two\n"


def test_folders_hidden_and_unfinished_files_are_left_alone(tmp_path: Path) -> None:
    clock = Clock()
    inbox = Inbox(tmp_path, pause=0, clock=clock)
    (tmp_path / "done").mkdir()
    for name in (".a.xml", "b.xml.part", "c.tmp", "d.xml~"):
        (tmp_path / name).write_text("x")
    assert names(inbox) == []
    assert inbox.is_settled
