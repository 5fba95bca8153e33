"""An article can make the window ask for nothing, run nothing, read nothing that is not its own, and open nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtGui import Qt as TextFormats
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from tests.browsing import Listener, let_all_arrive
from tests.flows.hostile import CLOSED, LONG_NAMES, OPEN, PLACES, aimed, front_matter, put, set_traps

from editor.app import Application
from editor.article_window import ArticleWindow
from editor.ui.field_line import LineEditor

Open = Callable[[Path], ArticleWindow]
Read = Callable[[ArticleWindow, str], object]
_ACTIVE = ", ".join(
    f"main {each}"
    for each in (
        *(
            "script style link meta base iframe frame object embed form button select textarea svg math template video"
            " audio picture source map area dialog [style] [srcset] [onerror] [onclick] [onload]"
        ).split(),
        *(f'[href^="{scheme}" i]' for scheme in ("javascript:", "data:", "file:", "vbscript:", "stet:", "blob:")),
    )
)


class Opened(QObject):
    """Takes what would be opened in another program."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.addresses.append(bytes(url.toEncoded().data()).decode())


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    """What was opened outside; nothing is."""
    schemes = ("http", "https", "mailto", "file", "javascript", "data", "stet", "ftp", "ssh", "vbscript", "chrome")
    taker = Opened()
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, taker, "take")
    yield taker
    for scheme in schemes:
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture(autouse=True)
def nothing_stumbles(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """What is raised while Qt calls is only printed."""
    yield
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An article's folder with traps in it and one picture of its own."""
    folder = tmp_path / "folder"
    folder.mkdir()
    set_traps(folder)
    field = QLineEdit("a picture")
    assert field.grab().save(str(tmp_path / "secret.png"))
    assert field.grab().save(str(folder / "a.png"))
    return folder


def assert_nothing_happened(window: ArticleWindow, read_preview: Read, listener: Listener, opened: Opened) -> None:
    assert read_preview(window, "document.title") == "Preview"
    assert read_preview(window, "location.href") == "stet://shell/shell.html"
    assert read_preview(window, f"document.querySelectorAll(`{_ACTIVE}`).length") == 0
    assert window.preview.browser.guard.refused == []
    assert (listener.asked, listener.connections) == ([], 0)
    assert opened.addresses == []


@pytest.mark.parametrize(
    "name", ["hostile.md", '"><img src=x onerror=alert(1)>.md', "<script>alert(1)<%2fscript>&#x2f;.md"]
)
def test_a_hostile_article_asks_for_nothing_and_runs_nothing(
    name: str, folder: Path, open_window: Open, read_preview: Read, listener: Listener, opened: Opened, qtbot: QtBot
) -> None:
    attempts = tuple(aimed(each, there=listener.address, secret=folder.parent / "secret.png") for each in CLOSED)
    (folder / name).write_text(put(attempts, "block") + "\n\n![own](a.png)\n\nEnd.\n", "utf-8")
    window = open_window(folder / name)
    let_all_arrive(qtbot)
    assert "End." in str(read_preview(window, "document.body.textContent"))
    assert read_preview(window, "document.querySelectorAll('main h3').length") == len(CLOSED) + 1
    widths = "[...new Set([...document.images].filter(i => i.naturalWidth).map(i => i.getAttribute('src')))].join()"
    qtbot.waitUntil(lambda: read_preview(window, widths) == "stet://article/a.png")
    assert_nothing_happened(window, read_preview, listener, opened)


def test_wherever_it_stands_and_whatever_it_leaves_open(
    folder: Path, open_window: Open, read_preview: Read, listener: Listener, opened: Opened, qtbot: QtBot
) -> None:
    attempts = tuple(aimed(each, there=listener.address, secret=folder.parent / "secret.png") for each in CLOSED + OPEN)
    places = list(PLACES)
    body = "\n\n".join(
        PLACES[places[(number + turn) % len(places)]](attempt)
        for number, attempt in enumerate(attempts)
        for turn in (0, 11)
    )
    (folder / "hostile.md").write_text(front_matter(attempts) + body, "utf-8")
    window = open_window(folder / "hostile.md")
    let_all_arrive(qtbot)
    assert_nothing_happened(window, read_preview, listener, opened)


def test_what_would_pass_the_sanitiser_meets_all_the_rest(
    folder: Path, open_window: Open, read_preview: Read, listener: Listener, opened: Opened, qtbot: QtBot
) -> None:
    (folder / "plain.md").write_text("Words.\n", "utf-8")
    window = open_window(folder / "plain.md")
    for attempt in CLOSED + OPEN:
        raw = aimed(attempt, there=listener.address, secret=folder.parent / "secret.png")
        read_preview(window, f"document.getElementById('article').innerHTML = {raw!r}; 0")
    everything = aimed("\n".join(CLOSED), there=listener.address, secret=folder.parent / "secret.png")
    read_preview(
        window,
        f"document.getElementById('article').innerHTML = {everything!r};"
        "document.querySelectorAll('main [href]').forEach((each) => each.dispatchEvent(new Event('click'))); 0",
    )
    let_all_arrive(qtbot)
    assert read_preview(window, "location.href") == "stet://shell/shell.html"
    assert read_preview(window, "document.title") == "Preview"
    assert [each for each in listener.asked if not each.startswith("/last")] == []
    assert opened.addresses == []


def test_what_an_article_says_is_never_read_as_rich_text(folder: Path, open_window: Open, qtbot: QtBot) -> None:
    """Qt's own rich text would read the files that it names, and wait for a pipe for ever."""
    trap = f'<img src="{folder / "fifo.png"}">'
    (folder / "hostile.md").write_text(
        f"---\ntitle: '{trap}'\n'{trap}': '{trap}'\ndate: '{trap}'\nlist: ['{trap}']\nmap: {{a: '{trap}'}}\n"
        f"affiliate_link: '{trap}'\n{trap}\n---\n\n"
        f"| S.No | Paper Title (Author, Year) | Citations |\n|---|---|---|\n| 1 | {trap} | {trap} | {trap} |\n",
        "utf-8",
    )
    window = open_window(folder / "hostile.md")
    window.notices.show_notice("test", trap)
    looks_rich = TextFormats.mightBeRichText
    view = window.grid.findChild(QTableView)
    tips = [each.toolTip() for each in window.window.findChildren(QWidget)]
    model = view.model()
    roles = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole)
    for role in roles:
        tips += [str(model.headerData(row, Qt.Orientation.Vertical, role) or "") for row in range(model.rowCount())]
        tips += [
            str(model.index(row, column).data(role) or "")
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]
    assert any("readers do not see" in tip and "fifo.png" in tip for tip in tips)
    for tip in tips:
        assert not (looks_rich(tip) and "<img" in tip)
        QToolTip.showText(QPoint(0, 0), tip)
        QToolTip.hideText()
    for label in window.window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not looks_rich(label.text())


