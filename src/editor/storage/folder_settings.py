"""`stet.toml`: what a folder's writer wants of the articles in it. docs/stet-toml.md says what may be in it.

Nothing needs the file, and nobody can be sure who wrote it: whatever is in it, it costs little to read, leads to no
other file, and what cannot be used is named with its line while the rest holds.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from editor.core.lines import count_endings
from editor.core.problems import Problem, Severity
from editor.storage.folder_files import NotRead, read_head

if TYPE_CHECKING:
    from editor.core.value_spans import Source

NAME = "stet.toml"
LARGEST = 32_768
"""Bytes. More are not read: a parser is given no more than it can chew in an instant."""
MOST_ENTRIES = 100
LONGEST_TEXT = 500
"""Code points of a name or a text in it."""

_EXPORT_TEXTS = ("format", "theme", "css", "template", "assets", "base_url", "site_title")
_EXPORT_SWITCHES = ("contents", "smart_quotes")
_EXPORT_WORDS = {"format": ("html", "pdf", "docx", "fragment", "txt"), "assets": ("inline", "folder")}


class FrontMatterSettings(NamedTuple):
    """The section `[front_matter]`.

    `template` has the fields, in order, with their values or the items of a list, that new front matter begins with.
    `choices` has for a field the texts to choose from.
    """

    required: tuple[str, ...] = ()
    template: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    choices: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class CheckSettings(NamedTuple):
    """The section `[check]`: the codes of findings that are not told, as `stet check` prints them.

    `off` has those of all articles of the folder, `articles` those of single ones by their file's name.
    """

    off: tuple[str, ...] = ()
    articles: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def off_in(self, name: str) -> frozenset[str]:
        """The codes that are not told of the article in a file of this name."""
        return frozenset((*self.off, *self.articles.get(name, ())))


class ExportSettings(NamedTuple):
    """The section `[export]`: how pages look that are made of the folder's articles.

    `theme` is one that ships, `css` and `template` are paths of files in the folder, "" for none. `disclosure` has the
    sentence about affiliate links by the page's language, under "" that for all others. `contents`: with a list of
    the headings. `smart_quotes` is None where the program's own setting holds. `assets` is "inline" or "folder": where
    the pictures are. `base_url` is the address under which the exported folder will be found, `site_title` what it is
    called, "" for none.
    """

    format: str = "html"
    theme: str = "journal"
    css: str = ""
    template: str = ""
    disclosure: Mapping[str, str] = MappingProxyType({})
    contents: bool = False
    smart_quotes: bool | None = None
    assets: str = "inline"
    base_url: str = ""
    site_title: str = ""


class FolderSettings(NamedTuple):
    """All sections, each at its defaults where the file says nothing usable, and what is wrong with the file.

    The lines of the problems count from 1 in the file; their messages name it and the line.
    """

    front_matter: FrontMatterSettings = FrontMatterSettings()
    check: CheckSettings = CheckSettings()
    export: ExportSettings = ExportSettings()
    problems: tuple[Problem, ...] = ()


def load_folder_settings(folder: Path) -> FolderSettings:
    """The settings of a folder; the defaults where there is no file. Never raises. May wait for a disk."""
    try:
        data = read_head(folder / NAME, LARGEST + 1)
    except NotRead as error:
        return FolderSettings() if error.is_missing else _only_a_problem(str(error), 0)
    if len(data) > LARGEST:
        return _only_a_problem(f"has more than {LARGEST // 1024} KB, so it is not read.", 0)
    try:
        return folder_settings(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _only_a_problem("is no UTF-8, so it is not read.", data[: error.start].count(b"\n") + 1)


def folder_settings(text: str) -> FolderSettings:
    """The settings that a text in TOML holds. Never raises."""
    # What reads TOML costs more to import than the many folders without the file should pay.
    from editor.core.toml_reading import take_apart_document, what_is_wrong  # noqa: PLC0415
    from editor.core.value_spans import FAILURES  # noqa: PLC0415

    try:
        source = take_apart_document(text)
    except FAILURES as error:
        said, _, line = what_is_wrong(text, error)
        if "end of document" in str(error):
            line = count_endings(text.rstrip()) + 1
        return _only_a_problem(f"{said[:1].lower()}{said[1:]}. The file is not used.", line)
    reading = _Reading(source)
    sections: dict[str, Any] = {}
    for name in source.loaded:
        if name not in _SECTIONS:
            reading.report((name,), f"“{_shortened(name)}” is no section that Stet knows.")
        elif not isinstance(source.loaded[name], dict):
            reading.report((name,), f"“{name}” must be a section: [{name}].")
        else:
            sections[name] = _SECTIONS[name](reading, name)
    return FolderSettings(**sections, problems=tuple(reading.problems))


class _Reading:
    """A file that is TOML, and what was found wrong with it so far."""

    def __init__(self, source: "Source") -> None:
        self.source = source
        self.problems: list[Problem] = []

    def report(self, place: tuple[str, ...], said: str) -> None:
        from editor.core.value_edits import line_of  # noqa: PLC0415

        if len(self.problems) < MOST_ENTRIES:
            self.problems.append(_problem(said, line_of(self.source, place)))

    def known_keys(self, section: str, known: frozenset[str]) -> dict[str, object]:
        """What a section holds under names that it may have; the others are reported."""
        held = self.source.at((section,))
        found = held if isinstance(held, dict) else {}
        for name in found:
            if name not in known:
                self.report((section, name), f"“{_shortened(name)}” is no setting of [{section}].")
        return {name: value for name, value in found.items() if name in known}

    def texts(self, place: tuple[str, ...], value: object) -> tuple[str, ...]:
        """A list of short texts; () and a report where it is none."""
        usable = isinstance(value, list) and len(value) <= MOST_ENTRIES
        if usable and all(isinstance(item, str) and _is_short(item) for item in value):  # type: ignore[attr-defined]
            return tuple(dict.fromkeys(map(str, value)))  # type: ignore[call-overload]
        self.report(place, f"“{_shortened(place[-1])}” must be a list of at most {MOST_ENTRIES} short texts.")
        return ()

    def text(self, place: tuple[str, ...], value: object) -> str:
        """A short text; "" and a report where it is none."""
        if isinstance(value, str) and _is_short(value):
            return value
        self.report(
            place, f"“{_shortened(place[-1])}” must be a text of at most {LONGEST_TEXT} characters on one line."
        )
        return ""

    def switch(self, place: tuple[str, ...], value: object) -> bool | None:
        """A truth value; None and a report where it is none."""
        if isinstance(value, bool):
            return value
        self.report(place, f"“{_shortened(place[-1])}” must be true or false.")
        return None

    def entries(self, place: tuple[str, ...], value: object) -> dict[str, object]:
        """What a table holds; {} and a report where it is none."""
        if isinstance(value, dict) and len(value) <= MOST_ENTRIES and all(map(_is_short, value)):
            return value
        self.report(place, f"“{_shortened(place[-1])}” must be a table of at most {MOST_ENTRIES} names.")
        return {}


def _front_matter(reading: _Reading, section: str) -> FrontMatterSettings:
    held = reading.known_keys(section, frozenset({"required", "template", "choices"}))
    required = reading.texts((section, "required"), held["required"]) if "required" in held else ()
    choices = reading.entries((section, "choices"), held.get("choices", {}))
    template = reading.entries((section, "template"), held.get("template", {}))
    values = ((key, _template_value(reading, (section, "template", key))) for key in template)
    return FrontMatterSettings(
        required,
        tuple((key, value) for key, value in values if value is not None),
        MappingProxyType({key: reading.texts((section, "choices", key), texts) for key, texts in choices.items()}),
    )


def _check(reading: _Reading, section: str) -> CheckSettings:
    held = reading.known_keys(section, frozenset({"off", "articles"}))
    off = reading.texts((section, "off"), held["off"]) if "off" in held else ()
    articles = reading.entries((section, "articles"), held.get("articles", {}))
    return CheckSettings(
        off,
        MappingProxyType({name: reading.texts((section, "articles", name), codes) for name, codes in articles.items()}),
    )


def _export(reading: _Reading, section: str) -> ExportSettings:
    held = reading.known_keys(section, frozenset({*_EXPORT_TEXTS, *_EXPORT_SWITCHES, "disclosure"}))
    texts: dict[str, Any] = {name: reading.text((section, name), held[name]) for name in _EXPORT_TEXTS if name in held}
    for name, allowed in _EXPORT_WORDS.items():
        if texts.get(name) and texts[name] not in allowed:
            reading.report((section, name), f"“{name}” must be one of {', '.join(allowed)}.")
            del texts[name]
    switches: dict[str, Any] = {
        name: reading.switch((section, name), held[name]) for name in _EXPORT_SWITCHES if name in held
    }
    return ExportSettings(
        **{name: text for name, text in texts.items() if text},
        **{name: switch for name, switch in switches.items() if switch is not None},
        disclosure=MappingProxyType(_disclosure(reading, (section, "disclosure"), held.get("disclosure", {}))),
    )


def _disclosure(reading: _Reading, place: tuple[str, ...], held: object) -> dict[str, str]:
    """One sentence for all languages, or one for each."""
    if not isinstance(held, dict):
        sentence = reading.text(place, held)
        return {"": sentence} if sentence else {}
    entries = reading.entries(place, held)
    sentences = {language.lower(): reading.text((*place, language), text) for language, text in entries.items()}
    return {language: sentence for language, sentence in sentences.items() if sentence}


def _template_value(reading: _Reading, place: tuple[str, ...]) -> str | tuple[str, ...] | None:
    """A scalar as the string written, or the items of a list; None and a report for anything else."""
    value = reading.source.value(reading.source.at(place), place)
    if isinstance(value, str) and len(value) <= LONGEST_TEXT:
        return value
    if isinstance(value, list) and len(value) <= MOST_ENTRIES:
        items = tuple(item for item in value if isinstance(item, str) and _is_short(item))
        if len(items) == len(value):
            return items
    reading.report(place, f"“{_shortened(place[-1])}” must be a text, a number, true, false, a day or a list of texts.")
    return None


_SECTIONS: Mapping[str, Callable[[_Reading, str], object]] = MappingProxyType(
    {"front_matter": _front_matter, "check": _check, "export": _export}
)
"""What reads each section, by its name, which is that of a field of FolderSettings."""


def _is_short(text: str) -> bool:
    return 0 < len(text) <= LONGEST_TEXT and text.isprintable()


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _only_a_problem(said: str, line: int) -> FolderSettings:
    return FolderSettings(problems=(_problem(said, line),))


def _problem(said: str, line: int) -> Problem:
    where = f"“{NAME}”, line {line}: " if line else f"“{NAME}” "
    return Problem("folder-settings", Severity.WARNING, where + said, 0, 0, line)
