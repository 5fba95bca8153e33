"""Pictures come from plain files of the article's folder; nothing else is opened, and nothing is waited for."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from editor.rendering.article_pictures import PictureRefused, read_picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "article"
    (folder / "figures").mkdir(parents=True)
    (folder / "own.png").write_bytes(b"own")
    (folder / "figures" / "own.png").write_bytes(b"figure")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "article-secret.png").write_bytes(b"secret")
    return folder


def read(folder: Path, name: str, largest: int = 100) -> bytes:
    return read_picture(folder, name, called=name, largest=largest)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("own.png", b"own"),
        ("figures/own.png", b"figure"),
        ("figures/../own.png", b"own"),
        ("../article/own.png", b"own"),
        ("./figures//own.png", b"figure"),
    ],
)
def test_a_file_of_the_folder_or_below_is_read(folder: Path, name: str, content: bytes) -> None:
    assert read(folder, name) == content


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.png").symlink_to("figures/own.png")
    (folder / "linked").symlink_to("figures")
    assert read(folder, "link.png") == read(folder, "linked/own.png") == b"figure"


def test_a_folder_that_is_a_link_itself_has_its_own_pictures_and_no_others(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link"
    link.parent.mkdir()
    (link.parent / "secret.png").write_bytes(b"secret")
    link.symlink_to(folder)
    assert read(link, "own.png") == b"own"
    for name in ("../secret.png", "../../secret.png", str(link.parent / "secret.png")):
        with pytest.raises(PictureRefused, match="outside"):
            read(link, name)


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "figures/../../secret.png", "../article-secret.png", "/etc/hostname", "//etc/hostname", ".."],
)
def test_nothing_outside_is_read(folder: Path, name: str) -> None:
    with pytest.raises(PictureRefused, match="outside"):
        read(folder, name)


@pytest.mark.parametrize("target", ["../secret.png", "/proc/self/environ", "/dev/zero", "/dev/stdin"])
def test_a_link_out_of_the_folder_is_not_followed(folder: Path, target: str) -> None:
    (folder / "link.png").symlink_to(target)
    with pytest.raises(PictureRefused, match="outside"):
        read(folder, "link.png")


def test_a_linked_folder_leads_nowhere_else(folder: Path) -> None:
    (folder / "up").symlink_to("..")
    (folder / "proc").symlink_to("/proc")
    for name in ("up/secret.png", "proc/self/environ", "proc/self/root/etc/hostname"):
        with pytest.raises(PictureRefused, match="outside"):
            read(folder, name)


def test_what_is_no_plain_file_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.png")
    (folder / "folder.png").mkdir()
    (folder / "loop.png").symlink_to("loop.png")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.png"))
        for name in ("pipe.png", "folder.png", "loop.png", "socket.png", "none.png", "a\0b.png", "", "x" * 5000):
            with pytest.raises(PictureRefused):
                read(folder, name)


def test_a_pipe_that_takes_a_files_place_meanwhile_is_not_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / "pipe.png")
    monkeypatch.setattr(Path, "is_file", lambda _path: True)
    with pytest.raises(PictureRefused, match="not found"):
        read(folder, "pipe.png")


def test_a_link_that_takes_a_files_place_meanwhile_is_not_followed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_file = Path.is_file

    def exchanged(path: Path) -> bool:
        found = is_file(path)
        path.unlink()
        path.symlink_to(folder.parent / "secret.png")
        return found

    monkeypatch.setattr(Path, "is_file", exchanged)
    with pytest.raises(PictureRefused, match="could not be read"):
        read(folder, "own.png")


def test_a_file_that_is_too_large_is_refused(folder: Path) -> None:
    assert read(folder, "own.png", largest=3) == b"own"
    with pytest.raises(PictureRefused, match="larger"):
        read(folder, "own.png", largest=2)
