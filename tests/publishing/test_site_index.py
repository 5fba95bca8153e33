"""An index, a feed and a sitemap of the articles alone, as their specifications ask."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from tests.publishing.conftest import Export

from editor.publishing import site_index
from editor.publishing.site_address import NoSiteAddress, address_below, site_address
from editor.publishing.site_index import ListedPage, Site, feed, index_page, newest_first, sitemap

BASE = "https://a.test/x/"
HOSTILE = "</title><script>alert(1)</script>]]>&\x00\x0b"


def page(name: str, title: str = "T", day: date | None = None, **more: str) -> ListedPage:
    return ListedPage(name, title, more.get("description", ""), more.get("language", "en"), day, None)


def test_the_index_lists_the_newest_first_and_last_what_has_no_day(export: Export, site: Path) -> None:
    export()
    index = (site / "index.html").read_text()
    assert re.findall(r'<h2><a href="([^"]*)">([^<]*)</a></h2>', index) == [
        ("new.html", "New"),
        ("old.html", "Old &amp; &lt;dear&gt;"),
        ("more/%C3%A4%20%C3%B6.html", "ä ö"),
    ]
    assert '<time datetime="2024-05-06">6 May 2024</time>' in index
    assert "<p>First words of new.</p>" in index
    assert "<p>Of 2020</p>" in index
    assert "<h1>articles</h1>" in index
    assert "default-src 'none'" in index
    assert "feed.xml" not in index


def test_an_index_is_in_the_language_of_most_of_its_articles_and_others_say_theirs() -> None:
    pages = [page(f"{n}.html", language="de", day=date(2024, 3, 1)) for n in range(2)] + [page("e.html")]
    index = index_page(Site("Seiten", "", pages), "journal", Path(), "")
    assert '<html lang="de">' in index
    assert "1. März 2024" in index
    assert index.count('<li lang="en">') == 1
    tags = ("de", "en-GB", "en", "de", "en", "fr")
    assert Site("Pages", "", [page(f"{n}.html", language=tag) for n, tag in enumerate(tags)]).language == "en"


def test_a_feed_has_what_rss_asks_for(export: Export, site: Path, articles: Path) -> None:
    (articles / "stet.toml").write_text('[export]\nbase_url = "https://a.test/x"\nsite_title = "Ours & theirs"\n')
    (articles / "old ü.md").write_text("---\ntitle: Ü\nupdated: 2021-01-01\n---\n\nWords\n")
    export()
    channel = ET.parse(site / "feed.xml").getroot().find("channel")
    assert channel is not None
    assert [channel.findtext(name) for name in ("title", "link", "language")] == ["Ours & theirs", BASE, "en"]
    assert channel.findtext("description")
    own = channel.find("{http://www.w3.org/2005/Atom}link")
    assert own is not None
    assert (own.get("href"), own.get("rel")) == (f"{BASE}feed.xml", "self")
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["New", "Ü", "Old & <dear>"]
    days = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in items]
    assert [day.isoformat() for day in days] == [
        f"{day}T00:00:00+00:00" for day in ("2024-05-06", "2021-01-01", "2020-02-03")
    ]
    assert parsedate_to_datetime(channel.findtext("lastBuildDate") or "") == days[0]
    for item in items:
        address = item.findtext("link") or ""
        assert item.findtext("guid") == address
        assert address.isascii()
        assert (site / unquote(urlsplit(address).path.removeprefix("/x/"))).is_file()
    assert '<link rel="alternate" type="application/rss+xml"' in (site / "index.html").read_text()


def test_a_sitemap_has_every_page_and_when_it_changed(export: Export, site: Path, articles: Path) -> None:
    (articles / "new.md").write_text("---\ndate: 2024-05-06\nupdated: 2025-01-02\n---\n\nNew\n")
    (articles / "of others.md").write_text("---\ncanonical_url: https://b.test/first\n---\n\nIt belongs there.\n")
    export("--base-url", BASE)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [
        (url.findtext("s:loc", "", space), url.findtext("s:lastmod", "", space))
        for url in ET.parse(site / "sitemap.xml").getroot().findall("s:url", space)
    ]
    assert found == [
        (BASE, ""),
        (f"{BASE}new.html", "2025-01-02"),
        (f"{BASE}old.html", "2020-02-03"),
        (f"{BASE}more/%C3%A4%20%C3%B6.html", ""),
    ]


def test_pages_say_where_they_are_unless_their_article_does(export: Export, site: Path, articles: Path) -> None:
    (articles / "new.md").write_text("---\ncanonical_url: https://b.test/mine\n---\n\nNew\n")
    export("--base-url", BASE)
    assert f'<link rel="canonical" href="{BASE}old.html">' in (site / "old.html").read_text()
    assert '<link rel="canonical" href="https://b.test/mine">' in (site / "new.html").read_text()
    assert f'<link rel="canonical" href="{BASE}">' in (site / "index.html").read_text()


def test_whatever_articles_say_it_stays_text() -> None:
    of_all = Site(HOSTILE, BASE, [page("a&b'.html", HOSTILE, date(2024, 1, 1), description=HOSTILE)])
    item = ET.fromstring(feed(of_all)).find("channel/item")
    assert item is not None
    assert item.findtext("title") == HOSTILE[:-2]
    assert "<script" not in (item.findtext("description") or "")
    ET.fromstring(sitemap(of_all))
    assert "<script" not in index_page(of_all, "plain", Path(), "")


def test_a_feed_has_the_newest_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_index, "MOST_IN_FEED", 2)
    pages = newest_first([page(f"{day}.html", day=date(2024, 1, day)) for day in (1, 3, 2)] + [page("undated.html")])
    found = ET.fromstring(feed(Site("T", BASE, pages))).findall("channel/item/link")
    assert [link.text for link in found] == [f"{BASE}3.html", f"{BASE}2.html"]


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://a.test", "https://a.test/"),
        ("http://a.test:8080/x/", "http://a.test:8080/x/"),
        ("https://a.test/ä", "https://a.test/%C3%A4/"),
        ("", ""),
    ],
)
def test_a_base_url_ends_with_a_slash(given: str, used: str) -> None:
    assert site_address(given) == used


@pytest.mark.parametrize(
    "given",
    ["a.test", "ftp://a.test/", "file:///x", "https://", "https://a.test/?x=1", "https://a.test/#x", "javascript:x",
     "https://me:secret@a.test/", "https://a.test/ x", 'https://a.test/"'],
)  # fmt: skip
def test_what_is_no_base_url_is_refused(given: str) -> None:
    with pytest.raises(NoSiteAddress, match="is no base URL"):
        site_address(given)


def test_the_index_has_the_address_of_the_folder() -> None:
    assert [address_below(BASE, name) for name in ("index.html", "a/index.html", "ä b.html")] == [
        BASE,
        f"{BASE}a/index.html",
        f"{BASE}%C3%A4%20b.html",
    ]