LINKS = """---
title: Links
affiliate_link: "{affiliate}"
---

[web](https://example.com/a?b=%26#c) [mail](mailto:x@example.com?subject=a%20b&attach=/etc/passwd)
[other](other.md) [shell](shell.html) [query](?again) [up](../secret.png) [network](//example.com/x)
[place](#end) [empty]() [ftp](ftp://example.com/)

## End {{: #end }}
"""


def click(
    window: ArticleWindow, read_preview: Read, words: str, button: Qt.MouseButton, keys: Qt.KeyboardModifier
) -> None:
    place = read_preview(
        window,
        f"""(() => {{ const link = [...document.querySelectorAll("a")].find((each) => each.textContent === "{words}");
             const box = link.getBoundingClientRect();
             return Math.round(box.x + box.width / 2) + "," + Math.round(box.y + box.height / 2); }})()""",
    )
    x, y = (int(each) for each in str(place).split(","))
    target = window.preview.focusProxy().focusProxy() or window.preview.focusProxy()
    QTest.mouseClick(target, button, keys, QPoint(x, y))


@pytest.mark.parametrize(
    ("button", "keys"),
    [
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier),
        (Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier),
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_links_open_outside_only_to_the_web_and_to_mail(
    button: Qt.MouseButton,
    keys: Qt.KeyboardModifier,
    folder: Path,
    open_window: Open,
    read_preview: Read,
    opened: Opened,
    qtbot: QtBot,
) -> None:
    (folder / "links.md").write_text(LINKS.format(affiliate="https://example.com"), "utf-8")
    window = open_window(folder / "links.md")
    read_preview(window, "globalThis.isStillThere = true")
    for words in ("other", "shell", "query", "up", "network", "empty", "ftp", "place"):
        click(window, read_preview, words, button, keys)
    assert opened.addresses == []
    if (button, keys) == (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier):
        for words in ("web", "mail"):
            click(window, read_preview, words, button, keys)
        qtbot.waitUntil(lambda: len(opened.addresses) == 2)
        assert opened.addresses == [
            "https://example.com/a?b=%26#c",
            "mailto:x@example.com?subject=a%20b",
        ]
    assert read_preview(window, "globalThis.isStillThere") is True
    assert str(read_preview(window, "location.href")).startswith("stet://shell/shell.html")
    assert "End" in str(read_preview(window, "document.body.textContent"))


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("https://example.com/?tag=a&b", "https://example.com/?tag=a&b"),
        ("http://example.com", "http://example.com"),
        ("mailto:x@example.com?attach=/etc/passwd&body=a%0Ab", "mailto:x@example.com?body=a%0Ab"),
        ("javascript:alert(1)", ""),
        ("file:///etc/hostname", ""),
        ("data:text/html,x", ""),
        ("/etc/hostname", ""),
        ("ssh://example.com", ""),
        ("stet://shell/shell.html", ""),
        ("HTTPS://example.com/A", "https://example.com/A"),
        ("https:///etc/hostname", ""),
    ],
)
def test_the_affiliate_link_opens_at_its_button_and_only_to_the_web_and_to_mail(
    address: str, opens: str, folder: Path, open_window: Open, opened: Opened
) -> None:
    (folder / "links.md").write_text(LINKS.format(affiliate=address), "utf-8")
    window = open_window(folder / "links.md")
    (editor,) = (each for each in window.form.findChildren(LineEditor) if each.text() == address)
    assert opened.addresses == []
    for action in editor.actions():
        if "address" in action.toolTip():
            action.trigger()
    editor.link_activated.emit(address)  # whatever lets it be asked for
    assert set(opened.addresses) == ({opens} if opens else set())


