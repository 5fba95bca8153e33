"""A folder of articles as a site: their pages, an index, a feed and a sitemap, by all processors.

Each file appears whole or not at all, and what is unchanged is not made anew (`manifest`). A page that someone has
changed since, or that Stet did not make, is left as it is unless it is forced. One article that cannot be exported
keeps no other from it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Generator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from editor import resources
from editor.publishing.folder_page import PageOutcome, export_page
from editor.publishing.folder_plan import INDEX, FolderPlan
from editor.publishing.manifest import PageRecord, Records, RecordsUnderWay, load_records, record_of, save_records
from editor.publishing.overwriting import digest_at, refuse_what_is_not_ours, remove_as_made
from editor.publishing.processes import processors, worked_out
from editor.publishing.site_index import MOST_IN_SITEMAP, Site, feed, index_page, listed, newest_first, sitemap
from editor.rendering.page_styles import ThemeRefused
from editor.storage.article_file import SaveFailed
from editor.storage.descriptors import sync_folder
from editor.storage.file_bytes import digest, save_bytes, why_not_saved

_WORTH_A_PROCESS = 4
"""Articles; fewer are made sooner than another process has started."""


@dataclass(slots=True)
class FolderReport:
    """What became of a folder: numbers of pages by state, the articles left out, and sentences about all else.

    `site` are the index, the feed and the sitemap, `gone` pages of articles that are no longer exported, of which
    those in `removed` were removed. All are paths.
    """

    made: int = 0
    skipped: int = 0
    failed: int = 0
    drafts: list[str] = field(default_factory=list)
    site: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether all was exported that was to be."""
        return not self.failed and not self.troubles

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


def export_folder(
    plan: FolderPlan, told: Callable[[PageOutcome], None], *, jobs: int = 0, prune: bool = False
) -> FolderReport:
    """Export all that was planned, with `jobs` processes at once (0: enough for all processors).

    `told` hears of each page as it comes, in any order. Stopped by any exception of `told`, or by KeyboardInterrupt,
    it leaves whole files, and the manifest knows them. Raises SaveFailed where not even the manifest can be written.
    """
    try:
        plan.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(f"could not be made: {why_not_saved(error)}", plan.output) from error
    records = load_records(plan.output)
    drafts = [str(each) for each in plan.drafts]
    report = FolderReport(drafts=drafts, notes=list(plan.notes), troubles=list(plan.troubles))
    under_way = RecordsUnderWay(plan.output, records)
    written_to: set[Path] = set()
    is_done = False
    try:
        # Stopped here, the processes have ended before the manifest is looked at.
        with closing(_outcomes(plan, records, under_way, jobs)) as outcomes:
            for outcome in outcomes:
                if record := record_of(outcome.record):
                    records[record.page] = record
                    written_to.update((plan.output / path).parent for path in (record.page, *record.pictures))
                setattr(report, outcome.state, getattr(report, outcome.state) + 1)
                told(outcome)
        _write_site(plan, records, report)
        _look_for_gone(plan, records, report, prune=prune)
        is_done = True
    finally:
        under_way.close()
        _put_on_disk(written_to)
        # Where it was stopped, pages were written that nobody heard of any more.
        save_records(plan.output, records if is_done else load_records(plan.output))
    return report


