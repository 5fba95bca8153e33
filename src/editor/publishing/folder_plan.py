"""What the export of folders is to make, before anything is made: which articles, to which pages, by which settings."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import cast

from editor.core.front_matter_reading import read_front_matter
from editor.publishing.choices import SUFFIXES, ExportChoices, Format, InSite
from editor.publishing.site_address import NoSiteAddress, address_below, site_address
from editor.rendering.link_grammar import address_of, path_of
from editor.storage.article_tree import FoundArticles, articles_below
from editor.storage.folder_files import NotRead, read_head
from editor.storage.folder_settings import NAME as SETTINGS_NAME
from editor.storage.folder_settings import ExportSettings, load_folder_settings

_HEAD = 65_536
"""Bytes of an article in which its front matter says whether it is a draft."""
_SAYS_DRAFT = re.compile(rb"\b(?:draft|published)\b", re.IGNORECASE)
INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class FolderOrder:
    """What was asked for: articles and folders of them, the folder that takes the pages, and how.

    `format`, `base_url` and `choices` leave to the first folder's `stet.toml` what they do not say.
    """

    sources: Sequence[Path]
    output: Path
    choices: ExportChoices
    format: Format | None = None
    base_url: str | None = None
    drafts: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """An article and its page, a path from the exported folder with `/` between names.

    `looks` is the folder whose settings hold: that of the article, or where it has none the nearest above.
    """

    article: Path
    page: str
    settings: ExportSettings
    looks: Path


@dataclass(frozen=True)
class FolderPlan:
    """All that is to be made.

    `base` is the folder's address with a slash at its end, "" if not known, `title` what it is called, `roots` are the
    folders that are exported, `index` has the settings of the list of all articles. `clashes` are articles whose page
    another article has, with that other.
    """

    order: FolderOrder
    format: Format
    base: str
    title: str
    roots: tuple[Path, ...]
    index: PlannedPage
    pages: tuple[PlannedPage, ...]
    drafts: tuple[Path, ...]
    clashes: tuple[tuple[PlannedPage, Path], ...]
    notes: tuple[str, ...]
    troubles: tuple[str, ...]

    @property
    def output(self) -> Path:
        """The folder that takes the pages."""
        return self.order.output

    @cached_property
    def choices(self) -> ExportChoices:
        """What was chosen, with the format that it comes to."""
        return self.order.choices._replace(format=self.format)

    def has(self, article: Path) -> bool:
        """Whether an article is exported."""
        return os.path.realpath(article) in self._page_of

    @cached_property
    def _page_of(self) -> Mapping[str, str]:
        return {os.path.realpath(each.article): each.page for each in self.pages}

    def in_site(self, planned: PlannedPage) -> InSite:
        """What the folder's export adds for one article."""
        address = address_below(self.base, planned.page) if self.base else ""
        links = self.format == "html"
        return InSite(planned.looks, address, (lambda path: self.page_at(planned, path)) if links else None)

    def page_at(self, planned: PlannedPage, path: str) -> str:
        """The path, percent-encoded, from an article's page to the page of the article to which a link leads, or ""."""
        if path.startswith("/") or "." not in path:
            return ""
        try:
            there = os.path.realpath(os.path.join(planned.article.parent, path_of(path)))  # noqa: PTH118 - may be hostile
        except ValueError:
            return ""
        page = self._page_of.get(there, "")
        return address_of(os.path.relpath(page, PurePosixPath(planned.page).parent)) if page else ""


def plan_export(order: FolderOrder) -> FolderPlan:
    """Find the articles and read the settings of their folders. Raises NoSiteAddress. May wait for a disk."""
    settings = _SettingsOfFolders()
    notes: list[str] = []
    troubles: list[str] = []
    first = next((source for source in order.sources if source.is_dir()), order.sources[0].parent)
    own, _ = settings.of(first, first)
    form = cast("Format", order.format or own.format)
    base = site_address(order.base_url) if order.base_url is not None else _own_address(first, own)
    pages: dict[str, PlannedPage] = {}
    clashes: list[tuple[PlannedPage, Path]] = []
    drafts: list[Path] = []
    for source in order.sources:
        root = source if source.is_dir() else source.parent
        found = _articles(source, order.output)
        notes += found.notes
        troubles += found.troubles
        for article in found.articles:
            if not order.drafts and is_draft(root / article):
                drafts.append(root / article)
                continue
            page = article.with_suffix(SUFFIXES[form]).as_posix()
            planned = PlannedPage(root / article, page, *settings.of((root / article).parent, root))
            if page in pages:
                clashes.append((planned, pages[page].article))
            else:
                pages[page] = planned
    return FolderPlan(
        order=order,
        format=form,
        base=base,
        title=own.site_title or first.resolve().name,
        roots=tuple(source for source in order.sources if source.is_dir()),
        index=PlannedPage(first, INDEX, own, first),
        pages=tuple(pages.values()),
        drafts=tuple(drafts),
        clashes=tuple(clashes),
        notes=(*settings.problems, *notes),
        troubles=tuple(troubles),
    )


def _own_address(folder: Path, own: ExportSettings) -> str:
    """Raises NoSiteAddress, with the file that says it."""
    try:
        return site_address(own.base_url)
    except NoSiteAddress as refusal:
        raise NoSiteAddress(f"{folder / SETTINGS_NAME}: {refusal}") from refusal


def is_draft(article: Path) -> bool:
    """Whether an article's front matter says `draft: true` or `published: false`; not where it cannot be read.

    The words may begin with capitals, which other programs that publish articles do not tell apart.
    """
    try:
        head = read_head(article, _HEAD)
    except NotRead:
        return False
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    if not _SAYS_DRAFT.search(head):
        return False
    fields = read_front_matter(head.decode("utf-8-sig", "replace")).fields
    said = {field.key.lower(): str(field.value).lower() for field in fields}
    return said.get("draft") in ("true", "yes", "on") or said.get("published") in ("false", "no", "off")


def _articles(source: Path, output: Path) -> FoundArticles:
    """The articles of a source by their paths from its folder."""
    if not source.is_dir():
        return FoundArticles((Path(source.name),), (), ())
    # Pages that go beside their articles leave no folder out.
    besides = () if output.resolve() == source.resolve() else (output,)
    return articles_below(source, besides)


class _SettingsOfFolders:
    """A folder's settings, or where it has none those of the nearest above, up to the one that is exported."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._known: dict[Path, tuple[ExportSettings, Path]] = {}

    def of(self, folder: Path, top: Path) -> tuple[ExportSettings, Path]:
        """The settings, and the folder that they are of."""
        known = self._known.get(folder)
        if known is None:
            known = self._known[folder] = self._read(folder, top)
        return known

    def _read(self, folder: Path, top: Path) -> tuple[ExportSettings, Path]:
        if folder != top and not os.path.lexists(folder / SETTINGS_NAME):
            return self.of(folder.parent, top)
        read = load_folder_settings(folder)
        self.problems += [f"{folder}: {problem.message}" for problem in read.problems]
        return read.export, folder