def test_a_name_that_is_too_long_is_a_picture_that_is_missing(
    folder: Path, open_window: Open, read_preview: Read, qtbot: QtBot
) -> None:
    (folder / "long.md").write_text("\n\n".join((*LONG_NAMES, "![own](a.png)")), "utf-8")
    window = open_window(folder / "long.md")
    missing = "document.querySelectorAll('.image-missing').length"
    qtbot.waitUntil(lambda: read_preview(window, missing) == len(LONG_NAMES))
    qtbot.waitUntil(lambda: bool(read_preview(window, "document.images[0]?.naturalWidth")))


def test_a_picture_in_the_articles_folder_is_shown(
    folder: Path, open_window: Open, read_preview: Read, qtbot: QtBot
) -> None:
    (folder / "article.md").write_text("# Picture\n\n![own](a.png)\n", "utf-8")
    window = open_window(folder / "article.md")
    qtbot.waitUntil(lambda: bool(read_preview(window, "document.images[0]?.naturalWidth")), timeout=10_000)


def test_dots_that_lead_out_of_the_folder_show_no_other_picture_of_that_name(
    folder: Path, open_window: Open, read_preview: Read, qtbot: QtBot
) -> None:
    (folder / "sub").mkdir()
    (folder / "article.md").write_text("![out](../a.png) ![in](sub/../a.png) ![out](sub/%2e%2e/../a.png)\n", "utf-8")
    window = open_window(folder / "article.md")
    qtbot.waitUntil(lambda: bool(read_preview(window, "document.images[0]?.naturalWidth")), timeout=10_000)
    assert read_preview(window, "document.images.length") == 1
    assert read_preview(window, "document.querySelectorAll('.image-missing').length") == 2


def test_an_article_that_is_a_pipe_or_a_device_is_refused_at_once(
    tmp_path: Path, application: Application, qtbot: QtBot
) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    application.open_files([tmp_path / "pipe.md", Path("/dev/zero")])
    assert len(application.windows) == 1
    assert application.windows[0].notices.messages