def _outcomes(
    plan: FolderPlan, records: Records, under_way: RecordsUnderWay, jobs: int
) -> Generator[PageOutcome, None, None]:
    for planned, other in plan.clashes:
        said = f"Its page would be that of “{other.name}”, which was exported; give one of them another name."
        yield PageOutcome(str(planned.article), str(plan.output / planned.page), "failed", [said], {}, None)
    pages = plan.pages
    # One more than can work at once, since every now and then one waits for the disk.
    at_once = min(jobs or processors() + 1, -(-len(pages) // _WORTH_A_PROCESS))
    unknown = sum(planned.page not in records for planned in pages)
    if at_once > 1 and (unknown > _WORTH_A_PROCESS or plan.order.force):
        _make_ready()

    def export(number: int) -> PageOutcome:
        outcome = export_page(plan, pages[number], records.get(pages[number].page))
        if record := record_of(outcome.record):
            try:
                under_way.add(record)
            except SaveFailed as trouble:
                outcome.notes.append(f"That it was exported was not written down: {trouble.message}")
        return outcome

    with closing(worked_out(export, len(pages), at_once)) as answers:
        for number, answer in answers:
            planned = pages[number]
            if answer is None:
                said = "The process that exported it ended without an answer."
                yield PageOutcome(str(planned.article), str(plan.output / planned.page), "failed", [said], {}, None)
            else:
                yield PageOutcome(*answer)


def _make_ready() -> None:
    """Import and read what most articles need, so that copies of this process need not do it each."""
    from editor.rendering.export import export_article  # noqa: PLC0415 - nothing unchanged needs it

    export_article(resources.read_text("articles/sample.md"), folder=Path(), name="")
    # Copies share what they have of this process for as long as nobody counts its garbage.
    gc.freeze()


def _put_on_disk(folders: Collection[Path]) -> None:
    """See to it that the names of new pages are on disk; what a disk refuses then costs at most a page made again."""
    for folder in folders:
        with suppress(OSError):
            sync_folder(folder)


def _write_site(plan: FolderPlan, records: Records, report: FolderReport) -> None:
    """The index, the feed and the sitemap; what cannot be written is a trouble of the report's."""
    if plan.format != "html" or not plan.pages:
        return
    there = [listed(each.page, records[each.page].card) for each in plan.pages if each.page in records]
    site = Site(plan.title, plan.base, newest_first(there))
    if plan.base and len(there) >= MOST_IN_SITEMAP:
        report.notes.append(f"The sitemap has the newest {MOST_IN_SITEMAP:,} pages; more it may not have.")
    made: list[tuple[str, Callable[[], str]]] = []
    if any(each.page == INDEX for each in plan.pages):
        report.notes.append(f"“{INDEX}” is the page of an article, so there is no list of all articles.")
    else:
        own = plan.index.settings
        theme = plan.choices.theme or own.theme
        made.append((INDEX, lambda: index_page(site, theme, plan.index.looks, own.css)))
    if plan.base:
        made += [("feed.xml", lambda: feed(site)), ("sitemap.xml", lambda: sitemap(site))]
    for name, make in made:
        try:
            _write_own(plan, name, make().encode("utf-8", "replace"), records)
        except (SaveFailed, ThemeRefused) as trouble:
            said = f"{trouble.path} {trouble.reason}." if isinstance(trouble, SaveFailed) else f"{name}: {trouble}"
            report.troubles.append(said)
        else:
            report.site.append(str(plan.output / name))


def _write_own(plan: FolderPlan, name: str, data: bytes, records: Records) -> None:
    path = plan.output / name
    present, made, known = digest_at(path), digest(data), records.get(name)
    if not plan.order.force:
        refuse_what_is_not_ours(path, made, present, known.digest if known else "")
    if present != made:
        save_bytes(path, data)
    records[name] = PageRecord(name, "", made, "")


def _look_for_gone(plan: FolderPlan, records: Records, report: FolderReport, *, prune: bool) -> None:
    """Find the pages of articles that are no longer exported, and where asked to remove those that are as made."""
    planned = {each.page for each in plan.pages}
    written = {Path(path).name for path in report.site}
    for page, record in sorted(records.items()):
        if page in planned or (not record.article and (page in written or report.troubles)):
            continue
        article = Path(os.path.normpath(plan.output.absolute() / record.article))
        of_these = any(article.is_relative_to(root.absolute()) for root in plan.roots)
        if record.article and (not of_these or plan.has(article) or _is_out_of_sight(article)):
            continue
        if not (plan.output / page).exists():
            del records[page]
            continue
        report.gone.append(str(plan.output / page))
        if prune and _removed(plan.output, record):
            report.removed.append(str(plan.output / page))
            del records[page]


def _is_out_of_sight(article: Path) -> bool:
    """Whether nobody can tell if an article has gone, as in a folder that cannot be looked into."""
    try:
        article.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return False


def _removed(output: Path, record: PageRecord) -> bool:
    """Whether a page that is as it was made was removed, with its pictures."""
    for path, made in (*record.pictures.items(), (record.page, record.digest)):
        remove_as_made(output / path, made, output)
    return not (output / record.page).exists()
