"""Pictures come from the article's folder or not at all."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from editor.rendering.article_pictures import PictureRefused
from editor.rendering.page_pictures import picture_as_data

PNG = b"\x89PNG\r\n\x1a\n picture"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "article"
    (folder / "figures").mkdir(parents=True)
    (folder / "figures" / "a b.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    return folder


@pytest.mark.parametrize("address", ["figures/a%20b.png", "./figures/../figures/a b.png", "figures/a%20b.png?v=2#x"])
def test_a_picture_below_the_folder_becomes_data(folder: Path, address: str) -> None:
    kind, _, data = picture_as_data(address, folder).partition(",")
    assert kind == "data:image/png;base64"
    assert b64decode(data) == PNG


@pytest.mark.parametrize("address", ["../secret.png", "%2e%2e/secret.png", "figures/../../secret.png"])
def test_a_path_out_of_the_folder_is_refused(folder: Path, address: str) -> None:
    with pytest.raises(PictureRefused, match="outside"):
        picture_as_data(address, folder)


def test_an_absolute_path_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PictureRefused, match="outside"):
        picture_as_data(str(tmp_path / "secret.png"), folder)


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(PictureRefused, match="outside"):
        picture_as_data("link.png", folder)


@pytest.mark.parametrize("address", ["none.png", "figures", "a%00b.png", "x" * 5000, ""])
def test_what_is_no_file_is_not_found(folder: Path, address: str) -> None:
    with pytest.raises(PictureRefused, match=r"was not found|could not be read"):
        picture_as_data(address, folder)


@pytest.mark.parametrize("content", [b"<svg xmlns='a'/>", b"<script>", b"", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused_whatever_it_is_called(folder: Path, content: bytes) -> None:
    (folder / "b.png").write_bytes(content)
    with pytest.raises(PictureRefused, match="is no PNG"):
        picture_as_data("b.png", folder)
