"""What a cell reads like, beside what the page makes of it."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser

import pytest

from editor.rendering.cell_text import CellRun, Look, plain_text, read_cell
from editor.rendering.dialect import Dialect

BOLD, ITALIC, CODE = Look.BOLD, Look.ITALIC, Look.CODE


@pytest.mark.parametrize(
    ("value", "runs"),
    [
        ("", []),
        ("Sleep & rest (5 < 7)", [CellRun("Sleep & rest (5 < 7)")]),
        ("a **b *c***", [CellRun("a "), CellRun("b ", BOLD), CellRun("c", BOLD | ITALIC)]),
        ("`a|b` \\*no\\* &copy;", [CellRun("a|b", CODE), CellRun(" *no* ©")]),
        ("x<br>y<BR />z", [CellRun("x\ny\nz")]),
        ("<b>x *y*</b> z", [CellRun("x ", BOLD), CellRun("y", BOLD | ITALIC), CellRun(" z")]),
        ("H<sub>2</sub> ~~no~~", [CellRun("H"), CellRun("2", Look.LOWERED), CellRun(" "), CellRun("no", Look.STRUCK)]),
        ("</b></i>a<b>b", [CellRun("a"), CellRun("b", BOLD)]),
        ("![A *dose*](x.png)![](y/z.png)", [CellRun("A dosez.png", Look.PICTURE)]),
        ("`<b>&amp;`", [CellRun("<b>&amp;", CODE)]),
    ],
)  # fmt: skip
def test_marks_become_looks(value: str, runs: list[CellRun]) -> None:
    assert list(read_cell(value)) == runs


def test_a_link_knows_where_it_leads() -> None:
    first, *_, last = read_cell('[Sl*ee*p](https://a.example/?a=1&amp;b=2 "t") by me@a.example')
    assert (first.text, first.link) == ("Sl", "https://a.example/?a=1&b=2")
    assert (last.text, last.link) == ("me@a.example", "mailto:me@a.example")


def test_what_a_cell_alone_does_not_know_stays_as_written() -> None:
    assert plain_text("see [^1] and [a][b]") == "see [^1] and [a][b]"


def test_a_link_may_be_defined_elsewhere() -> None:
    definitions = "[^a]: note\n[A]: https://a.example 'T'\n\n[a]: other\n[b c]: <x y>"
    assert read_cell("[see][a] [B  c] [^a] [d]", definitions) == (
        CellRun("see", link="https://a.example"),
        CellRun(" "),
        CellRun("B  c", link="x%20y"),
        CellRun(" [^a] [d]"),
    )


class _Words(HTMLParser):
    """The words in a page's table cells."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._in_cell = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._in_cell = self._in_cell or tag == "td"
        if tag == "br":
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag != "td"

    def handle_data(self, data: str) -> None:
        self.text += data if self._in_cell else ""


@pytest.mark.parametrize(
    "value",
    [
        "Sleep \\| rest **and** *`more`*",
        "*a **b* c** ~~d~~ __e__ f_g_h",
        "[a](<b c> 'd') ![x] \\\\ \\` &amp;&lt;&nope;",
        "x<br>y <kbd>k</kbd> <!-- c --> <?p?> <b>z",
        "https://a.example/(x). www.a.example <https://b.example> <mailto:c@d.example>",
        "``a ` b`` `unclosed [open *open",
        "\x02wzxhzdk:0\x03 \x0212\x03 &#2; *x*",
    ],
)
def test_the_words_are_those_of_the_page(value: str) -> None:
    page = _Words()
    page.feed("\n".join(Dialect().whole(f"| h |\n|---|\n| {value} |\n")))
    read = "".join(run.text for run in read_cell(value.replace("\\|", "|")))
    assert " ".join(read.split()) == " ".join(page.text.split())


def test_plain_words_do_not_load_what_reads_markdown() -> None:
    code = (
        "import sys; from editor.rendering.cell_text import read_cell; "
        "read_cell('Magnesium & Health (B & D, 2019)'); sys.exit('markdown' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
