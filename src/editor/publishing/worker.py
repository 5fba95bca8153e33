"""The window's process for exports: it shows what an export will be, writes it, and may be killed at any time.

`python -m editor.publishing.worker` reads frames (`editor.rendering.frames`) from standard input and answers on
standard output. It first says `{"ready": true}`, then one thing a request, with its `id`. A request names its `task`:

- `"preview"`: `{"kind": "page" or "text", "content": text, "problems": [[line, sentence], ...], "amiss": number}`,
  where of very many problems only the first are told.
- `"look"`, what is at the place of an export: `{"occupant": one of Occupant}`.
- `"export"`: `{"digest": of what was written, "notes": [sentence, ...]}`; where something is at its place that may
  not be replaced, `{"occupant": one of Occupant, "failed": sentence}`.
- `"remember"`: nothing more.
- `"copy"`: `{"html": text, "text": text, "notes": [sentence, ...]}`, text being "" where only HTML was asked for.

Each answer has `failed`, "" or a sentence for the writer. What else a request has is said by the function of its name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from editor.publishing.article_export import CannotExport, make_export, write_export
from editor.publishing.choices import ExportChoices, options_of
from editor.publishing.excerpt import begins_with_title, excerpt, without_places
from editor.publishing.export_problems import problems_of
from editor.publishing.overwriting import Occupant, occupant_of, refuse_other_pictures
from editor.publishing.preview import in_short, on_paper
from editor.rendering.export import export_article
from editor.rendering.export_text import as_text
from editor.rendering.frames import receive, send
from editor.rendering.page_styles import ThemeRefused
from editor.storage.file_bytes import SaveFailed, digest
from editor.storage.folder_settings import ExportSettings, FolderSettings, load_folder_settings

Answer = dict[str, object]
_NICENESS = 10
"""A writer may go on beside the dialog, and no key is to wait for a preview."""
_MOST_TOLD = 200
"""More problems than that nobody goes through one by one, and a list of them takes a window long to lay out."""
_ON_PAPER = frozenset({"pdf", "docx"})
_AS_TEXT = frozenset({"txt", "fragment"})
_OCCUPIED = MappingProxyType(
    {
        Occupant.STRANGER: "is there already, and not as Stet made it",
        Occupant.ARTICLE: "is the article itself: choose another name",
        Occupant.NO_FILE: "is no file: choose another name",
    }
)


def main() -> None:
    """Answer requests until standard input ends, or nobody is there to be answered."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    # Anything that a library prints must not end up between two frames.
    sys.stdout = sys.stderr
    make_export("# *a*\n", Path("a.md"), Path("a.html"), ExportChoices(), FolderSettings().export)
    with suppress(BrokenPipeError):
        send(answers, {"ready": True})
        while (request := receive(requests)) is not None:
            send(answers, {"id": request.pop("id"), **_answer(request)})


def _answer(request: dict[str, Any]) -> Answer:
    try:
        return {"failed": "", **_TASKS[request.pop("task")](**request)}
    except CannotExport as refusal:
        return {"failed": str(refusal)}
    except SaveFailed as trouble:
        return {"failed": trouble.message}
    except OSError as error:
        return {"failed": f"The system refused: {error.strerror or error}."}


def preview(text: str, article: str, choices: Mapping[str, Any]) -> Answer:
    """How the article, the place of whose file is `article`, will look; `choices` are the fields of ExportChoices.

    Pictures are always in the page, since nothing lies beside what is only shown.
    """
    chosen = ExportChoices(**{**choices, "assets": "inline"})
    settings = load_folder_settings(Path(article).parent)
    paper = chosen.format in _ON_PAPER
    shown = chosen._replace(format="html") if paper else chosen
    # Word has its own looks, which those of the folder would only hide.
    own = settings.export._replace(css="", template="") if chosen.format == "docx" else settings.export
    made = make_export(text, Path(article), Path(article).with_suffix(".html"), shown, own)
    content = made.content.decode("utf-8")
    is_text = chosen.format in _AS_TEXT
    problems = problems_of(made.report, text, (problem.message for problem in settings.problems))
    return {
        "kind": "text" if is_text else "page",
        "content": in_short(content) if is_text else on_paper(content) if paper else content,
        "problems": [list(problem) for problem in problems[:_MOST_TOLD]],
        "amiss": len(problems),
    }


