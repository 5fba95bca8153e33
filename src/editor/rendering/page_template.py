"""A folder's own page template: what stands between `<body>` and `</body>`, written in a small part of Jinja2.

A folder may have been downloaded, so its template is held four times. It may only name what it is given, loop, ask and
include: nothing is called and nothing can grow, and each turn of a loop is counted, so that its time and its size have
a bound. Jinja2's sandbox keeps it from everything else, its loader from files outside the folder. What it writes goes
through a sanitiser like the article's own. And the page's policy, which is not the template's to write, allows no
script and no request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from secrets import token_hex

import nh3
from jinja2 import FunctionLoader, StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from editor.rendering.page_body import PageParts
from editor.rendering.page_fields import PageFields
from editor.rendering.page_styles import ThemeRefused, read_text_below
from editor.rendering.sanitised_tags import pieces_of

_MOST_TURNS = 10_000
_LARGEST_OUTPUT = 1_000_000
"""Characters of what a template itself writes, without the parts that it is given."""

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const,
    nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Include, nodes.Extends, nodes.Block,
)  # fmt: skip
_FILTERS = frozenset("capitalize count default d e escape first join last length lower title trim upper".split())
_TESTS = frozenset("defined undefined none eq equalto ne string".split())

_TAGS = frozenset(
    "a abbr address article aside b br cite code dd div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i"
    " li main nav ol p section small span strong sub sup time ul".split()
)
_ATTRIBUTES = {
    "*": {"aria-hidden", "aria-label", "aria-labelledby", "class", "dir", "id", "lang", "role", "title"},
    "a": {"href"},
    "time": {"datetime"},
}


def templated_body(folder: Path, name: str, parts: PageParts, fields: PageFields, title: str) -> str:
    """What the template `name` of the folder makes of a page's parts and of the front matter's fields.

    Raises ThemeRefused where it does more than a template may, or leaves out the article.
    """
    stand_ins = {part: f"stet-{token_hex(16)}" for part in parts._fields}
    names = {
        "title": title,
        "language": fields.language,
        "description": fields.description,
        "authors": list(fields.authors),
        "published": fields.published.text,
        "updated": fields.updated.text,
        "canonical_url": fields.canonical,
        "affiliate_link": fields.affiliate,
        **{part: stand_in for part, stand_in in stand_ins.items() if getattr(parts, part)},
    }
    written = _written(folder, name, {**dict.fromkeys(stand_ins, ""), **names})
    texts = [piece if isinstance(piece, str) else piece.source for piece in pieces_of(_cleaner().clean(written))]
    shown = "".join(text for text in texts if not text.startswith("<"))
    if shown.count(stand_ins["content"]) != 1:
        raise ThemeRefused(f"The template “{name}” must have {{{{ content }}}} once, outside any tag.")
    html = _in_place_of(stand_ins, parts, shown)
    return "".join(text if text.startswith("<") else _filled(text, html) for text in texts).strip() + "\n"


def _in_place_of(stand_ins: Mapping[str, str], parts: PageParts, shown: str) -> dict[str, str]:
    """The HTML of each part by what stands for it.

    What links in the article lead to is there whatever the template says, and so is the sentence about affiliate links,
    before any.
    """
    html = {stand_in: getattr(parts, part) for part, stand_in in stand_ins.items()}
    links = [stand_ins[part] for part in ("contents", "content", "product") if stand_ins[part] in shown]
    first = min(links, key=shown.index)
    if not 0 <= shown.find(stand_ins["disclosure"]) < shown.index(first):
        html[stand_ins["disclosure"]] = ""
        html[first] = parts.disclosure + html[first]
    if stand_ins["notes"] not in shown:
        html[stand_ins["content"]] += parts.notes
    return html


def _filled(text: str, html: Mapping[str, str]) -> str:
    for stand_in, part in html.items():
        text = text.replace(stand_in, part)
    return text


def _written(folder: Path, name: str, names: Mapping[str, object]) -> str:
    turns = 0

    def turn() -> str:
        nonlocal turns
        turns += 1
        if turns > _MOST_TURNS:
            raise ThemeRefused(f"The template “{name}” takes too long.")
        return ""

    environment = _Environment(folder, turn)
    try:
        pieces: list[str] = []
        length = 0
        for piece in environment.get_template(name).generate(names):
            pieces.append(piece)
            length += len(piece)
            if length > _LARGEST_OUTPUT:
                raise ThemeRefused(f"The template “{name}” writes too much.")
        return "".join(pieces)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f", line {line}" if line else ""
        said = (error.message or type(error).__name__).rstrip(".")
        raise ThemeRefused(f"The template “{getattr(error, 'name', None) or name}”{place}: {said}.") from error
    except (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError) as error:
        raise ThemeRefused(f"The template “{name}” cannot be used: {error}.") from error
    except RecursionError as error:
        raise ThemeRefused(f"The template “{name}” includes itself, or is nested too deeply.") from error


class _Environment(SandboxedEnvironment):
    """Knows only the part of the language that a page template needs, and counts the turns of its loops."""

    _TURN = "stet_turn"

    def __init__(self, folder: Path, turn: Callable[[], str]) -> None:
        super().__init__(
            autoescape=True,
            undefined=StrictUndefined,
            loader=FunctionLoader(lambda name: read_text_below(folder, name, "template")),
        )
        self.globals = {self._TURN: turn}
        self.filters = {name: made for name, made in self.filters.items() if name in _FILTERS}
        self.tests = {name: made for name, made in self.tests.items() if name in _TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for node in _inside(template):
            if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Name) and node.name == self._TURN):
                raise ThemeRefused(f"The template “{name}”, line {node.lineno}: {_called(node)} is nothing it may use.")
        loops, blocks = template.find_all(nodes.For), template.find_all(nodes.Block)
        for body in (template.body, *(loop.body for loop in loops), *(block.body for block in blocks)):
            counted = nodes.Output([nodes.Call(nodes.Name(self._TURN, "load"), [], [], None, None)])
            body.insert(0, counted.set_lineno(template.lineno, override=True))
        return template


def _inside(node: nodes.Node) -> Iterable[nodes.Node]:
    for child in node.iter_child_nodes():
        yield child
        yield from _inside(child)


def _called(node: nodes.Node) -> str:
    return f"“{node.name}”" if isinstance(node, nodes.Name) else type(node).__name__.lower()


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "title", "iframe", "object", "template", "svg", "math", "noscript"},
        attributes=_ATTRIBUTES,
        link_rel="noopener",
        url_schemes={"http", "https", "mailto"},
    )
