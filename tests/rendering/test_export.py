"""The exported page: one file with everything in it, that a browser shows without asking anybody."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from editor.rendering.export import ExportOptions, export_article

PNG = b"\x89PNG\r\n\x1a\n picture"


@pytest.fixture
def export(tmp_path: Path) -> Callable[[str], str]:
    return lambda text: export_article(text, folder=tmp_path, name="file").content


def test_the_fields_title_is_the_heading_where_the_text_has_none(export: Callable[[str], str]) -> None:
    page = export("---\ntitle: 'Light & <sleep>'\n---\n\nWords.\n")
    assert "<title>Light &amp; &lt;sleep&gt;</title>" in page
    assert page.count("<h1>") == 1
    assert "<h1>Light &amp; &lt;sleep&gt;</h1>" in page


def test_a_heading_of_the_texts_own_stays_the_only_one(export: Callable[[str], str]) -> None:
    page = export("---\ntitle: Field\n---\n\n# Text\n\nWords.\n")
    assert "<title>Field</title>" in page
    assert re.findall("<h1.*?</h1>", page) == ['<h1 id="text">Text</h1>']


def test_without_a_field_the_heading_names_the_page_and_without_both_the_file_does(
    export: Callable[[str], str],
) -> None:
    assert "<title>A & B</title>".replace("&", "&amp;") in export("# A & *B*")
    assert "<title>file</title>" in export("Words.")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en-GB", "13 May 2024"),
        ("nl", "13 mei 2024"),
        ("es-MX", "13 de mayo de 2024"),
        ("", "13 May 2024"),
        ("x y", "13 May 2024"),
    ],
)
def test_the_date_stands_under_the_heading_as_a_time(export: Callable[[str], str], lang: str, written: str) -> None:
    page = export(f'---\ndate: "2024-05-13"\nlang: "{lang}"\n---\n# T\n\nWords.')
    assert f'<h1 id="t">T</h1>\n<p class="byline"><time datetime="2024-05-13">{written}</time> · 1 min' in page


@pytest.mark.parametrize("date", ["2024-02-31", "soon <b>", "13/05/2024"])
def test_a_date_that_is_no_day_stands_as_written(export: Callable[[str], str], date: str) -> None:
    page = export(f'---\ndate: "{date}"\n---\nWords.')
    assert "<time" not in page
    assert f'<p class="byline">{date.replace("<", "&lt;").replace(">", "&gt;")} · ' in page


@pytest.mark.parametrize(("lang", "written"), [("nl", "nl"), ('en"><script>', "en"), ("", "en")])
def test_the_language_is_the_fields_or_english(export: Callable[[str], str], lang: str, written: str) -> None:
    assert f'<html lang="{written}">' in export(f"---\nlang: '{lang}'\n---\nWords.")


def test_a_picture_of_the_folder_is_in_the_page(export: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    data = b64encode(PNG).decode()
    assert f'<img alt="An &lt;a&gt;" src="data:image/png;base64,{data}">' in export("![An <a>](a.png)")


def test_what_could_not_be_in_the_page_is_named(tmp_path: Path) -> None:
    exported = export_article("![one](gone.png) ![](../x.png)", folder=tmp_path, name="file")
    assert '<span class="image-missing" title="gone.png">one</span>' in exported.content
    assert len(exported.report.sentences()) == 2
    assert "gone.png" in exported.report.sentences()[0]
    assert "outside" in exported.report.sentences()[1]


def test_a_picture_on_the_web_becomes_a_link_and_is_told(tmp_path: Path) -> None:
    text = "![A & b](http://a.test/x.png?y=1&z) [![badge](https://a.test/b.svg)](/c) ![no](/d.png)"
    exported = export_article(text, folder=tmp_path, name="file")
    assert '<a class="picture-link" href="http://a.test/x.png?y=1&amp;z">A &amp; b</a>' in exported.content
    assert '<a href="/c"><span class="picture-link">badge</span></a>' in exported.content
    assert '<span class="image-missing" title="/d.png">no</span>' in exported.content
    assert exported.report.remote_images == ("http://a.test/x.png?y=1&z", "https://a.test/b.svg")
    assert exported.report.notes == ("The image /d.png does not lie in the article's folder and was left out.",)


def test_pictures_may_lie_beside_the_page_under_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(PNG)
    (tmp_path / "c.png").write_bytes(PNG + b"2")
    text = "![one](<a b.png>) ![again](a%20b.png) ![two](c.png)"
    exported = export_article(text, folder=tmp_path, name="file", options=ExportOptions(pictures="page-pictures"))
    one, two = exported.pictures
    assert re.fullmatch(r"page-pictures/a-b-[0-9a-f]{8}\.png", one.path)
    assert (one.data, two.data) == (PNG, PNG + b"2")
    assert exported.content.count(f'src="{one.path}"') == 2
    assert "img-src 'self' data:;" in exported.content


def test_a_link_that_leads_nowhere_on_the_page_is_told(tmp_path: Path) -> None:
    text = "# A\n\n[a](#a) [b](#b%20c) [top](#) <i id='b c'></i> <i id=d></i><i id=d>x</i> [d](#d)"
    exported = export_article(text, folder=tmp_path, name="file")
    assert exported.report.broken_links == ("b c",)
    assert exported.content.count('id="d"') == 1


@pytest.mark.parametrize("part", range(4))
def test_every_link_of_a_page_leads_somewhere_or_is_told_and_no_id_is_there_twice(
    corpus: list[Path], real_article: Path, part: int
) -> None:
    for path in (real_article, *corpus)[part::48]:
        text = path.read_bytes().decode("utf-8-sig")
        exported = export_article(text, folder=path.parent, name="x", options=ExportOptions(contents=True))
        body = exported.content[exported.content.index("<body>") :]
        ids = re.findall(r'<[^<>]* id="([^"]*)"', body)
        assert len(ids) == len(set(ids)), path.name
        leads = {unescape(unquote(each)) for each in re.findall(r'<a [^<>]*href="#([^"]*)"', body)} - {"", "top"}
        assert leads - {unescape(each) for each in ids} == set(exported.report.broken_links), path.name
        assert len(re.findall("<h1[ >]", body)) == 1, path.name


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (238, 1), (600, 3), (2380, 10)])
def test_the_page_says_how_long_it_takes_to_read(export: Callable[[str], str], words: int, minutes: int) -> None:
    assert f"{minutes} min read" in export("word " * words)


def test_words_of_the_pages_own_say_their_language_where_it_is_another(export: Callable[[str], str]) -> None:
    head = "---\nlang: ar\ndate: 2024-05-13\nupdated: 2024-06-01\naffiliate_link: https://shop.test/a\n---\n"
    page = export(f"{head}Words (Adams, 2001).\n\n| No | Paper Title |\n|--|--|\n| 1 | X (Adams, 2001) |\n")
    assert '<html lang="ar" dir="rtl">' in page
    foreign = re.findall(r'<span lang="en" dir="ltr">(.*?)</span>', page)
    assert [re.sub(r" at .*|:.*", "", re.sub("<.*?>", "", each)) for each in foreign] == [
        "Skip to the article",
        "updated 2024-06-01",
        "1 min read",
        "This page has an affiliate link",
        "Sources of this article",
        "Cited",
        "View the product",
    ]
    assert '<time datetime="2024-05-13">2024-05-13</time> · ' in page
    assert 'lang="en" dir' not in export(head.replace("ar", "nl", 1) + "Words.")


def test_switches_are_written_as_people_write_them(export: Callable[[str], str]) -> None:
    page = export('- [x] a\n- [ ] b\n\n<details open><summary>c</summary>=""</details>\n\n<ol reversed><li>d</ol>\n')
    assert '<input aria-label="Done" checked disabled type="checkbox">' in page
    assert '<input aria-label="To do" disabled type="checkbox">' in page
    assert '<details open><summary>c</summary>=""</details>' in page.replace("&quot;", '"')
    assert "<ol reversed>" in page


def test_a_reader_can_skip_to_the_article_and_see_its_parts(export: Callable[[str], str]) -> None:
    page = export("Words[^1], again[^1].\n\n[^1]: Note.")
    assert '<main id="article" tabindex="-1">' in page
    assert '<section class="footnote" role="doc-endnotes" aria-label="Footnotes">\n<ol>\n<li id="fn:1">' in page
    ways_back = re.findall(r'<a class="footnote-backref" href="#([^"]*)" title="([^"]*)">', page)
    assert ways_back == [(each, "Back to footnote 1 in the text") for each in ("fnref:1", "fnref2:1")]
    assert all(f'id="{each}"' in page for each, _ in ways_back)


def test_a_fragment_has_the_article_without_a_page_or_styles(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\n# T\n\nSee (Adams, 2001).\n\n| No | Paper Title |\n|--|--|\n| 1 | X (Adams, 2001) |\n"
    fragment = export_article(text, folder=tmp_path, name="x", options=ExportOptions(format="fragment")).content
    assert fragment.startswith('<p>See (<a class="cite" href="#cite-1" id="mention-1" title="X (Adams, 2001)" aria-')
    assert not re.search("<html|<style|<h1|<main|data-paper|anchor", fragment)


def test_a_text_that_cannot_be_rendered_is_exported_as_written(tmp_path: Path) -> None:
    text = "a \ud800"
    exported = export_article(text, folder=tmp_path, name="file")
    assert '<pre class="unrendered" tabindex="0">a \ud800</pre>' in exported.content
    assert len(exported.report.sentences()) == 1


def test_the_page_asks_for_nothing_and_runs_nothing(export: Callable[[str], str]) -> None:
    page = export("Words.")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert not re.search(r"<script|<link|@import|url\(", page)


def test_the_page_says_what_made_it(export: Callable[[str], str]) -> None:
    assert '<meta name="generator" content="Stet ' in export("Words.")


def test_the_real_article_in_a_browser(real_article: Path, tmp_path: Path, visit: Callable[[Path], Any]) -> None:
    text = real_article.read_bytes().decode("utf-8")
    page = tmp_path / "page.html"
    page.write_text(export_article(text, folder=real_article.parent, name="x").content, encoding="utf-8")
    seen = visit(page)
    assert seen.dom.count("<h1 id=") == 1
    assert len(re.findall(r'<tr id="cite-\d+">\s*<td', seen.dom)) == text.count("\n| ") - 1
    assert text.rstrip().rpartition(". ")[2].rstrip(".")[:40] in seen.dom
    assert seen.requests == ()


def test_a_hostile_article_asks_for_nothing_and_runs_nothing(tmp_path: Path, visit: Callable[[Path], Any]) -> None:
    source = (
        "---\ntitle: </title><script src=http://a.test/1.js></script>\nlang: '\"><img src=http://a.test/2.png>'\n---\n"
        "<script>document.title='ran'</script><style>@import 'http://a.test/3.css';</style>\n\n"
        "![x](http://a.test/4.png) <img src=//a.test/5.png onerror=\"document.title='ran'\">\n\n"
        "<p style='background:url(http://a.test/6.png)'>x</p> <iframe src='http://a.test/7'></iframe>\n\n"
        "<meta http-equiv=refresh content='0;url=http://a.test/8'><link rel=prefetch href=http://a.test/9>\n"
    )
    page = tmp_path / "page.html"
    page.write_text(export_article(source, folder=tmp_path, name="x").content, encoding="utf-8")
    seen = visit(page)
    assert seen.requests == ()
    assert "<title>&lt;/title&gt;" in seen.dom


def test_the_recording_proxy_sees_what_a_page_asks_for(tmp_path: Path, visit: Callable[[Path], Any]) -> None:
    page = tmp_path / "page.html"
    page.write_text('<img src="http://a.test/1.png">')
    assert visit(page).requests == ("http://a.test/1.png",)
