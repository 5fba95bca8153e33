"""Exports of one window's article: by the dialog, and the same again without it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from editor.article_panes import ArticlePanes
from editor.core.problems import Severity
from editor.publishing.choices import SUFFIXES, ExportChoices, Format
from editor.session.article_session import ArticleSession
from editor.session.exporter import Exporter, sentences_of
from editor.session.render_worker import Answer
from editor.ui.dialogs import files
from editor.ui.main_window import MainWindow

if TYPE_CHECKING:
    from editor.ui.dialogs.export import ExportDialog

_PAUSE_MS = 250
"""Without a key, after which the dialog shows what was written behind it."""


class _Wanted(NamedTuple):
    """One export: how, where to, whether what is there may be lost, and whether the folder is to remember how."""

    choices: ExportChoices
    target: Path
    agreed: bool = False
    remember: bool = False


class ArticleExports(QObject):
    """Has a process of its own make everything; the window goes on meanwhile.

    The dialog, and what it needs, is imported when it is first opened.
    """

    exported = Signal(Path)
    """The file that was written."""
    opening_chosen = Signal(bool)
    """Whether the writer wants what is exported opened."""

    def __init__(self, session: ArticleSession, window: MainWindow, panes: ArticlePanes, exporter: Exporter) -> None:
        super().__init__(session)
        self._session = session
        self._window = window
        self._panes = panes
        self._exporter = exporter
        self.opens_exported = False
        self.smart_quotes = False
        """Whether exports have typographic quotes and dashes where the folder's settings say nothing of it."""
        self._last: _Wanted | None = None
        self._begun: _Wanted | None = None
        """What was chosen in the dialog when it was closed, perhaps to mend something before the export."""
        self._theme = ""
        self._written: dict[Path, str] = {}
        self._is_exporting = False
        self._dialog: ExportDialog | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_preview)
        session.buffer.changed.connect(lambda _change: self._begin_pause())
        session.renamed.connect(self._forget_begun)

    @property
    def dialog(self) -> ExportDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def _begin_pause(self) -> None:
        if self._dialog:
            self._pause.start()

    def close(self) -> None:
        """Close the dialog."""
        self._pause.stop()
        if self.dialog:
            self._end_export()
            self.dialog.reject()

    # The dialog

    def choose_theme(self, theme: str) -> None:
        """Export in this theme from now on, as the preview has it, whatever was exported before."""
        self._theme = theme
        self._last, self._begun = (
            each._replace(choices=each.choices._replace(theme=theme)) if each else None
            for each in (self._last, self._begun)
        )
        if self.dialog:
            self.dialog.options.choose_theme(theme)

    def open(self) -> None:
        """Open the dialog, with what was exported last or else with what the folder's settings say."""
        self._panes.finish_editing()
        if self._dialog is None:
            self._dialog = self._opened()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._ask_look()
        self._ask_preview()

    def _opened(self) -> ExportDialog:
        from editor.publishing.pandoc import HOW_TO_GET_IT, pandoc_is_here  # noqa: PLC0415
        from editor.ui.dialogs.export import ExportDialog  # noqa: PLC0415

        self._exporter.begin()
        unavailable: dict[Format, str] = {} if pandoc_is_here() else {"docx": f"Not without pandoc: {HOW_TO_GET_IT}."}
        dialog = ExportDialog(self._window, self._session.name, self._folder, unavailable)
        self._begin_with_settings(dialog)
        before = self._begun or self._last
        if before:
            dialog.options.choose(before.choices)
        dialog.show_format()
        proposed = self._folder / f"{Path(self._session.name).stem}{SUFFIXES[dialog.options.chosen.format]}"
        dialog.place.set_path(before.target if before else proposed)
        dialog.open_when_done.setChecked(self.opens_exported)
        dialog.remember.setEnabled(self._session.path is not None)
        self._connect(dialog)
        dialog.show()
        return dialog

    def _connect(self, dialog: ExportDialog) -> None:
        dialog.preview_wanted.connect(self._ask_preview)
        dialog.export_wanted.connect(self._export_as_chosen)
        dialog.cancel_wanted.connect(self._cancel)
        dialog.finished.connect(lambda _: self._forget_dialog())
        dialog.problems.line_wanted.connect(self._go_to_line)
        dialog.place.look_wanted.connect(self._ask_look)
        dialog.place.choosing_wanted.connect(self._choose_place)
        dialog.open_when_done.toggled.connect(self.opening_chosen)
        self._panes.folder.changed.connect(self._learn)

    def _forget_dialog(self) -> None:
        self._pause.stop()
        self._panes.folder.changed.disconnect(self._learn)
        if self._dialog and self._dialog.options.is_touched:
            self._begun = _Wanted(self._dialog.options.chosen, self._dialog.place.path)
        self._dialog = None
        self._exporter.end()

    def _forget_begun(self) -> None:
        self._begun = None

    def _learn(self) -> None:
        if self._dialog:
            self._begin_with_settings(self._dialog)
            self._dialog.show_format()
            self._ask_preview()

    def _begin_with_settings(self, dialog: ExportDialog) -> None:
        own = self._panes.folder.knowledge.settings.export
        if self._session.path is None and self._theme:
            own = own._replace(theme=self._theme)
        dialog.options.begin_with(own, smart_quotes=self.smart_quotes)

    def _choose_place(self) -> None:
        if self.dialog:
            files.ask_where_to_export(self.dialog, self.dialog.place.path, self.dialog.place.set_path)

    def _go_to_line(self, line: int) -> None:
        if self.dialog:
            self.dialog.reject()
        self._window.set_shown("text", True)
        self._window.activateWindow()
        self._panes.text.go_to_line(line - 1)
        self._window.go_to("text")

    # What it shows

    def _ask_preview(self) -> None:
        if self.dialog and not self._is_exporting:
            choices = self.dialog.options.chosen
            self._exporter.ask(
                "preview",
                partial(self._show_preview, choices.format),
                text=self._session.article.text,
                article=str(self._article_for(self.dialog.place.path)),
                choices=choices._asdict(),
            )

    def _show_preview(self, chosen: str, answer: Answer) -> None:
        from editor.publishing.export_problems import ExportProblem  # noqa: PLC0415

        if self.dialog is None:
            return
        preview = self.dialog.preview
        if answer["failed"]:
            preview.show_message(str(answer["failed"]))
            self.dialog.show_problems([ExportProblem(0, str(answer["failed"]))], 1)
            return
        if answer["kind"] == "page":
            preview.show_page(str(answer["content"]), on_paper=chosen not in ("html", "fragment"))
        else:
            preview.show_text(str(answer["content"]), has_lines=chosen == "txt")
        problems, number = answer["problems"], answer["amiss"]
        if isinstance(problems, list) and isinstance(number, int):
            self.dialog.show_problems([ExportProblem(*each) for each in problems], number)

    def _ask_look(self) -> None:
        if self.dialog:
            target = self.dialog.place.path
            self._exporter.ask(
                "look",
                partial(self._show_look, target),
                article=str(self._article_for(target)),
                target=str(target),
                written=self._written.get(target, ""),
            )

    def _show_look(self, target: Path, answer: Answer) -> None:
        from editor.publishing.overwriting import Occupant  # noqa: PLC0415

        if self.dialog and self.dialog.place.path == target and "occupant" in answer:
            self.dialog.place.set_occupant(Occupant(str(answer["occupant"])))

    # Exporting

    def _export_as_chosen(self) -> None:
        if self.dialog:
            place = self.dialog.place
            remember = self.dialog.remember.isChecked() and self._session.path is not None
            self._export(_Wanted(self.dialog.options.chosen, place.path, place.agreed.isChecked(), remember))

    def again(self) -> None:
        """Export to the last place as last time; the first time, and where something is in the way, with the dialog."""
        self._panes.finish_editing()
        if self.dialog or self._last is None:
            self.open()
        elif not self._is_exporting:
            self._window.whisper(f"Exporting “{self._last.target.name}”…")
            self._export(self._last)

    def export_to(self, target: Path, choices: ExportChoices | None = None) -> None:
        """Export without asking; what is not chosen is left to the settings of the folder and the program."""
        self._panes.finish_editing()
        self._export(_Wanted(choices or ExportChoices(), target))

    def _export(self, wanted: _Wanted) -> None:
        self._is_exporting = True
        self._pause.stop()
        if self.dialog:
            self.dialog.set_busy(True)
        article = self._article_for(wanted.target)
        self._exporter.ask(
            "export",
            partial(self._take_export, wanted),
            text=self._session.article.text,
            article=str(article),
            target=str(wanted.target),
            choices=wanted.choices._asdict(),
            quotes=self.smart_quotes,
            written=self._written.get(wanted.target, ""),
            agreed=wanted.agreed,
        )

    def _cancel(self) -> None:
        self._exporter.cancel()
        self._end_export()
        self._ask_look()
        self._ask_preview()

    def _end_export(self) -> None:
        self._is_exporting = False
        if self.dialog:
            self.dialog.set_busy(False)

    def _take_export(self, wanted: _Wanted, answer: Answer) -> None:
        self._end_export()
        if answer["failed"]:
            self._say_failed(wanted, answer)
            return
        self._last = wanted._replace(agreed=False, remember=False)
        self._written[wanted.target] = str(answer["digest"])
        if wanted.remember:
            self._remember(wanted.choices)
        opens = bool(self.dialog and self.dialog.open_when_done.isChecked())
        # What the dialog has listed is not said once more.
        notes = () if self.dialog else sentences_of(answer)
        if self.dialog:
            self.dialog.reject()
        self._begun = None
        self._say_exported(wanted.target, notes)
        if opens:
            self._open(wanted.target)
        self.exported.emit(wanted.target)

    def _remember(self, chosen: ExportChoices) -> None:
        choices = chosen._asdict()
        own = self._panes.folder.knowledge.settings.export
        if own.smart_quotes is None and chosen.smart_quotes == self.smart_quotes:
            del choices["smart_quotes"]  # the program's setting goes on to hold, whatever it will be
        self._exporter.ask("remember", self._take_remembered, folder=str(self._folder), choices=choices)

    def _take_remembered(self, answer: Answer) -> None:
        if answer["failed"]:
            self._window.notices.show_notice("remember", str(answer["failed"]), Severity.WARNING)
        else:
            self._panes.folder.look()

    def _say_failed(self, wanted: _Wanted, answer: Answer) -> None:
        why = str(answer["failed"])
        if self.dialog is None and "occupant" in answer:
            self.open()
        if self.dialog:
            self.dialog.show_trouble(why)
            self._show_look(wanted.target, answer)
            self._ask_preview()
            self._window.notices.clear("export")
        else:
            message = f"“{wanted.target.name}” was not exported. {why}"
            self._window.notices.show_notice("export", message, Severity.ERROR, [("Export…", self.open)])
        self._window.whisper("")

    def _say_exported(self, target: Path, notes: tuple[str, ...]) -> None:
        self._window.whisper("")
        place = target.name if target.parent == self._folder else target
        message = " ".join((f"Exported to “{place}”.", *notes))
        severity = Severity.WARNING if notes else Severity.HINT
        self._window.notices.show_notice("export", message, severity, [("Open", partial(self._open, target))])

    def _open(self, target: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            self._window.notices.show_notice("open-export", f"No program was found that opens “{target}”.")

    # The article's place

    @property
    def _folder(self) -> Path:
        return self._session.folder or Path.home()

    def _article_for(self, target: Path) -> Path:
        """The place of the article's file; of one without a file, as if it were beside what is made of it."""
        return self._session.path or target.parent / target.stem
