"""`stet export`: articles as pages, each whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import editor
from editor.cli import export
from editor.cli.main import main
from editor.publishing.choices import SUFFIXES
from editor.rendering.export import FORMATS
from editor.rendering.page_styles import THEMES

MARK = '<meta name="generator" content="Stet '


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text("---\ntitle: Sleep\n---\n\nLight & sleep.\n")
    return path


def test_a_page_lies_beside_its_article(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(article)]) == 0
    page = article.with_name("article.html")
    assert "Light &amp; sleep." in page.read_text()
    assert capsys.readouterr().out == f"{page}\n"


def test_the_article_itself_is_not_touched(article: Path) -> None:
    before = article.stat()
    assert main(["export", str(article)]) == 0
    assert article.stat().st_mtime_ns == before.st_mtime_ns


def test_a_page_goes_to_the_file_or_folder_that_is_named(article: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert main(["export", str(article), "-o", str(tmp_path / "page.htm")]) == 0
    assert main(["export", str(article), "-o", str(tmp_path / "there")]) == 0
    assert main(["export", str(article), "-o", f"{tmp_path / 'new'}/"]) == 0
    for page in ("page.htm", "there/article.html", "new/article.html"):
        assert MARK in (tmp_path / page).read_text()


def test_several_articles_go_to_a_folder(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("Other")
    assert main(["export", str(article), str(other), "-o", str(tmp_path / "pages")]) == 0
    assert {page.name for page in (tmp_path / "pages").iterdir()} == {"article.html", "other.html"}


def test_a_page_made_before_is_replaced(article: Path) -> None:
    assert main(["export", str(article)]) == 0
    article.write_text("Changed")
    assert main(["export", str(article)]) == 0
    assert "Changed" in article.with_name("article.html").read_text()


def test_a_strangers_file_is_overwritten_only_when_forced(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = article.with_name("article.html")
    page.write_text("<p>by hand</p>")
    assert main(["export", str(article)]) == 2
    assert page.read_text() == "<p>by hand</p>"
    assert capsys.readouterr().err.startswith(f"stet: {page}: is there already, and not a page as Stet made it")
    assert main(["export", str(article), "--force"]) == 0
    assert MARK in page.read_text()


def test_a_page_that_somebody_changed_is_a_strangers(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(article)]) == 0
    page = article.with_name("article.html")
    mine = page.read_text().replace("</p>", " My words.</p>", 1)
    page.write_text(mine)
    assert main(["export", str(article)]) == 2
    assert page.read_text() == mine
    assert "is there already, and not a page as Stet made it" in capsys.readouterr().err
    page.write_text("".join(line for line in mine.splitlines(keepends=True) if "stet-checksum" not in line))
    assert main(["export", str(article)]) == 0


def test_an_article_is_never_overwritten_with_its_page(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = article.read_bytes()
    assert main(["export", str(article), "-o", str(article), "--force"]) == 2
    assert article.read_bytes() == before
    assert "is the article itself" in capsys.readouterr().err


def test_two_articles_do_not_share_a_page(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "article.markdown").write_text("Other")
    assert main(["export", str(article), str(tmp_path / "article.markdown")]) == 2
    assert "would both be exported to" in capsys.readouterr().err
    assert not article.with_name("article.html").exists()


def test_where_one_article_cannot_be_read_no_page_is_written(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(article), str(tmp_path / "gone.md")]) == 2
    assert not article.with_name("article.html").exists()
    assert capsys.readouterr().err == f"stet: {tmp_path / 'gone.md'}: does not exist; check its name and folder\n"


def test_what_a_page_lacks_is_said(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article.write_text("![a chart](missing.png)\n")
    assert main(["export", str(article)]) == 0
    note = capsys.readouterr().err
    assert note.startswith(f"stet: {article}: ")
    assert "missing.png" in note


def test_a_folder_that_cannot_be_made_is_said_in_one_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(article), "-o", f"{article}/pages/"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_name_too_long_for_a_page_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = tmp_path / "articles" / f"{'x' * 252}.md"
    long.parent.mkdir()
    long.write_text("Long")
    assert main(["export", str(long)]) == 2
    assert main(["export", str(long.parent), "-o", str(tmp_path / "site")]) == 2
    told = capsys.readouterr().err
    assert (told.count("\n"), told.count("its name is too long; choose a shorter one")) == (2, 2)


@pytest.mark.parametrize("words", [["--base-url", "https://a.test/"], ["--progress"], ["--drafts", "--jobs", "2"]])
def test_what_only_a_folder_can_have_is_not_passed_over(
    article: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["export", str(article), *words]) == 2
    asked = " and ".join(word for word in words if word.startswith("--"))
    told = capsys.readouterr().err
    assert told == f"stet: {asked} can be asked for a folder only; name one instead of its articles\n"
    assert not article.with_name("article.html").exists()


def test_several_articles_do_not_go_to_a_folder_named_like_a_page(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book.pdf"
    for sources in ([article, article.with_name("other.md")], [tmp_path]):
        assert main(["export", *map(str, sources), "-o", str(book)]) == 2
        assert capsys.readouterr().err == f"stet: {book} is the name of one page; name a folder with -o\n"
    assert not book.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "-"], "not to standard output"),
        (["-o", "{}.pdf", "--format", "html"], "is no name for --format html"),
        (["-o", "{}.html", "--format", "docx"], "is no name for --format docx"),
    ],
)
def test_a_page_is_not_called_what_it_is_not(
    article: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    before = sorted(article.parent.iterdir())
    assert main(["export", str(article), *(word.format(article.with_name("page")) for word in words)]) == 2
    assert said in capsys.readouterr().err
    assert sorted(article.parent.iterdir()) == before


def test_what_is_wrong_with_the_folders_settings_is_told_once(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.md").write_text("Other")
    (tmp_path / "stet.toml").write_text("[export]\ncontents = 3\n")
    assert main(["export", str(article), str(tmp_path / "other.md"), "-o", str(tmp_path / "pages")]) == 0
    assert capsys.readouterr().err.count("“contents” must be true or false") == 1


@pytest.fixture
def cited(tmp_path: Path) -> Path:
    path = tmp_path / "cited.md"
    path.write_text(
        "# T\n\n## A\n\n## B\n\nSee (Adams, 2001; Nobody, 1999) ![w](http://a.test/b.png)\n\n"
        "| No | Paper Title (Author, Year) |\n|--|--|\n| 1 | X (Adams, 2001) |\n"
    )
    return path


def test_a_report_for_programs(cited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(cited), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "exported": [
            {
                "article": str(cited),
                "page": str(cited.with_suffix(".html")),
                "pictures": [],
                "linked": 1,
                "unlinked": [{"line": 7, "text": "Nobody, 1999", "why": "missing", "rows": []}],
                "remote_images": ["http://a.test/b.png"],
                "broken_links": [],
                "notes": [],
            }
        ]
    }


def test_the_same_for_a_person_on_standard_error(cited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(cited)]) == 0
    assert capsys.readouterr().err == (
        f"stet: {cited}: Citation not in the table, left as plain text: Nobody, 1999.\n"
        f"stet: {cited}: An image on the web became a link: http://a.test/b.png.\n"
    )


@pytest.mark.parametrize(("kind", "suffix", "start"), [("fragment", ".fragment.html", "<h2"), ("txt", ".txt", "T\n=")])
def test_other_formats_have_names_of_their_own(cited: Path, kind: str, suffix: str, start: str) -> None:
    assert main(["export", str(cited), "--format", kind]) == 0
    assert cited.with_suffix(suffix).read_text().startswith(start)
    assert main(["export", str(cited), "--format", kind]) == 2
    assert main(["export", str(cited), "--format", kind, "--force"]) == 0


def test_a_list_of_headings_on_request(cited: Path) -> None:
    main(["export", str(cited), "--contents"])
    assert '<nav class="contents"' in cited.with_suffix(".html").read_text()


def test_pictures_beside_the_page(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article.with_name("a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    article.write_text("![a](a.png)\n")
    assert main(["export", str(article), "--assets", "folder", "--json"]) == 0
    (picture,) = json.loads(capsys.readouterr().out)["exported"][0]["pictures"]
    assert Path(picture).parent == article.with_name("article-pictures")
    assert Path(picture).read_bytes() == b"\x89PNG\r\n\x1a\n"
    assert main(["export", str(article), "--assets", "folder"]) == 0
    Path(picture).write_bytes(b"other")
    assert main(["export", str(article), "--assets", "folder"]) == 2
    assert Path(picture).read_bytes() == b"other"


def test_the_folders_settings_are_used_and_the_command_lines_come_first(cited: Path) -> None:
    cited.with_name("stet.toml").write_text('[export]\ntheme = "plain"\ncss = "own.css"\ncontents = true\n')
    cited.with_name("own.css").write_text("p { color: teal }\n")
    assert main(["export", str(cited)]) == 0
    page = cited.with_suffix(".html").read_text()
    assert "--accent: #0b57b0;" in page
    assert page.index("--accent: #0b57b0;") < page.index("p { color: teal }")
    assert '<nav class="contents"' in page
    assert main(["export", str(cited), "--theme", "dark"]) == 0
    assert "--accent: #f0a868;" in cited.with_suffix(".html").read_text()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('theme = "sepia"', "There is no theme “sepia”, which stet.toml names; the themes are journal"),
        ('theme = "../../etc/passwd"', "There is no theme “../../etc/passwd”"),
        ('css = "own.css"', "The style sheet “own.css” asks for “//a.test”"),
        ('css = "../own.css"', "The style sheet “../own.css” lies outside the folder."),
        ('template = "/etc/passwd"', "The template “/etc/passwd” lies outside the folder."),
        ('css = "long.css"', "The style sheet “long.css” is larger than 100 KB."),
        ('template = "page.html"', "The template “page.html” must have {{ content }} once"),
    ],
)
def test_a_theme_that_cannot_be_used_leaves_all_as_it_was(
    cited: Path, capsys: pytest.CaptureFixture[str], settings: str, said: str
) -> None:
    cited.with_name("stet.toml").write_text(f"[export]\n{settings}\n")
    cited.with_name("own.css").write_text("p { background: url(//a.test) }\n")
    cited.with_name("long.css").write_text(" " * 100_001)
    cited.with_name("page.html").write_text("<p>")
    assert main(["export", str(cited)]) == 2
    assert capsys.readouterr().err.startswith(f"stet: {cited}: {said}")
    assert not cited.with_suffix(".html").exists()


_IMPORTED = """
import sys
from editor.cli import export
from editor.cli.main import main
from editor.rendering.export import FORMATS
from editor.rendering.page_styles import THEMES
code = main(["export", *sys.argv[1:]])
print(*sys.modules)
raise SystemExit(code)
"""


# What some articles need, and what none does.
_SOMETIMES = {"jinja2", "pygments", "tomllib", "markdown.extensions.attr_list", "editor.rendering.smart_punctuation"}
_NEVER = {
    "PySide6", "bibtexparser", "charset_normalizer", "frontmatter", "zipfile",
    "dataclasses", "inspect",  # half a millisecond for each class, and six for what makes them
    "hashlib", "shutil", "tempfile", "subprocess",  # libraries for OpenSSL and compression come with them
}  # fmt: skip


def _imported(article: Path) -> set[str]:
    command = [sys.executable, "-c", _IMPORTED, str(article), "--force"]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1].split())


def test_an_export_imports_only_what_its_article_needs(article: Path) -> None:
    assert _imported(article) & (_SOMETIMES | _NEVER) == set()
    article.write_text("```python\nx\n```\n")
    article.with_name("stet.toml").write_text('[export]\ntemplate = "page.html"\n')
    article.with_name("page.html").write_text("{{ content }}")
    assert _imported(article) & _SOMETIMES == {"jinja2", "pygments", "tomllib"}


def test_an_export_compiles_no_types_of_named_tuples(article: Path) -> None:
    """As texts, which they are where annotations are put off, each would be."""
    source = Path(editor.__file__).parent
    ours = (name.removeprefix("editor.") for name in _imported(article) if name.startswith("editor."))
    texts = {name: path.read_text() for name in ours if (path := source / f"{name.replace('.', '/')}.py").exists()}
    assert "core.papers" in texts
    put_off = "from __future__ import annotations"
    assert [name for name, text in texts.items() if "(NamedTuple)" in text and put_off in text] == []


def test_every_theme_and_format_can_be_asked_for() -> None:
    assert set(export._THEMES) == set(THEMES)
    assert set(SUFFIXES) == {*FORMATS, "pdf", "docx"}
