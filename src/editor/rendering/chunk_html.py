"""One chunk as HTML, the same as it has inside the whole article."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import escape

from editor.rendering.dialect import Dialect, Shared
from editor.rendering.numbering import numbered, with_slugs
from editor.rendering.sanitise import sanitise


class CannotRender(Exception):
    """The text is one that the markdown library cannot read; the message is a sentence for the writer."""


def render_chunk(text: str, definitions: str, *, smart_quotes: bool = False) -> str:
    """Sanitised HTML of one chunk. Raises CannotRender.

    `definitions` are all definition blocks of the article (reference links, footnotes, abbreviations) as markdown, in
    their order, joined by blank lines: the chunk's own count no more than they do in the whole. What is numbered over
    the whole article is not yet, as `editor.rendering.numbering` has it; so it is with the notes.
    """
    return "\n".join(_guarded(lambda dialect: dialect.part(text, _shared(definitions, smart_quotes)), smart_quotes))


def render_notes(definitions: str, *, smart_quotes: bool = False) -> str:
    """Sanitised HTML of the footnotes at the article's end, "" where it has none. Raises CannotRender."""
    return "\n".join(_guarded(lambda dialect: dialect.notes(definitions), smart_quotes))


def render_article(body: str, *, smart_quotes: bool = False) -> str:
    """Sanitised HTML of a whole article without its front matter, in one conversion. Raises CannotRender."""
    return numbered("\n".join(render_regions(body, smart_quotes=smart_quotes)))


def render_regions(body: str, *, smart_quotes: bool = False) -> list[str]:
    """Sanitised HTML of a whole article region by region, not yet `numbered`. Raises CannotRender.

    The regions joined by line ends are the article; `editor.rendering.regions` says what one is.
    """
    return _guarded(lambda dialect: dialect.whole(body), smart_quotes)


def unrendered(text: str) -> str:
    """What is shown for a text that could not be rendered: the text itself."""
    return f'<pre class="unrendered">{escape(text, quote=False)}</pre>'


def _guarded(convert: Callable[[Dialect], Iterable[str]], smart_quotes: bool) -> list[str]:
    """Whatever a hostile text makes the library raise, the next text finds a converter in order."""
    try:
        return [with_slugs(region) for region in map(sanitise, convert(_dialect(smart_quotes))) if region]
    except RecursionError as error:
        _forget()
        raise CannotRender("This part is nested too deeply to be shown.") from error
    except Exception as error:
        _forget()
        raise CannotRender("This part could not be turned into a page.") from error


@cache
def _dialect(smart_quotes: bool) -> Dialect:
    return Dialect(smart_quotes=smart_quotes)


@lru_cache(maxsize=4)
def _shared(definitions: str, smart_quotes: bool) -> Shared:
    return _dialect(smart_quotes).definitions(definitions)


def _forget() -> None:
    _dialect.cache_clear()
