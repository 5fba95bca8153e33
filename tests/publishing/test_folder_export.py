"""A folder of articles becomes a site, and nothing that Stet did not make is touched."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.publishing.conftest import Export, RunStet

from editor.cli.main import main
from editor.publishing.manifest import NAME, load_records


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def states(report: dict[str, Any]) -> dict[str, str]:
    return {Path(each["article"]).name: each["state"] for each in report["exported"]}


def test_pages_lie_in_the_same_tree_with_a_list_of_them(export: Export, site: Path) -> None:
    report = export()
    assert (report["code"], report["made"], report["failed"]) == (0, 3, 0)
    assert files_of(site).keys() == {NAME, "index.html", "more/ä ö.html", "new.html", "old.html"}
    assert report["site"] == [str(site / "index.html")]


def test_the_same_folder_gives_the_same_bytes_wherever_it_is_and_by_any_number_of_processes(
    export: Export, articles: Path, site: Path, tmp_path: Path, run_stet: RunStet
) -> None:
    for number in range(9):
        (articles / f"{number}.md").write_text(f"# {number}\n\n[next]({number + 1}.md)\n")
    export("--base-url", "https://a.test/", "--jobs", "1")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    articles.rename(elsewhere / "articles")
    run_stet(["export", "articles", "-o", "site", "--base-url", "https://a.test/", "--jobs", "3"], elsewhere)
    assert files_of(elsewhere / "site") == files_of(site)


def test_links_between_articles_lead_to_their_pages(export: Export, site: Path, articles: Path) -> None:
    (articles / "old.md").write_text('[ä](<more/ä ö.md>) [web](https://a.test/new.md) <a href="new.md">new</a>\n')
    export()
    assert '<a href="../old.html#x">' in (site / "more" / "ä ö.html").read_text()
    assert '<a href="none.md">' in (site / "more" / "ä ö.html").read_text()
    old = (site / "old.html").read_text()
    assert '<a href="more/%C3%A4%20%C3%B6.html">' in old
    assert 'href="https://a.test/new.md"' in old
    assert '<a href="new.html">' in old


def test_links_that_lead_to_nothing_in_the_folder_are_told(export: Export, site: Path, articles: Path) -> None:
    (articles / "draft.md").write_text("---\ndraft: true\n---\n")
    (articles / "a b.csv").write_text("1")
    links = ("new.md#a", "../draft.md", "../a%20b.csv#r", "none.html", "/root.md", "https://a.test/a.md", "%00.csv")
    (articles / "more" / "ä ö.md").write_text(" ".join(f"[x]({link})" for link in (*links, "x" * 300 + ".pdf")))
    expected = [
        "Links to articles that are not exported: new.md, ../draft.md.",
        "Links to files that are not in the exported folder: ../a%20b.csv.",
    ]
    (said,) = (each["notes"] for each in export()["exported"] if each["article"].endswith("ä ö.md"))
    assert said == expected
    (site / "a b.csv").write_text("1")
    (said,) = (each["notes"] for each in export("--force")["exported"] if each["article"].endswith("ä ö.md"))
    assert said == expected[:1]


def test_names_that_are_no_utf_8_are_exported_linked_and_listed(export: Export, site: Path, articles: Path) -> None:
    (articles / os.fsdecode(b"caf\xe9.md")).write_text("![a](more/a.png)\n")
    (articles / "more" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (articles / "new.md").write_text("[x](caf%E9.md)")
    assert export("--base-url", "https://a.test/", "--assets", "folder")["code"] == 0
    page = (site / os.fsdecode(b"caf\xe9.html")).read_text()
    assert '<link rel="canonical" href="https://a.test/caf%E9.html">' in page
    assert '<img alt="a" src="caf%E9-pictures/' in page
    assert '<a href="caf%E9.html">' in (site / "new.html").read_text()
    assert '<a href="caf%E9.html">' in (site / "index.html").read_text()
    assert "<loc>https://a.test/caf%E9.html</loc>" in (site / "sitemap.xml").read_text()


def test_drafts_are_left_out_unless_asked_for(export: Export, site: Path, articles: Path) -> None:
    (articles / "new.md").write_text("---\ndraft: true\n---\n\nNot yet.\n")
    (articles / "old.md").write_text("---\ndraft: false\n---\n\n[no draft](new.md)\n")
    report = export()
    assert report["drafts"] == [str(articles / "new.md")]
    assert not (site / "new.html").exists()
    assert '<a href="new.md">' in (site / "old.html").read_text()
    assert export("--drafts")["drafts"] == []
    assert '<a href="new.html">' in (site / "old.html").read_text()


@pytest.mark.parametrize(
    "article",
    [
        b"---\nDraft: TRUE\n---\n",
        b"+++\ndraft = true\n+++\n",
        b"---\r\npublished: false\r\n---\r\n",
        "---\ndraft: true\n---\n".encode("utf-16"),
    ],
)
def test_a_draft_is_one_however_it_is_written(export: Export, articles: Path, article: bytes) -> None:
    (articles / "new.md").write_bytes(article)
    (articles / "old.md").write_text("---\npublished: 2024-01-01\n---\n\nThe draft was not published.\n")
    assert export()["drafts"] == [str(articles / "new.md")]


class TestUnchanged:
    """What would come out as it is there is not made anew."""

    def test_nothing_is_written_where_nothing_has_changed(self, export: Export, site: Path) -> None:
        export()
        before = {path: path.stat().st_mtime_ns for path in (site, *site.rglob("*"))}
        report = export()
        assert (report["code"], report["made"], report["skipped"]) == (0, 0, 3)
        assert {path: path.stat().st_mtime_ns for path in (site, *site.rglob("*"))} == before

    def test_an_article_touched_and_not_changed_is_unchanged(self, export: Export, articles: Path) -> None:
        export()
        os.utime(articles / "old.md", (1, 1))
        assert export()["skipped"] == 3

    def test_one_that_changed_is_made_alone(self, export: Export, articles: Path, site: Path) -> None:
        export()
        (articles / "old.md").write_text("Changed\n")
        assert states(export()) == {"old.md": "made", "new.md": "skipped", "ä ö.md": "skipped"}
        assert "Changed" in (site / "old.html").read_text()
        assert ">old</a>" in (site / "index.html").read_text()

    def test_a_picture_a_style_sheet_and_a_template_are_part_of_it(self, export: Export, articles: Path) -> None:
        (articles / "stet.toml").write_text('[export]\ncss = "own.css"\ntemplate = "page.txt"\n')
        (articles / "own.css").write_text("p { color: teal }")
        (articles / "page.txt").write_text('{{ content }}{% include "foot.txt" %}')
        (articles / "foot.txt").write_text("foot")
        (articles / "old.md").write_text("![a](a.png)\n")
        assert export()["made"] == 3
        assert export()["made"] == 0
        (articles / "own.css").write_text("p { color: navy }")
        assert export()["made"] == 3
        (articles / "foot.txt").write_text("other foot")
        assert export()["made"] == 3
        (articles / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        assert states(export()) == {"old.md": "made", "new.md": "skipped", "ä ö.md": "skipped"}
        assert export("--theme", "dark")["made"] == 3

    def test_a_link_leads_elsewhere_once_its_article_comes_or_goes(self, export: Export, articles: Path) -> None:
        export()
        (articles / "more" / "none.md").write_text("Here now\n")
        assert states(export())["ä ö.md"] == "made"
        assert states(export())["ä ö.md"] == "skipped"
        (articles / "more" / "none.md").unlink()
        assert states(export())["ä ö.md"] == "made"

    def test_a_page_that_is_gone_is_made_again(self, export: Export, site: Path) -> None:
        export()
        (site / "old.html").unlink()
        assert states(export())["old.md"] == "made"
        assert (site / "old.html").exists()


class TestOverwriting:
    """What somebody else made, or changed, is left as it is unless it is forced."""

    def test_a_strangers_page_stays_and_the_others_are_made(self, export: Export, site: Path) -> None:
        site.mkdir()
        (site / "old.html").write_text("by hand")
        report = export()
        assert (report["code"], report["made"], report["failed"]) == (2, 2, 1)
        assert (site / "old.html").read_text() == "by hand"
        assert export("--force")["code"] == 0
        assert "<h1>Old" in (site / "old.html").read_text()

    def test_so_do_a_strangers_index_feed_and_sitemap(self, export: Export, site: Path) -> None:
        site.mkdir()
        for name in ("index.html", "feed.xml", "sitemap.xml"):
            (site / name).write_text("by hand")
        report = export("--base-url", "https://a.test")
        assert (report["code"], report["made"], report["site"]) == (2, 3, [])
        assert len(report["troubles"]) == 3
        assert export("--base-url", "https://a.test", "--force")["code"] == 0
        assert "by hand" not in (site / "feed.xml").read_text()

    @pytest.mark.parametrize("form", ["html", "txt", "fragment"])
    def test_a_page_changed_by_hand_stays(self, export: Export, site: Path, articles: Path, form: str) -> None:
        page = site / {"html": "old.html", "txt": "old.txt", "fragment": "old.fragment.html"}[form]
        export("--format", form)
        ours = page.read_bytes()
        page.write_bytes(ours + b"<!-- mine -->")
        report = export("--format", form)
        assert (report["code"], states(report)["old.md"]) == (0, "skipped")
        assert any("changed since" in note for each in report["exported"] for note in each["notes"])
        (articles / "old.md").write_text("Changed\n")
        assert export("--format", form)["failed"] == 1
        assert page.read_bytes() == ours + b"<!-- mine -->"
        page.write_bytes(ours)
        assert export("--format", form)["made"] == 1
        assert b"Changed" in page.read_bytes()

    def test_a_changed_picture_beside_a_page_stays(self, export: Export, site: Path, articles: Path) -> None:
        (articles / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        (articles / "old.md").write_text("![a](a.png)\n")
        export("--assets", "folder")
        (picture,) = (site / "old-pictures").iterdir()
        picture.write_bytes(b"other")
        assert export("--assets", "folder")["failed"] == 1
        assert picture.read_bytes() == b"other"

    def test_a_link_in_the_place_of_a_page_leads_nowhere(self, export: Export, site: Path, tmp_path: Path) -> None:
        site.mkdir()
        (site / "old.html").symlink_to(tmp_path / "elsewhere")
        (site / "index.html").symlink_to(tmp_path / "elsewhere")
        (site / "new.html").mkdir()
        report = export()
        assert (report["made"], report["failed"], len(report["troubles"])) == (1, 2, 1)
        assert not (tmp_path / "elsewhere").exists()

    def test_a_page_of_a_single_export_becomes_that_of_the_folder_again(
        self, export: Export, site: Path, articles: Path
    ) -> None:
        export("--base-url", "https://a.test/")
        page = site / "old.html"
        ours = page.read_bytes()
        assert main(["export", str(articles / "old.md"), "-o", str(page)]) == 0
        assert page.read_bytes() != ours
        assert states(export("--base-url", "https://a.test/"))["old.md"] == "made"
        assert page.read_bytes() == ours
        assert main(["export", str(articles / "old.md"), "-o", str(page)]) == 0
        (articles / "old.md").write_text("Changed\n")
        assert states(export("--base-url", "https://a.test/"))["old.md"] == "made"

    def test_pages_of_single_exports_are_ours_until_somebody_changes_them(
        self, export: Export, site: Path, articles: Path
    ) -> None:
        assert main(["export", str(articles / "old.md"), "-o", str(site / "new.html")]) == 0
        assert main(["export", str(articles / "new.md"), "-o", str(site / "old.html")]) == 0
        (site / "old.html").write_text((site / "old.html").read_text().replace("new", "mine"))
        assert states(export()) == {"old.md": "failed", "new.md": "made", "ä ö.md": "made"}
        assert "mine" in (site / "old.html").read_text()

    def test_a_list_of_files_that_is_a_link_is_not_written_through(
        self, site: Path, tmp_path: Path, articles: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        site.mkdir()
        (tmp_path / "mine").write_text("mine")
        (site / NAME).symlink_to(tmp_path / "mine")
        assert main(["export", str(articles), "-o", str(site)]) == 2
        assert (tmp_path / "mine").read_text() == "mine"
        assert "is a link" in capsys.readouterr().err

    def test_a_list_that_cannot_even_be_looked_for_says_nothing(self, tmp_path: Path) -> None:
        assert load_records(tmp_path / ("x" * 300)) == {}


class TestGone:
    """Pages of articles that have gone are told, and removed if asked and as they were made."""

    def test_they_are_told_and_stay(self, export: Export, site: Path, articles: Path) -> None:
        export()
        (articles / "old.md").unlink()
        for _ in range(2):
            report = export()
            assert (report["code"], report["gone"], report["removed"]) == (0, [str(site / "old.html")], [])
        assert "old.html" not in (site / "index.html").read_text()

    def test_pruned_they_go_with_their_pictures_and_empty_folders(
        self, export: Export, site: Path, articles: Path
    ) -> None:
        (articles / "more" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        (articles / "more" / "ä ö.md").write_text("![a](a.png)\n")
        export("--assets", "folder", "--base-url", "https://a.test/")
        (articles / "more" / "ä ö.md").unlink()
        report = export("--assets", "folder", "--prune")
        assert sorted(report["removed"]) == sorted(
            map(str, (site / "feed.xml", site / "more" / "ä ö.html", site / "sitemap.xml"))
        )
        assert files_of(site).keys() == {NAME, "index.html", "new.html", "old.html"}
        assert not (site / "more").exists()
        assert export("--prune")["gone"] == []

    def test_pictures_that_a_page_shows_no_more_go_with_the_page_that_showed_them(
        self, export: Export, site: Path, articles: Path
    ) -> None:
        (articles / "old.md").write_text("![a](a.png)\n")
        shown = []
        for data in (b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n2"):
            (articles / "a.png").write_bytes(data)
            export("--assets", "folder")
            (picture,) = (site / "old-pictures").iterdir()
            shown.append(picture.name)
        assert shown[0] != shown[1]
        picture.write_bytes(b"changed by hand")
        assert export("--assets", "inline")["failed"] == 0
        assert picture.read_bytes() == b"changed by hand"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n2")
        export("--assets", "folder")
        export("--assets", "inline")
        assert not (site / "old-pictures").exists()

    def test_one_changed_by_hand_is_not_removed(self, export: Export, site: Path, articles: Path) -> None:
        export()
        (articles / "old.md").unlink()
        (site / "old.html").write_text("mine now")
        report = export("--prune")
        assert (report["gone"], report["removed"]) == ([str(site / "old.html")], [])
        assert (site / "old.html").read_text() == "mine now"

    def test_those_of_a_folder_that_cannot_be_looked_into_stay_and_that_is_told(
        self, export: Export, site: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        export()
        shutil.rmtree(articles / "more")
        (articles / "more").symlink_to("more")
        assert export("--prune")["gone"] == []
        assert (site / "more" / "ä ö.html").exists()
        (articles / "more").unlink()
        (articles / "more").mkdir()
        look_into = os.scandir

        def refuse(folder: Path) -> object:
            if folder == articles / "more":
                raise PermissionError(errno.EACCES, "Permission denied")
            return look_into(folder)

        monkeypatch.setattr(os, "scandir", refuse)
        report = export()
        assert report["code"] == 2
        assert report["troubles"] == [f"“{articles / 'more'}” could not be looked into: Permission denied."]

    def test_pages_of_another_folder_are_not_gone(self, export: Export, site: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        other.mkdir()
        (other / "theirs.md").write_text("Theirs\n")
        assert main(["export", str(other), "-o", str(site)]) == 0
        assert export("--prune")["gone"] == []
        assert (site / "theirs.html").exists()

    def test_a_list_of_files_from_elsewhere_removes_nothing_outside(
        self, export: Export, site: Path, articles: Path, tmp_path: Path
    ) -> None:
        export()
        (tmp_path / "precious").write_text("mine")
        text = (site / NAME).read_text()
        record = next(line for line in text.splitlines() if '"old.html"' in line)
        ours, mine = (hashlib.sha256(data).hexdigest() for data in ((site / "old.html").read_bytes(), b"mine"))
        (site / NAME).write_text(
            text + record.replace('"old.html"', '"../precious"').replace(ours, mine) + "\n{]\n[]\n"
        )
        (articles / "old.md").unlink()
        assert export("--prune")["removed"] == [str(site / "old.html")]
        assert (tmp_path / "precious").exists()

    def test_nor_does_one_that_names_files_by_a_link(self, export: Export, site: Path, tmp_path: Path) -> None:
        export()
        (site / "away").symlink_to(tmp_path)
        (tmp_path / "precious").write_text("mine")
        named = f'"pictures": {{"away/precious": "{hashlib.sha256(b"mine").hexdigest()}"}}'
        (site / NAME).write_text((site / NAME).read_text().replace('"pictures": {}', named))
        export("--force")
        assert (tmp_path / "precious").exists()


class TestClashes:
    """No page takes the place of another."""

    def test_of_two_articles_for_one_page_the_first_has_it(self, export: Export, site: Path, articles: Path) -> None:
        (articles / "old.markdown").write_text("The other\n")
        report = export()
        assert (report["code"], report["made"], report["failed"]) == (2, 3, 1)
        (said,) = (note for each in report["exported"] if each["state"] == "failed" for note in each["notes"])
        assert said.startswith("Its page would be that of “old.markdown”")
        assert "The other" in (site / "old.html").read_text()

    def test_an_article_that_is_the_index_is_not_replaced_by_the_list(
        self, export: Export, site: Path, articles: Path
    ) -> None:
        export()
        (articles / "index.md").write_text("# Welcome\n")
        report = export("--base-url", "https://a.test/")
        page = (site / "index.html").read_text()
        assert "Welcome" in page
        assert '<link rel="canonical" href="https://a.test/">' in page
        assert (site / "sitemap.xml").read_text().count("<loc>https://a.test/</loc>") == 1
        assert any("no list" in note for note in report["notes"])
        (articles / "index.md").unlink()
        export("--base-url", "https://a.test/")
        assert 'class="articles"' in (site / "index.html").read_text()


def test_one_article_that_cannot_be_exported_keeps_no_other_from_it(
    export: Export, site: Path, articles: Path, corpus_of_trouble: list[str]
) -> None:
    report = export()
    assert (report["code"], report["made"]) == (2, 3)
    failed = {Path(each["article"]).name: each["notes"] for each in report["exported"] if each["state"] == "failed"}
    assert sorted(failed) == sorted(corpus_of_trouble)
    assert all(len(notes) == 1 and len(notes[0]) > 10 for notes in failed.values())


@pytest.fixture
def corpus_of_trouble(articles: Path) -> list[str]:
    """Articles that are none: their names."""
    (articles / "binary.md").write_bytes(b"one\0two")
    with (articles / "large.md").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (articles / "styled").mkdir()
    (articles / "styled" / "stet.toml").write_text('[export]\ncss = "gone.css"\n')
    (articles / "styled" / "no-style.md").write_text("x")
    return ["binary.md", "large.md", "no-style.md"]


def test_a_folder_below_looks_as_its_own_settings_say_or_else_those_above(
    export: Export, site: Path, articles: Path
) -> None:
    (articles / "stet.toml").write_text('[export]\ntheme = "plain"\ncss = "own.css"\n')
    (articles / "own.css").write_text("p { color: teal }")
    (articles / "own").mkdir()
    (articles / "own" / "stet.toml").write_text('[export]\ntheme = "dark"\n')
    (articles / "own" / "dark.md").write_text("Dark\n")
    export()
    below, own = (site / "more" / "ä ö.html").read_text(), (site / "own" / "dark.html").read_text()
    assert "--accent: #0b57b0" in below
    assert "teal" in below
    assert "--accent: #f0a868" in own
    assert "teal" not in own
    assert "teal" in (site / "index.html").read_text()


def test_pages_in_a_folder_of_the_articles_are_no_articles(articles: Path, export: Export) -> None:
    (articles / "public" / "left").mkdir(parents=True)
    (articles / "public" / "left" / "by.md").write_text("x")
    assert main(["export", str(articles), "-o", str(articles / "public")]) == 0
    assert not (articles / "public" / "public").exists()
    assert len(load_records(articles / "public")) == 4


def test_pages_can_lie_beside_their_articles(articles: Path) -> None:
    before = {path: path.read_bytes() for path in articles.rglob("*.md")}
    assert main(["export", str(articles), "-o", str(articles)]) == 0
    assert (articles / "old.html").exists()
    assert {path: path.read_bytes() for path in articles.rglob("*.md")} == before
