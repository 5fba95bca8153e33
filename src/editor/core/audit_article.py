"""What is wrong with an article as a whole: title and date, headings, links and pictures, disclosure, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import unquote

from editor.core.article import Article
from editor.core.bibliography import fold
from editor.core.chunk_facts import facts_of
from editor.core.chunks import Chunk, ChunkKind
from editor.core.disclosure import disclosure_of
from editor.core.front_matter import Field
from editor.core.lines import count_endings, first_line
from editor.core.mentions import mentions_of
from editor.core.problems import Problem, Severity
from editor.core.running_text import IMAGE_TAG, Link, segments
from editor.core.written_days import could_be_two_days, read_day

FileExists = Callable[[str], bool]
"""Whether a file of this path, relative to the article's folder and with `/` between names, is there."""

_LETTERS_A_WORD = 4
LONG_PARAGRAPH = 200
"""Words of a paragraph that should rest on a source: about what a page of a journal's column holds."""

_AFFILIATE = "affiliate_link"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|#|\?|\Z")
_MARKS = re.compile(r"\]\([^()]*\)|\[|\*|`|(?<!\w)_|_(?!\w)|(?<=\w)\]")
_LONGEST_HEADING = 1000
_TEMPLATE = re.compile(r"\{[{%]")
# Pages that a site generator makes of other files.
_MADE = frozenset(("", "html", "htm", "php", "xml"))
_NOT_READ = frozenset({ChunkKind.FRONT_MATTER, ChunkKind.BLANK, ChunkKind.RULE})


def find_in_article(
    article: Article, exists: FileExists | None, today: date, longest: int
) -> Iterator[Iterable[Problem]]:
    """All problems of the article as a whole, by what they are about; `exists` None: it is in no folder yet.

    Chunks of more than `longest` code points are left out.
    """
    yield _of_title(article)
    yield _of_date(article, today)
    yield _of_headings(article)
    yield _of_disclosure(article)
    start = line = 0
    for chunk in article.chunks:
        if chunk.kind not in _NOT_READ and len(chunk.text) <= longest:
            found = (*_of_links(chunk, exists), *_of_paragraph(article, chunk))
            yield [problem.moved(start, line) for problem in found]
        start += len(chunk.text)
        line += chunk.lines


def _of_title(article: Article) -> Iterator[Problem]:
    field = article.front_matter.field("title")
    title = str(field.value).strip() if field else ""
    first = [each for each in article.outline if each.level == 1]
    # Several of the first level, or one behind other text, are headings of sections: then the title is the field's.
    heading = first[0] if len(first) == 1 and _begins_body(article, first[0].start) else None
    if not title and not first:
        start, line = (field.start, field.line) if field else (0, 1)
        yield Problem(
            "title-missing",
            Severity.WARNING,
            "The article has no title: give it the field “title”.",
            start,
            start,
            line,
        )
    elif title and heading and _contradict(_plain(heading.title), _plain(title)):
        message = f"The heading “{_plain(heading.title)}” is not the title of the front matter, “{title}”."
        yield Problem(
            "title-differs",
            Severity.WARNING,
            message,
            heading.start,
            _end_of_line(article, heading.start),
            heading.line + 1,
        )


def _contradict(heading: str, title: str) -> bool:
    """Whether two titles differ in more than punctuation and case; what a template fills in is nobody's to compare."""
    return not _TEMPLATE.search(heading + title) and fold(heading) != fold(title)


def _begins_body(article: Article, start: int) -> bool:
    body = article.front_matter.body_start
    return start - body < _LONGEST_HEADING and not article.slice(body, start).strip()


def _plain(title: str) -> str:
    """A heading without the marks of markdown in it."""
    return _MARKS.sub("", title).strip()


def _end_of_line(article: Article, start: int) -> int:
    return start + len(first_line(article.slice(start, start + _LONGEST_HEADING)))


def _of_date(article: Article, today: date) -> Iterator[Problem]:
    field = article.front_matter.field("date")
    if field is None:
        return
    value = str(field.value or "").strip()
    day = read_day(value)
    if day and day.day > today + timedelta(days=1):
        yield _at_field(field, "date-future", Severity.WARNING, f"The date {value} has not come yet.")
    elif value and not day and not could_be_two_days(value) and not _is_told(article, field):
        message = f"“{value}” is no date: write it like {today.isoformat()}."
        yield _at_field(field, "date-invalid", Severity.WARNING, message)


def _is_told(article: Article, field: Field) -> bool:
    return any(field.start <= problem.start < field.end for problem in article.front_matter.problems)


