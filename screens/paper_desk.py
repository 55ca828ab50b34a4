"""The papers of a document or a unit: chosen, seen, printed, saved, and printed again as they were."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList

from print.drawing import DrawingError
from print.text_page import TextPage
from screens.commands import Command
from screens.entry import Entry
from screens.frame import Frame
from screens.notice import Notice
from screens.paper_commands import COPIES, LANGUAGE, PREVIEW, SAVE
from screens.paper_preview import PaperPreview
from screens.paper_subject import PaperSubject
from screens.paper_work import PaperWork
from screens.papers import PaperForm, form_of, title_of_kept
from screens.print_words import LANGUAGES, printed_text, state_text
from screens.session import Session
from screens.signals import Signal
from screens.widgets.choices import Choices
from screens.widgets.text_line import TextLine, shorten
from screens.words import moment
from store.domain.errors import RefusedError, StoreError
from store.domain.kept_papers import KeptPaper
from store.domain.language import _, ngettext
from store.domain.papers import PaperLanguage, PaperRequest
from store.domain.printing import Printed

log = logging.getLogger(__name__)

MOST_COPIES = 99
NARROW = 40
Target = PaperForm | KeptPaper


class Listed(Message):
    """The kept papers were read."""

    def __init__(self, kept: list[KeptPaper]) -> None:
        """Carry them, the newest first."""
        super().__init__()
        self.kept = kept


class Progress(Message):
    """Something is being drawn or printed, or ended: with words, or with a problem to acknowledge."""

    def __init__(self, text: str, *, ended: bool = False, problem: bool = False) -> None:
        """Say `text`."""
        super().__init__()
        self.text = text
        self.ended = ended
        self.problem = problem


class PaperDesk(Frame):
    """Lists the papers that can be made, and below them those that were. Choosing one prints it."""

    OFFERS: ClassVar[tuple[Command, ...]] = (PREVIEW, COPIES, LANGUAGE, SAVE)

    def __init__(self, session: Session, subject: PaperSubject) -> None:
        """Print papers of `subject`."""
        super().__init__(session)
        self._subject = subject
        self._kept: list[KeptPaper] = []
        self._setup = session.papers()
        self._paper_work = PaperWork(lane=session.lane, setup=self._setup)
        self._language = self._setup.language
        self._copies = 1
        self._is_printing = False

    def title_text(self) -> str:
        """Return whose papers they are."""
        return _("Papers of {what}").format(what=self._subject.title)

    def compose_body(self) -> ComposeResult:
        """Build the line of the settings and the list."""
        yield TextLine(id="settings")
        yield Choices(id="papers")

    def on_mount(self) -> None:
        """Read what was printed before."""
        super().on_mount()
        self.query_one(Choices).focus()
        self._show_settings()
        self._fill()
        self.enqueue(self._read)

    async def _read(self) -> None:
        self.post_message(Listed(await self.session.lane.read(self._subject.kept)))

    @on(Listed)
    def _show(self, message: Listed) -> None:
        self._kept = message.kept
        self._fill()

    def _fill(self) -> None:
        choices = self.query_one(Choices)
        chosen = choices.highlighted
        kept, words = self._kept, [form.words() for form in self._subject.forms]
        choices.lay_out(lambda width: [*words, *(kept_row(each, width) for each in kept)])
        if chosen is not None and chosen < choices.option_count:
            choices.highlighted = chosen

    def _show_settings(self) -> None:
        copies = ngettext("{count} copy", "{count} copies", self._copies).format(count=self._copies)
        queue = self._queue(self._subject.forms[0]) or _("to a file")
        text = f"{copies}, {_(LANGUAGES[self._language])}, {queue}"
        self.query_one("#settings", TextLine).show(text)

    def _queue(self, form: PaperForm) -> str:
        return self._setup.queue_at(self.session.terminal, on_labels=form.on_labels)

    def action_language(self) -> None:
        """Print in the next language."""
        languages = list(PaperLanguage)
        self._language = languages[(languages.index(self._language) + 1) % len(languages)]
        self._show_settings()

    def action_copies(self) -> None:
        """Ask how many copies."""
        self.enqueue(self._ask_copies)

    async def _ask_copies(self) -> None:
        entry = Entry(
            _("How many copies?"), value=str(self._copies), check=_wrong_copies, bell=self.session.bell
        )
        answer = await self.app.push_screen_wait(entry)
        if answer is not None:
            await self.take_amount(answer)

    async def take_amount(self, amount: str) -> bool:
        """Print so many copies from now on."""
        if _wrong_copies(amount):
            return False
        self._copies = int(amount)
        self._show_settings()
        return True

    @on(OptionList.OptionSelected)
    def _print_chosen(self, message: OptionList.OptionSelected) -> None:
        self._begin(self._target(message.option_index), self._print)

    def action_save(self) -> None:
        """Save the chosen paper as a PDF file."""
        self._begin(self._target(self.query_one(Choices).highlighted), self._save)

    def action_preview(self) -> None:
        """Show the chosen paper as text."""
        self._begin(self._target(self.query_one(Choices).highlighted), self._preview)

    def _target(self, index: int | None) -> Target | None:
        targets: list[Target] = [*self._subject.forms, *self._kept]
        return targets[index] if index is not None and index < len(targets) else None

    def _begin(self, target: Target | None, deed: Callable[[Target, PaperRequest], Awaitable[None]]) -> None:
        if target is None or self._is_printing:
            return
        self.enqueue(partial(self._ask_and_begin, target, deed))

    async def _ask_and_begin(
        self, target: Target, deed: Callable[[Target, PaperRequest], Awaitable[None]]
    ) -> None:
        request = self._subject.request
        if isinstance(target, PaperForm) and target.on_labels and not self._setup.labels.roll:
            entry = Entry(
                _("First free label on the sheet?"), value="1", check=_wrong_number, bell=self.session.bell
            )
            answer = await self.app.push_screen_wait(entry)
            if answer is None:
                return
            request = replace(request, label_start=int(answer))
        self._is_printing = True
        self._do(target, request, deed)

    @work(group="paper")
    async def _do(
        self, target: Target, request: PaperRequest, deed: Callable[[Target, PaperRequest], Awaitable[None]]
    ) -> None:
        """Do something that takes long, beside the jobs: the screen can be left meanwhile."""
        name = target.words() if isinstance(target, PaperForm) else title_of_kept(target)
        watch = asyncio.create_task(self._tell_progress(name))
        try:
            await deed(target, request)
        except RefusedError:
            self.post_message(Progress(_("This paper cannot be kept."), ended=True, problem=True))
        except DrawingError:
            log.exception("a paper was not drawn")
            text = _("The paper could not be made. The log says why.")
            self.post_message(Progress(text, ended=True, problem=True))
        except (StoreError, OSError) as error:
            self.post_message(Progress(str(error), ended=True, problem=True))
        finally:
            watch.cancel()
            self._is_printing = False

    async def _tell_progress(self, name: str) -> None:
        seconds = 0
        while True:
            text = _("{paper} is being made...").format(paper=name)
            self.post_message(Progress(f"{text} {seconds} s" if seconds else text))
            await asyncio.sleep(1)
            seconds += 1

    async def _print(self, target: Target, request: PaperRequest) -> None:
        kept, form = await self._kept_of(target, request)
        # What is at the printer is noted, whether or not somebody still looks.
        printing = self._paper_work.printed(
            self.session.actor(), kept, queue=self._queue(form), copies=self._copies
        )
        self._tell(await asyncio.shield(asyncio.ensure_future(printing)))

    async def _save(self, target: Target, request: PaperRequest) -> None:
        kept, _form = await self._kept_of(target, request)
        self._tell(await self._paper_work.saved(self.session.actor(), kept))

    async def _preview(self, target: Target, request: PaperRequest) -> None:
        if isinstance(target, KeptPaper):
            pdf = await self._paper_work.pdf(target)
        else:
            pdf = (await self._paper_work.drawn(target, request, self._language)).pdf
        pages = await self._paper_work.text(pdf)
        self.post_message(Progress("", ended=True))
        self.enqueue(partial(self._show_preview, target, pages))

    async def _show_preview(self, target: Target, pages: tuple[TextPage, ...]) -> None:
        name = target.words() if isinstance(target, PaperForm) else title_of_kept(target)
        title = f"{name} {self._subject.title}"
        await self.app.push_screen_wait(PaperPreview(self.session, title, pages))

    async def _kept_of(self, target: Target, request: PaperRequest) -> tuple[KeptPaper, PaperForm]:
        """Return the paper as it is kept now: a new one was kept before anything else happens to it."""
        if isinstance(target, KeptPaper):
            return target, form_of(target.code)
        paper = await self._paper_work.drawn(target, request, self._language)
        return await self._paper_work.kept(self.session.actor(), paper), target

    def _tell(self, printed: Printed) -> None:
        self.post_message(Progress(printed_text(printed), ended=True, problem=printed.is_problem))
        self.enqueue(self._read)

    @on(Progress)
    def _show_progress(self, message: Progress) -> None:
        if message.problem:
            self.say("")
            self.enqueue(partial(self.stop_work, message.text))
        elif message.ended and cell_len(message.text) > self.size.width:
            self.say("")
            self.enqueue(partial(self._notice, message.text))
        else:
            self.say(message.text, signal=Signal.GOOD if message.ended and message.text else None)

    async def _notice(self, text: str) -> None:
        await self.app.push_screen_wait(Notice(text, bell=self.session.bell))


def kept_row(kept: KeptPaper, width: int) -> str:
    """Return a kept paper as a row, or as three where it is narrow: what, its state, when and by whom."""
    copies = f" x{kept.copies}" if kept.copies > 1 else ""
    parts = (title_of_kept(kept), f"{state_text(kept)}{copies}", f"{moment(kept.made_at)} {kept.made_by}")
    if width < NARROW:
        return "\n".join(shorten(part, width) for part in parts)
    return shorten(", ".join(parts), width)


def _wrong_copies(text: str) -> str | None:
    is_right = text.strip().isdecimal() and 1 <= int(text) <= MOST_COPIES
    return None if is_right else _("A number from 1 to {most}.").format(most=MOST_COPIES)


def _wrong_number(text: str) -> str | None:
    return None if text.strip().isdecimal() and int(text) >= 1 else _("A number from 1 on.")
