"""The preview's own scheme, `stet:`: all that its page can ask for, and nothing else can be asked for.

`stet://shell/NAME` is one of the shipped preview files; `stet://article/PATH` is a picture in the article's folder or
below it. Whatever else a page asks for is refused before it leaves the process.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from editor import resources

SCHEME = b"stet"
_SHELL_TYPES = {".html": b"text/html; charset=utf-8", ".css": b"text/css; charset=utf-8"}
_PICTURE_TYPES = {
    ".png": b"image/png",
    ".jpg": b"image/jpeg",
    ".jpeg": b"image/jpeg",
    ".gif": b"image/gif",
    ".webp": b"image/webp",
    ".avif": b"image/avif",
}
_REMEMBERED = 100
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

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        """The folder of the article, where it has one."""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        if url.host() == "shell":
            self._answer_shell(job, url.path().removeprefix("/"))
        elif url.host() == "article":
            self._answer_picture(job, unquote(url.path().removeprefix("/")))
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _answer_shell(self, job: QWebEngineUrlRequestJob, name: str) -> None:
        kind = _SHELL_TYPES.get(Path(name).suffix)
        if kind is None or "/" in name:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        _reply(job, kind, resources.read_bytes(f"preview/{name}"))

    def _answer_picture(self, job: QWebEngineUrlRequestJob, name: str) -> None:
        kind = _PICTURE_TYPES.get(Path(name).suffix.lower())
        path = picture_below(self.folder, name) if self.folder and kind else None
        if path is None or kind is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        try:
            data = path.read_bytes()
        except OSError:
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            return
        _reply(job, kind, data)


def picture_below(folder: Path, name: str) -> Path | None:
    """The file of that name in `folder` or below it, links followed; None where it is outside, missing or too large."""
    try:
        root, path = folder.resolve(strict=True), (folder / name).resolve(strict=True)
        is_inside = path.is_relative_to(root) and path.is_file() and path.stat().st_size <= _LARGEST_PICTURE
    except (OSError, ValueError, RuntimeError):
        return None
    return path if is_inside else None


def _reply(job: QWebEngineUrlRequestJob, kind: bytes, data: bytes) -> None:
    body = QBuffer(job)
    body.setData(QByteArray(data))
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
