from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QLabel, QLineEdit, QPlainTextEdit, QWidget

from editor import resources
from editor.ui.theme import Theme, Tokens, apply_theme, editor_font, icon, restyle, tokens, worn

BOTH = pytest.mark.parametrize("look", [tokens(Theme.LIGHT), tokens(Theme.DARK)], ids=["light", "dark"])
PARTS = {"QComboBoxPrivateContainer", "QHeaderView", "QSizeGrip", "QTableCornerButton", "QToolTip"}
"""What a style sheet names and only another widget makes."""
ICONS = sorted(path.stem for path in resources.path("icons").glob("*.svg"))


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    apply_theme(qapp, Theme.LIGHT)
    yield qapp
    apply_theme(qapp, Theme.LIGHT)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colour_drawn(image: QImage) -> str:
    """The colour of the pixel that is covered most: the ink of an icon, whatever its edges blend into."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=QColor.alpha).name()


def colour_behind(widget: QWidget) -> str:
    return widget.grab().toImage().pixelColor(widget.width() // 2, widget.height() // 2).name()


@BOTH
@pytest.mark.parametrize("ground", ["paper", "chrome"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "error"])
def test_text_can_be_read_on_paper_and_on_chrome(look: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(look.palette, text), getattr(look.palette, ground)) >= 4.5


@BOTH
def test_all_syntax_can_be_read_on_paper_and_on_the_current_line(look: Tokens) -> None:
    for ground in (look.palette.paper, look.palette.current_line):
        assert {name: colour for name, colour in look.syntax._asdict().items() if contrast(colour, ground) < 4.5} == {}


@BOTH
@pytest.mark.parametrize("ground", ["selection", "hover", "pressed", "hint_wash", "warning_wash", "error_wash"])
def test_ink_can_be_read_on_whatever_is_marked(look: Tokens, ground: str) -> None:
    assert contrast(look.palette.ink, getattr(look.palette, ground)) >= 4.5


@BOTH
def test_text_on_the_accent_and_in_a_tooltip_can_be_read(look: Tokens) -> None:
    assert contrast(look.palette.paper, look.palette.accent) >= 4.5
    assert contrast(look.palette.paper, look.palette.ink) >= 4.5


@BOTH
def test_a_notice_s_icon_stands_out_from_its_wash(look: Tokens) -> None:
    colours = look.palette
    pairs = [
        (colours.muted, colours.hint_wash),
        (colours.warning, colours.warning_wash),
        (colours.error, colours.error_wash),
    ]
    assert min(contrast(*pair) for pair in pairs) >= 3


@BOTH
def test_a_field_and_the_focus_ring_can_be_seen(look: Tokens) -> None:
    assert contrast(look.palette.edge, look.palette.paper) >= 3
    assert contrast(look.palette.accent, look.palette.chrome) >= 3


def test_the_style_sheet_names_no_colour_itself() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", resources.read_text("theme/window.qss"), flags=re.DOTALL)
    values = [value for rule in re.findall(r"\{([^}]*)\}", sheet) for value in rule.split(";")]
    assert [value for value in values if re.search(r"#[0-9a-fA-F]{3}|rgb|hsl|white|black|gr[ae]y", value)] == []


@BOTH
def test_the_whole_style_sheet_is_understood(app: QApplication, qtlog: Any, look: Tokens) -> None:
    apply_theme(app, look.theme)
    for name in set(re.findall(r"\bQ(?!Abstract)[A-Z]\w+", app.styleSheet())) - PARTS:
        getattr(QtWidgets, name)().grab()
    assert "$" not in app.styleSheet()
    assert [record.message for record in qtlog.records] == []


@BOTH
def test_every_picture_that_the_style_sheet_names_is_there(app: QApplication, look: Tokens) -> None:
    apply_theme(app, look.theme)
    pictures = re.findall(r'url\("([^"]*)"\)', app.styleSheet())
    assert len(pictures) > 5
    assert [name for name in pictures if QImage(name).isNull()] == []


def test_every_widget_follows_a_change_of_theme(app: QApplication) -> None:
    editor = QPlainTextEdit()
    assert colour_behind(editor) == tokens(Theme.LIGHT).palette.paper
    apply_theme(app, Theme.DARK)
    assert colour_behind(editor) == tokens(Theme.DARK).palette.paper


def test_plain_words_that_are_shown_are_read_after_a_change_of_theme(app: QApplication) -> None:
    window = QWidget()
    words = (QLabel("Words", window), QCheckBox("Words", window))
    window.show()
    for theme in (Theme.DARK, Theme.LIGHT):
        apply_theme(app, theme)
        for each in words:
            assert each.palette().color(each.foregroundRole()).name() == worn().palette.ink


def test_what_is_painted_on_a_palette_change_finds_the_new_tokens(app: QApplication) -> None:
    found: list[Tokens] = []

    class Painter(QWidget):
        def changeEvent(self, event: QEvent) -> None:
            super().changeEvent(event)
            found.append(worn())

    watching = Painter()
    watching.ensurePolished()
    apply_theme(app, Theme.DARK)
    assert {look.theme for look in found} == {Theme.DARK}


def test_the_desktop_s_theme_is_followed_while_no_other_was_chosen(app: QApplication) -> None:
    hints = QGuiApplication.styleHints()
    apply_theme(app, Theme.SYSTEM)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert worn().theme is Theme.DARK
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert worn().theme is Theme.LIGHT


def test_a_theme_that_was_chosen_stays_whatever_the_desktop_does(app: QApplication) -> None:
    apply_theme(app, Theme.LIGHT)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert worn().theme is Theme.LIGHT


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn(app: QApplication, name: str) -> None:
    image = icon(name).pixmap(QSize(24, 24)).toImage()
    drawn = sum(image.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24))
    assert drawn > 8


@pytest.mark.parametrize("name", [name for name in ICONS if name != "stet"])
def test_an_icon_has_no_colour_of_its_own_and_the_common_grid(name: str) -> None:
    drawing = resources.read_text(f"icons/{name}.svg")
    assert 'viewBox="0 0 24 24"' in drawing
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawing)) <= {"none", "currentColor"}


def test_an_icon_made_once_follows_the_theme(app: QApplication) -> None:
    made = icon("save")
    assert colour_drawn(made.pixmap(24, 24).toImage()) == tokens(Theme.LIGHT).palette.ink
    apply_theme(app, Theme.DARK)
    assert colour_drawn(made.pixmap(24, 24).toImage()) == tokens(Theme.DARK).palette.ink


def test_an_icon_shows_that_it_is_off_or_on(app: QApplication) -> None:
    made = icon("preview")
    off = made.pixmap(QSize(24, 24), QIcon.Mode.Disabled)
    on = made.pixmap(QSize(24, 24), QIcon.Mode.Normal, QIcon.State.On)
    assert colour_drawn(off.toImage()) == worn().palette.disabled
    assert colour_drawn(on.toImage()) == worn().palette.accent


def test_an_icon_takes_the_colour_asked_for(app: QApplication) -> None:
    assert colour_drawn(icon("warning", "warning").pixmap(24, 24).toImage()) == worn().palette.warning


def test_an_icon_is_sharp_on_a_screen_of_twice_the_density(app: QApplication) -> None:
    pixmap = icon("find").pixmap(QSize(20, 20), 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (40, 2.0)


def test_a_copy_of_an_icon_outlives_the_icon(app: QApplication) -> None:
    made = icon("find")
    copy = QIcon(made)
    copy.addPixmap(made.pixmap(16, 16))
    del made
    assert colour_drawn(copy.pixmap(24, 24).toImage()) == worn().palette.ink


def test_an_icon_that_does_not_exist_is_refused_when_it_is_asked_for(app: QApplication) -> None:
    with pytest.raises(Exception, match="no-such-icon"):
        icon("no-such-icon")


def test_a_notice_wears_its_severity(app: QApplication) -> None:
    notice = QFrame()
    notice.setProperty("class", "notice")
    assert colour_behind(notice) == worn().palette.hint_wash
    notice.setProperty("severity", "error")
    restyle(notice)
    assert colour_behind(notice) == worn().palette.error_wash


def test_a_refused_value_is_marked(app: QApplication) -> None:
    field = QLineEdit()
    assert colour_behind(field) == worn().palette.paper
    field.setProperty("invalid", True)
    restyle(field)
    assert colour_behind(field) == worn().palette.error_wash


def test_the_editor_s_font_has_the_size_asked_for(app: QApplication) -> None:
    assert editor_font(17).pointSizeF() == 17
    assert editor_font().pointSizeF() == worn().type.editor_size


def test_the_sample_lists_every_paper_that_it_cites_and_no_other() -> None:
    prose, rows = [], []
    for line in resources.read_text("articles/sample.md").split("\n"):
        (rows if line.startswith("|") else prose).append(line)
    mention = re.compile(r"\(([^()]+, \d{4})\)")
    assert set(mention.findall("\n".join(prose))) == set(mention.findall("\n".join(rows)))
    assert len(rows) == 9


def test_the_template_has_the_sample_s_fields_and_columns() -> None:
    template, sample = (
        resources.read_text(name).split("\n") for name in ("templates/article.md", "articles/sample.md")
    )
    assert [line.split(":")[0] for line in template[:5]] == [line.split(":")[0] for line in sample[:5]]
    assert [line for line in template if line.startswith("| S.No")] == [
        line for line in sample if line.startswith("| S.No")
    ]
    assert re.findall(r"\{.*?\}", "\n".join(template)) == ["{date}"]
