"""The preview's own scheme, `stet:`: all that its page can ask for, and nothing else can be asked for.

`stet://shell/shell.html` is the page, with all of its styles in it, and `look.css` those of the article's folder alone;
`stet://article/PATH` is a picture in the article's folder or below it, read on a thread so that no disk keeps the
window waiting. Whatever else a page asks for is refused before it leaves the process.
"""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import unquote

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from shiboken6 import isValid

from editor import resources
from editor.rendering.article_pictures import PictureRefused, read_picture
from editor.rendering.page_styles import DEFAULT_THEME, preview_style
from editor.session.background import Background

SCHEME = b"stet"
_PAGE, _STYLE = b"text/html; charset=utf-8", b"text/css; charset=utf-8"
_PICTURE_TYPES = {
    ".png": b"image/png",
    ".jpg": b"image/jpeg",
    ".jpeg": b"image/jpeg",
    ".gif": b"image/gif",
    ".webp": b"image/webp",
    ".avif": b"image/avif",
}
_REMEMBERED = 100
_SHELL, _LOOK = "shell.html", "look.css"
_LARGEST_PICTURE = 50_000_000


def register_scheme() -> None:
    """Make the scheme known; Qt wants that before there is an application."""
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


class PreviewScheme(QWebEngineUrlSchemeHandler):
    """Answers `stet:` requests of one preview."""

    picture_asked = Signal(str, Path)
    """The path in a picture's address, encoded, and the file below the folder that it names, which may not be there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        """The folder of the article, where it has one."""
        self.look: str | None = ""
        """The style sheet of the folder, "" for that of the usual theme; who asks waits while it is None."""
        self.look_version = 0
        """Which one it is: an address of it has the number, for Chromium remembers what it had from an address."""
        self.told_version = 0
        """Which one was answered last."""
        self._waiting: list[QWebEngineUrlRequestJob] = []
        self._background = Background("pictures", self)
        self._is_closed = False

    def wear(self, look: str) -> None:
        """Let this be the sheet, also for those who wait for it."""
        self.look = look
        self.look_version += 1
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self._answer_shell(job)

    def close(self) -> None:
        """End the thread; pictures that are still to be read have nobody who looks at them."""
        self._is_closed = True
        self._background.close()

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        # Decoded once, and by us: `%252e` is the name of a file with a percent sign in it and no way to a dot.
        name = unquote(url.path(QUrl.ComponentFormattingOption.FullyEncoded).removeprefix("/"))
        if url.host() == "shell" and name in (_SHELL, _LOOK):
            self._answer_shell(job)
        elif url.host() == "article":
            self._tell_asked(url, name)
            self._answer_picture(job, name)
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _answer_shell(self, job: QWebEngineUrlRequestJob) -> None:
        if self.look is None:
            self._waiting.append(job)
        elif isValid(job):
            self.told_version = self.look_version
            look = self.look or preview_style(DEFAULT_THEME)
            is_page = job.requestUrl().path().endswith(_SHELL)
            _reply(job, *((_PAGE, _page(look)) if is_page else (_STYLE, look)))

    def _tell_asked(self, url: QUrl, name: str) -> None:
        leads_out = name.startswith("/") or ".." in Path(name).parts or "\0" in name
        if self.folder and not leads_out and Path(name).suffix.lower() in _PICTURE_TYPES:
            self.picture_asked.emit(url.path(QUrl.ComponentFormattingOption.FullyEncoded), self.folder / name)

    def _answer_picture(self, job: QWebEngineUrlRequestJob, name: str) -> None:
        folder, kind = self.folder, _PICTURE_TYPES.get(Path(name).suffix.lower())
        if folder is None or kind is None or self._is_closed:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return

        def read() -> bytes | None:
            return None if self._is_closed else _picture(folder, name)

        def answer(reading: Future[bytes | None]) -> None:
            data = reading.result()
            if not isValid(job):  # the page no longer wants it
                return
            if data is None:
                job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            else:
                _reply(job, kind, data)

        self._background.run(read, answer)


def _page(look: str) -> str:
    """The page in this look. A style that it would have to ask for would wait, part by part, for a window that opens.

    Its policy allows these styles and no other within the page.
    """
    page = resources.read_text(f"preview/{_SHELL}").replace("@NONCE@", token_urlsafe())
    style = "\n".join(resources.read_text(f"preview/{name}") for name in ("article.css", "preview.css"))
    # In a style sheet `<\/` is the same as `</`, and ends nothing.
    return page.replace("@STYLE@", style).replace("@LOOK@", look.replace("</", "<\\/"))


def _picture(folder: Path, name: str) -> bytes | None:
    try:
        return read_picture(folder, name, called=name, largest=_LARGEST_PICTURE)
    except PictureRefused:
        return None


def _reply(job: QWebEngineUrlRequestJob, kind: bytes, content: bytes | str) -> None:
    body = QBuffer(job)
    body.setData(QByteArray(content if isinstance(content, bytes) else content.encode("utf-8", "replace")))
    body.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(kind), body)


class RequestGuard(QWebEngineUrlRequestInterceptor):
    """Refuses every request but those of the scheme and of pictures within the page; `refused` has the last."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.refused: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if url.scheme() not in (SCHEME.decode(), "data"):
            self.refused.append(url.toString())
            del self.refused[:-_REMEMBERED]
            info.block(True)