def look(article: str, target: str, written: str) -> Answer:
    """What is at the place of an export; `written` is the digest of what was exported there last."""
    return {"occupant": occupant_of(Path(target), Path(article), written)}


def export(
    text: str, article: str, target: str, choices: Mapping[str, Any], quotes: bool, written: str, agreed: bool
) -> Answer:
    """Write the export of an article.

    `quotes` is the window's setting, which holds where neither the choices nor the folder say anything of it. With
    `agreed` the writer is ready to lose what is there.
    """
    page = Path(target)
    occupant = occupant_of(page, Path(article), written)
    if occupant in _OCCUPIED and not (agreed and occupant is Occupant.STRANGER):
        return {"occupant": occupant, "failed": f"“{page.name}” {_OCCUPIED[occupant]}."}
    settings = load_folder_settings(Path(article).parent)
    chosen = _with_quotes(ExportChoices(**choices), settings.export, quotes)
    made = make_export(text, Path(article), page, chosen, settings.export)
    if not agreed:
        try:
            refuse_other_pictures(made)
        except SaveFailed as trouble:
            failed = f"“{trouble.path.name}”, a picture beside it, is there already, and another one."
            return {"occupant": Occupant.STRANGER, "failed": failed}
    write_export(made)
    notes = [*(problem.message for problem in settings.problems), *made.report.sentences()]
    return {"digest": digest(made.content), "notes": notes}


def _with_quotes(choices: ExportChoices, own: ExportSettings, quotes: bool) -> ExportChoices:
    if choices.smart_quotes is None and own.smart_quotes is None:
        return choices._replace(smart_quotes=quotes)
    return choices


def remember(folder: str, choices: Mapping[str, Any]) -> Answer:
    """Let the articles of a folder be exported like this, but where something else is chosen."""
    from editor.storage.folder_settings_edits import SettingsNotChanged, remember_export  # noqa: PLC0415

    try:
        remember_export(Path(folder), **choices)
    except SettingsNotChanged as trouble:
        return {"failed": str(trouble)}
    return {}


def copy(text: str, article: str, quotes: bool, start: int, end: int, rich: bool) -> Answer:
    """The blocks that a part of an article touches, or where `start` is `end` all of it, as HTML for elsewhere.

    With `rich` it is for programs that take text with its looks: links to places of the page, which will not be there,
    are plain, and the same as plain text comes with it. What is pasted into a page has the page's title; all else
    begins with that of the article.
    """
    whole = start >= end
    part = text if whole else excerpt(text, start, end)
    own = load_folder_settings(Path(article).parent).export
    options = options_of(_with_quotes(ExportChoices("fragment", assets="inline"), own, quotes), own, "")
    options = options._replace(contents=False, heading=rich if whole else begins_with_title(part))
    try:
        exported = export_article(part, folder=Path(article).parent, name=Path(article).stem, options=options)
    except ThemeRefused as refusal:
        return {"failed": str(refusal)}
    html = without_places(exported.content) if rich else exported.content
    # A part says nothing of citations and places: what they lead to is elsewhere in the article.
    report = exported.report if whole else exported.report._replace(unlinked=(), broken_links=())
    return {"html": html, "text": as_text(html) if rich else "", "notes": list(report.sentences())}


_TASKS: Mapping[str, Callable[..., Answer]] = MappingProxyType(
    {"preview": preview, "look": look, "export": export, "remember": remember, "copy": copy}
)


if __name__ == "__main__":
    main()
