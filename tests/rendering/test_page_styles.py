"""How pages look: the themes that ship, and style sheets of folders, which may load nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from editor import resources
from editor.rendering.page_styles import (
    LARGEST_STYLE,
    THEMES,
    ThemeRefused,
    folder_style,
    preview_style,
    style_of,
    what_it_loads,
)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_small_and_loads_nothing(theme: str) -> None:
    assert len(resources.read_bytes(f"themes/{theme}.css")) < 10_000
    css = style_of(theme)
    assert what_it_loads(css) == ""
    assert css.count("{") == css.count("}")
    assert "/*" not in css


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_at_the_side_goes_over_with_the_direction_of_the_language(theme: str) -> None:
    css = re.sub(r"\.align-\w+ \{[^}]*\}", "", style_of(theme))
    assert re.findall(r"[\w-]+-(?:left|right)(?:-\w+)?:|(?:text-align|float): *(?:left|right)", css) == []


def test_every_theme_that_ships_is_known() -> None:
    assert {path.stem for path in resources.path("themes").iterdir()} == set(THEMES)


def test_another_theme_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(ThemeRefused, match="journal, plain, dark"):
        style_of("sepia")


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours written as #rrggbb."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palettes(theme: str) -> list[dict[str, str]]:
    """The colours by name, for light and for dark screens."""
    shared = [resources.read_text("preview/article.css"), resources.read_text("preview/dark.css")]
    own = resources.read_text(f"themes/{theme}.css").partition("@media")
    light = own[0] if theme != "dark" else own[2]
    colours = re.compile(r"--(\w[\w-]*):\s*(#\w+)")
    in_light = dict(colours.findall(shared[0])) | dict(colours.findall(light))
    in_dark = dict(colours.findall(shared[0])) | dict(colours.findall(shared[1])) | dict(colours.findall(own[2]))
    return [in_dark] if theme == "dark" else [in_light, in_dark]


@pytest.mark.parametrize("theme", THEMES)
def test_code_can_be_read_on_its_ground(theme: str) -> None:
    for colours in palettes(theme):
        for name in ("comment", "keyword", "name", "number", "string", "type"):
            assert contrast(colours[f"code-{name}"], colours["code-paper"]) >= 4.5, (theme, name)


@pytest.mark.parametrize("theme", THEMES)
def test_the_preview_has_the_rules_of_the_page_in_the_page_s_order(theme: str) -> None:
    def rules(css: str) -> list[str]:
        return re.sub(r"/\*.*?\*/|\s+", "", css, flags=re.DOTALL).split("}")

    of_page = iter(rules(style_of(theme) + "p{color:red}"))
    assert all(rule in of_page for rule in rules(preview_style(theme, "p {color: red}")))
    with pytest.raises(ThemeRefused, match="sepia"):
        preview_style("sepia")


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read_on_their_ground(theme: str) -> None:
    for colours in palettes(theme):
        for name in ("ink", "muted", "accent", "error", "warning"):
            paper = colours["paper"].replace("#fff", "#ffffff") if len(colours["paper"]) == 4 else colours["paper"]
            assert contrast(colours[name], paper) >= 4.5, (theme, name)


@pytest.mark.parametrize(
    "css",
    [
        "@import 'a.css';",
        "@IMPORT url(a.css);",
        "@\\69mport 'a.css';",
        "p { background: url(http://a.test/x.png) }",
        "p { background: URL( 'x.png' ) }",
        "p { background: \\75 rl(//a.test) }",
        'p { background: u\\72l("//a.test") }',
        "@font-face { src: url(a.woff) }",
        "p { background: image-set('a.png' 1x) }",
        "p { background: -webkit-image-set('a.png' 1x, url(data:image/png;base64,x) 2x) }",
        "p { background: src('a.png') }",
        "a { content: '/*' } @import 'x'; b { content: '*/' }",
        "a { content: \"/* \n } @import 'x'; /* */",
        "/* */ @import 'x'; /* */",
        # What a browser does not read as a comment, or as the end of a string.
        'x { a: "\r "/*"; } p { background: url(//a.test) } /*"*/',
        'x { a: "\f "/*"; } p { background: url(//a.test) } /*"*/',
        "p { background: url(data:x/*) } q { background: url(//a.test/*/) }",
        'p { background: my-url(/*)"*/) } a { b: "/*" } p { background: url(//a.test) } c { d: "*/" }',
        "p { background: u\\72 l(/*x*/data:,x) }",
        "p { background: url(\\22 data:x) }",
        "p { background: image-set(url(data:x) calc(1x), 'a.png' 2x) }",
        "p {} </style><script>",
        "p { color: red } <!-- ",
    ],
)
def test_a_style_sheet_that_loads_or_breaks_out_is_refused(tmp_path: Path, css: str) -> None:
    (tmp_path / "own.css").write_text(css)
    with pytest.raises(ThemeRefused, match=r"The style sheet “own\.css” (asks for|has)"):
        folder_style(tmp_path, "own.css")


@pytest.mark.parametrize("again", ["url(\\", "url( ", "\\75", "'\\\n", '"\\"', "/*", "u", "@"])
def test_a_hostile_style_sheet_is_read_to_its_end(again: str) -> None:
    read = what_it_loads(again * (LARGEST_STYLE // len(again)) + "; @import")
    assert read == ("" if again == "/*" else "has an @import")


def test_a_style_sheet_that_loads_nothing_is_taken_as_it_is(tmp_path: Path) -> None:
    css = "p { background: url(data:image/png;base64,AAAA) } /* url(x) @import */ a::after { content: '\\201c' }\n"
    (tmp_path / "own.css").write_text(css)
    assert folder_style(tmp_path, "own.css") == css


@pytest.mark.parametrize("name", ["../own.css", "/etc/passwd", "gone.css", "link.css", "large.css", "latin.css"])
def test_only_a_small_file_of_the_folder_is_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "own.css").write_text("p {}")
    (folder / "link.css").symlink_to(tmp_path / "own.css")
    (folder / "large.css").write_text(" " * 200_000)
    (folder / "latin.css").write_bytes(b"\xe9")
    with pytest.raises(ThemeRefused, match=f"The style sheet “{name}”"):
        folder_style(folder, name)
