"""All articles below a folder are found, and nothing outside it."""

from __future__ import annotations

from pathlib import Path

from editor.storage.article_tree import articles_below


def _fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_articles_are_found_in_a_steady_order_in_the_folder_and_below(tmp_path: Path) -> None:
    _fill(tmp_path, "b.md", "a/z.markdown", "a/b/c.MD", "ä ö/ü.md", "a.txt", "a.md.bak")
    assert [str(path) for path in articles_below(tmp_path).articles] == ["a/b/c.MD", "a/z.markdown", "b.md", "ä ö/ü.md"]


def test_what_is_hidden_and_the_folders_left_out_are_not_looked_into(tmp_path: Path) -> None:
    _fill(tmp_path, ".git/a.md", ".b.md", "public/c.md", "d/public/e.md", "f.md")
    found = articles_below(tmp_path, [tmp_path / "d" / ".." / "public"])
    assert [str(path) for path in found.articles] == ["d/public/e.md", "f.md"]
    assert found.notes == ()


def test_no_link_is_followed_and_one_that_looks_like_an_article_is_noted(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    _fill(outside, "secret.md")
    _fill(folder, "a.md")
    (folder / "link.md").symlink_to(outside / "secret.md")
    (folder / "linked").symlink_to(outside, target_is_directory=True)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    assert articles_below(folder) == ((Path("a.md"),), ("“link.md” is a link and was left out.",), ())


def test_a_folder_that_is_gone_has_none_and_says_so(tmp_path: Path) -> None:
    found = articles_below(tmp_path / "gone")
    assert found.articles == ()
    assert found.troubles == (f"“{tmp_path / 'gone'}” could not be looked into: No such file or directory.",)
