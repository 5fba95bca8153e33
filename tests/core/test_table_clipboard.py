"""Blocks of cells to and from other programs: what they write is read as meant, and what we write comes back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.table_clipboard import (
    Block,
    block_of,
    block_of_csv,
    block_of_text,
    block_of_tsv,
    html_of,
    repeated,
    tsv_of,
)
from editor.core.table_from_html import MOST_CHARACTERS, block_of_html
from editor.core.text_edit import EditRefused

EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<style><!--table {mso-displayed-decimal-separator:"\\.";} br {mso-data-placement:same-cell;} --></style></head>
<body link="#0563C1"><table border=0 cellpadding=0 width=128 style='border-collapse:collapse'>
<!--StartFragment--> <col width=64 span=2 style='width:48pt'>
 <tr height=20><td height=20 class=xl65 align=right width=64>1</td><td width=64>Magnesium and
  health<br>  an overview</td></tr>
 <![if supportMisalignedColumns]><tr height=0 style='display:none'></tr><![endif]>
 <tr height=20><td class=xl65>&nbsp;</td>
  <td><a href="https://doi.org/10.1/x">A<font class="font5"> &amp; B</font></a></td></tr>
<!--EndFragment--></table></body></html>"""
CALC = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<style type="text/css">body,div,table,thead,tbody,tfoot,tr,th,td,p { font-family:"Liberation Sans" }</style></head>
<body><table cellspacing="0" border="0"><colgroup width="85"></colgroup>
<tr><td height="17" align="left"><b>Title</b></td><td align="right" sdval="1300" sdnum="1033;0;#,##0">1,300</td></tr>
<tr><td align="left">one<br>two</td><td align="left"><br></td></tr></table></body></html>"""

_TEXTS = st.text('ab" \n,|*<&é\u00a0', max_size=6).map(lambda text: text.replace("<", "<-"))
_BLOCKS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(_TEXTS, min_size=width, max_size=width).map(tuple), min_size=1, max_size=4).map(
        tuple
    )
)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a\tb\r\nc\td\r\n", (("a", "b"), ("c", "d"))),
        ('1\t"two\nlines"\n', (("1", "two\nlines"),)),
        ('"said ""so"""\tx', (('said "so"', "x"),)),
        ('"A title in quotes"\tx', (('"A title in quotes"', "x"),)),
        ('"a"\t"b"\n"c"\t"d"', (("a", "b"), ("c", "d"))),
        ('"A title in quotes"', (('"A title in quotes"',),)),
        ('"opened only\tx', (('"opened only', "x"),)),
        ("a\n\nb\n", (("a",), ("",), ("b",))),
        ("a\tb\tc\nd", (("a", "b", "c"), ("d", "", ""))),
        ("", (("",),)),
    ],
)
def test_values_parted_by_tabs_are_read_as_spreadsheets_write_them(text: str, block: Block) -> None:
    assert block_of_tsv(text) == block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ('No,Title\n1,"On sleep, and more"\n', (("No", "Title"), ("1", "On sleep, and more"))),
        ("No;Title\n1;On sleep, and more\n", (("No", "Title"), ("1", "On sleep, and more"))),
        ("Smith, J.\nDoe, K.", (("Smith, J.",), ("Doe, K.",))),
        ("1,5\n2,5", (("1,5",), ("2,5",))),
        ("One, two,three", (("One, two,three",),)),
        ("a,b\nc", (("a,b",), ("c",))),
        ("| a | b\\|c |\n|---|---|\n| d | e<br>f |\n", (("a", "b|c"), ("d", "e\nf"))),
        ("A title", (("A title",),)),
    ],
)
def test_a_plain_text_is_parted_where_it_is_a_table(text: str, block: Block) -> None:
    assert block_of_text(text) == block


def test_csv_keeps_quotes_that_end_nowhere() -> None:
    assert block_of_csv('a,"b "c"\n') == (("a", '"b "c"'),)


def test_cells_of_excel_come_with_breaks_links_and_no_layout() -> None:
    assert block_of_html(EXCEL) == (
        ("1", "Magnesium and health\nan overview"),
        ("", "[A & B](https://doi.org/10.1/x)"),
    )


def test_cells_of_calc_come_with_breaks_and_emphasis() -> None:
    assert block_of_html(CALC) == (("**Title**", "1,300"), ("one\ntwo", ""))