def _at_field(field: Field, code: str, severity: Severity, message: str) -> Problem:
    return Problem(code, severity, message, field.start, field.end, field.line)


def _of_headings(article: Article) -> Iterator[Problem]:
    """A level that is left out on the way down, and a heading that its section has already."""
    path: list[tuple[int, str]] = []
    seen: set[tuple[str, ...]] = set()
    before = 0
    for heading in article.outline:
        end = _end_of_line(article, heading.start)
        title = _plain(heading.title)
        if before and heading.level > before + 1:
            message = (
                f"“{title}” is of level {heading.level} under one of level {before}: level {before + 1} is left out."
            )
            yield Problem("heading-skips", Severity.HINT, message, heading.start, end, heading.line + 1)
        while path and path[-1][0] >= heading.level:
            path.pop()
        path.append((heading.level, title.casefold()))
        place = tuple(name for _, name in path)
        if place in seen and title:
            message = f"“{title}” is the heading of another section beside this one."
            yield Problem("heading-repeats", Severity.HINT, message, heading.start, end, heading.line + 1)
        seen.add(place)
        before = heading.level


def _of_disclosure(article: Article) -> Iterator[Problem]:
    field = article.front_matter.field(_AFFILIATE)
    address = str(field.value or "").strip() if field else ""
    if field is None or not address:
        return
    disclosure = disclosure_of(article, address)
    if disclosure.disclosed is None:
        message = "The article has an affiliate link and does not say so. An exported page says it at its beginning."
        yield _at_field(field, "affiliate-undisclosed", Severity.HINT, message)
    elif not disclosure.comes_in_time:
        message = "The article uses its affiliate link before it says that it is one."
        yield _at_field(field, "affiliate-undisclosed", Severity.WARNING, message)


_DEFINITION = re.compile(r"(?m)^ {0,3}\[(?!\^)[^\]\r\n]{1,999}\]:[ \t]*(<[^<>\r\n]*>|\S+)")


@lru_cache(maxsize=16384)
def _links(text: str, *, in_list: bool) -> tuple[Link, ...]:
    """The links and pictures of a chunk's text, and those that it defines for others."""
    if not any(sign in text for sign in ("](", "][", "]:")) and not IMAGE_TAG.search(text):
        return ()
    found = [link for segment in segments(text, indented_is_code=not in_list) for link in segment.links]
    for definition in _DEFINITION.finditer(text):
        target = definition[1].removeprefix("<").removesuffix(">")
        found.append(Link(*definition.span(), "", target, is_picture=False))
    return tuple(found)


def _of_links(chunk: Chunk, exists: FileExists | None) -> Iterator[Problem]:
    for link in _links(chunk.text, in_list=chunk.kind is ChunkKind.LIST):
        if link.is_picture and not link.label.strip():
            message = "The picture has no alternative text for those who do not see it: ![what it shows](…)."
            yield _at_link(chunk, link, "picture-undescribed", Severity.HINT, message)
        path = _path_of(link.target)
        if path and exists and not exists(path):
            code, what = ("picture-missing", "picture") if link.is_picture else ("link-broken", "file")
            message = f"There is no {what} “{path}” in the article's folder."
            yield _at_link(chunk, link, code, Severity.WARNING, message)


def _at_link(chunk: Chunk, link: Link, code: str, severity: Severity, message: str) -> Problem:
    line = count_endings(chunk.text[: link.start]) + 1
    return Problem(code, severity, message, link.start, link.end, line)


def _path_of(target: str) -> str:
    """The path of the file that an address leads to; "" for one of the web, in this page or of a page to be made."""
    if _SCHEME.match(target) or _TEMPLATE.search(target):
        return ""
    path = unquote(re.split("[#?]", target, maxsplit=1)[0])
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].casefold() if "." in name.lstrip(".") else ""
    return "" if ending in _MADE else path


def _of_paragraph(article: Article, chunk: Chunk) -> Iterator[Problem]:
    if chunk.kind is not ChunkKind.PARAGRAPH or len(chunk.text) < _LETTERS_A_WORD * LONG_PARAGRAPH:
        return
    if article.citations_table is None or facts_of(chunk).tables or mentions_of(chunk):
        return
    words = sum(len(segment.text.split()) for segment in segments(chunk.text))
    if words > LONG_PARAGRAPH:
        message = f"A paragraph of {words} words without a citation: what does it rest on?"
        yield Problem("paragraph-uncited", Severity.HINT, message, 0, len(chunk.text.rstrip()), 1)
