"""One page of an exported folder: made anew, or found to be what would be made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple

from editor import __version__
from editor.core.text_memory import forget_texts
from editor.publishing.article_export import CannotExport, make_export, write_export
from editor.publishing.choices import InSite, options_of
from editor.publishing.folder_plan import FolderPlan, PlannedPage
from editor.publishing.manifest import PageRecord
from editor.publishing.overwriting import (
    digest_at,
    refuse_other_pictures,
    refuse_what_is_not_ours,
    remove_as_made,
    was_exported_otherwise,
)
from editor.rendering.article_pictures import PictureRefused, noting_files, read_picture
from editor.rendering.export_report import named
from editor.rendering.link_grammar import path_of
from editor.rendering.page_fields import PageFields
from editor.rendering.page_styles import ThemeRefused, style_of
from editor.storage.article_file import decode
from editor.storage.file_bytes import FileTrouble, digest, read_bytes, save_one_of_many
from editor.storage.folder_articles import is_article_name

PageState = Literal["made", "skipped", "failed"]
_LARGEST_PICTURE = 20_000_000


class PageOutcome(NamedTuple):
    """What became of an article's page: `skipped` is one that is as it would be made. All of it JSON can hold.

    `article` and `page` are paths as they were given, `notes` are sentences for the writer, `report` is what
    `ExportReport.as_json` says, {} where nothing was made, and `record` that of the manifest, None where it stays.
    """

    article: str
    page: str
    state: PageState
    notes: list[str]
    report: dict[str, Any]
    record: dict[str, Any] | None


def export_page(plan: FolderPlan, planned: PlannedPage, known: PageRecord | None) -> PageOutcome:
    """Make and write a page, unless it is there already. `known` is what the manifest has of it. Never raises."""
    target = plan.output / planned.page
    try:
        return _exported(plan, planned, known, target)
    except FileTrouble as trouble:
        place = "" if trouble.path == planned.article else f"{trouble.path} "
        said = [f"{place}{trouble.reason}."]
    except CannotExport as refusal:
        said = [str(refusal)]
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        said = [f"could not be exported: {error}."]
    finally:
        # What a window would want again at the next key, nobody wants of an article that is written.
        forget_texts()
    return PageOutcome(str(planned.article), str(target), "failed", said, {}, None)


def _exported(plan: FolderPlan, planned: PlannedPage, known: PageRecord | None, target: Path) -> PageOutcome:
    article, page = str(planned.article), str(target)
    data = read_bytes(planned.article)
    site = plan.in_site(planned)
    made_from = _made_from(plan, planned, site, data)
    present = digest_at(target)
    if known and present and not plan.order.force and _is_as_known(plan, known, made_from, site):
        changed = present != known.digest
        if not (changed and was_exported_otherwise(target)):
            notes = ["The page was changed since it was exported, and is left as it is."] if changed else []
            return PageOutcome(article, page, "skipped", notes, {}, None)
    text = decode(data, planned.article)
    links: dict[str, str] = {}
    with noting_files() as files:
        made = make_export(
            text.text, planned.article, target, plan.choices, planned.settings, _noting_links(site, links)
        )
    if not plan.order.force:
        refuse_what_is_not_ours(target, digest(made.content), present, known.digest if known else "")
        refuse_other_pictures(made)
    write_export(made, save_one_of_many)
    record = PageRecord(
        page=planned.page,
        article=_from(plan.output, planned.article),
        digest=digest(made.content),
        made_from=made_from,
        files=tuple((_from(plan.output, folder), name, seen) for (folder, name), seen in sorted(files.items())),
        links=links,
        pictures={path.relative_to(plan.output).as_posix(): digest(each) for path, each in made.pictures.items()},
        card=card_of(made.fields),
    )
    for path, at in known.pictures.items() if known else ():
        if path not in record.pictures:
            remove_as_made(plan.output / path, at, plan.output)
    notes = ([text.locked] if text.locked else []) + [*made.report.sentences(), *_of_lost_links(links, planned, target)]
    return PageOutcome(article, page, "made", notes, made.report.as_json(), record._asdict())


def _made_from(plan: FolderPlan, planned: PlannedPage, site: InSite, article: bytes) -> str:
    """The digest of all that decides how a page comes out, but for the files that its article shows."""
    options = options_of(plan.choices, planned.settings, PurePosixPath(planned.page).stem, site)
    # What a place is called does not decide it, and where links lead is looked at one by one.
    chosen = {**options._asdict(), "disclosure": sorted(options.disclosure.items()), "looks": "", "page_at": ""}
    said = {
        "stet": __version__,
        "article": digest(article),
        "name": planned.article.stem,
        "format": plan.format,
        "style": _style_digest(options.theme),
        "chosen": chosen,
    }
    return digest(json.dumps(said, sort_keys=True).encode())


@cache
def _style_digest(theme: str) -> str:
    try:
        return digest(style_of(theme).encode())
    except ThemeRefused as refusal:
        raise CannotExport(str(refusal)) from refusal


def _is_as_known(plan: FolderPlan, known: PageRecord, made_from: str, site: InSite) -> bool:
    """Whether an article would come out as it did, by all that it was made from."""
    if known.made_from != made_from or any(digest_at(plan.output / path) != at for path, at in known.pictures.items()):
        return False
    if any((site.page_at(path) if site.page_at else "") != led for path, led in known.links.items()):
        return False
    return all(_digest_read(_folder(plan.output, folder), name) == seen for folder, name, seen in known.files)


def _folder(output: Path, path: str) -> Path:
    """A folder by its path from the exported one, names taken away before links are followed, as `_from` did."""
    return Path(os.path.normpath(output.absolute() / path))


def _digest_read(folder: Path, name: str) -> str:
    try:
        return digest(read_picture(folder, name, called=name, largest=_LARGEST_PICTURE))
    except PictureRefused:
        return ""


def _noting_links(site: InSite, links: dict[str, str]) -> InSite:
    page_at = site.page_at
    if not page_at:
        return site

    def noted(path: str) -> str:
        links[path] = page_at(path)
        return links[path]

    return site._replace(page_at=noted)


def _of_lost_links(links: Mapping[str, str], planned: PlannedPage, target: Path) -> Iterator[str]:
    """What to know of the links that lead to no page of the folder."""
    lost = [path for path, page in links.items() if not page and not path.startswith("/")]
    articles = [path for path in lost if is_article_name(PurePosixPath(path).name)]
    files = [path for path in lost if path not in articles]
    if articles:
        yield f"Links to articles that are not exported: {named(articles)}."
    if missing := [path for path in files if _lies_by(planned.article, path) and not _lies_by(target, path)]:
        yield f"Links to files that are not in the exported folder: {named(missing)}."


def _lies_by(file: Path, path: str) -> bool:
    return os.path.isfile(os.path.join(file.parent, path_of(path)))  # noqa: PTH113, PTH118 - may be hostile


def _from(folder: Path, path: Path) -> str:
    return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()


def card_of(fields: PageFields) -> Mapping[str, str]:
    """What an index says of an article."""
    published, updated = fields.published.day, fields.updated.day
    return {
        "title": fields.title,
        "description": fields.description,
        "language": fields.language,
        "published": published.isoformat() if published else "",
        "updated": updated.isoformat() if updated else "",
        "canonical": fields.canonical,
    }