@pytest.mark.parametrize(
    ("html", "block"),
    [
        (
            "<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td>c<td>d<td>e</table>",
            (("a", "", "b"), ("c", "d", "e")),
        ),
        ("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>", (("a", "b"), ("", "c"))),
        ("<p>x</p><table></table><table><td>a</table><table><td>b</table>", (("a",),)),
        ("<table><td><table><tr><td>in</td><td>side</td></tr></table></table>", (("inside",),)),
        ("<table><td><p>a</p><p>b</p></td></table>", (("a\nb",),)),
        ("<table><td>x <i> y </i>, <b><i>z</i></b></table>", (("x *y* , ***z***",),)),
        ('<table><td><a href="https://x.y/a(b)|c">n <b>o</b></a></table>', (("[n **o**](https://x.y/a%28b%29%7Cc)",),)),
        ('<table><td><a href="javascript:alert(1)">a</a> <a href="#n">b</a></table>', (("a b",),)),
        ('<table><td><a href="https://x.y/">https://x.y/</a></table>', (("https://x.y/",),)),
        ("<table><td><script>alert(1)</script><style>b{}</style>a</table>", (("a",),)),
        ("<table><td>a &lt;b&gt; &#169; &bogus;</table>", (("a <b> © &bogus;",),)),
        (f"<table><td colspan={'9' * 9_000}></table>", (("",) * 1_000,)),
        ("<table><td colspan=x rowspan=0>a<td>b", (("a", "b"),)),
        ("<p>no table</p>", None),
        ("<table><tr></tr></table>", None),
        ("", None),
    ],
)
def test_a_table_of_a_web_page_becomes_text_with_simple_markdown(html: str, block: Block | None) -> None:
    assert block_of_html(html) == block


@settings(max_examples=200)
@given(st.text("<>!-[]/\"'= tdarbl&#;x?\n", max_size=60))
def test_html_that_is_none_is_read_without_a_complaint(html: str) -> None:
    for text in (html, f"<table><tr><td>{html}", f"<table><td {html}>"):
        found = block_of_html(text)
        assert found is None or len({len(row) for row in found}) == 1


def test_html_beyond_all_measure_is_refused() -> None:
    with pytest.raises(EditRefused, match="too long"):
        block_of_html("x" * (MOST_CHARACTERS + 1))
    with pytest.raises(EditRefused, match="too many"):
        block_of_html("<table>" + "<tr><td colspan=1000 rowspan=1000>x</td></tr>")
    with pytest.raises(EditRefused, match="too many"):
        block_of_text("\t" * 1_000 + "\na" * 1_000)


def test_markup_that_never_ends_is_passed_over() -> None:
    for opening in ("<!--", "<a ", "<![", '<a x="', "<"):
        assert block_of_html("<table><tr><td>a</td></tr></table>" + opening * 50_000) == (("a",),)


def test_marks_that_are_never_closed_cost_no_more_than_others() -> None:
    assert block_of_html("<table><td>" + "<b>x" * 20_000) == (("**" + "x" * 20_000 + "**",),)


@given(_BLOCKS)
def test_what_is_copied_is_pasted_as_it_was(block: Block) -> None:
    block = tuple(tuple(value.replace("\u00a0", "") for value in row) for row in block)
    assert block_of_tsv(tsv_of(block) + "\n") == block
    plain = tuple(tuple(" ".join(value.split()) for value in row) for row in block)
    assert block_of_html(html_of(plain)) == plain


def test_a_break_in_a_cell_is_copied_as_one() -> None:
    assert tsv_of((("a<br>b", "c"),)) == '"a\nb"\tc'
    assert "<td>a<br>b</td><td>&lt;c&gt;</td>" in html_of((("a<br/>b", "<c>"),))


def test_a_block_is_repeated_only_where_it_fits_in_without_a_rest() -> None:
    block = block_of([["a", "b"], ["c"]])
    assert repeated(block, 4, 2) == (("a", "b"), ("c", "")) * 2
    assert repeated(block, 2, 4) == (("a", "b", "a", "b"), ("c", "", "c", ""))
    assert repeated(block, 3, 3) == repeated(block, 1, 1) == block
    assert repeated((("x",),), 2, 2) == (("x", "x"), ("x", "x"))
