"""What a writer chooses of an export, and what the folder's `stet.toml` says where nothing is chosen."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from editor.rendering.export import ExportFormat, ExportOptions
    from editor.storage.folder_settings import ExportSettings

Format = Literal["html", "pdf", "docx", "fragment", "txt"]
SUFFIXES: Mapping[Format, str] = MappingProxyType(
    {"html": ".html", "pdf": ".pdf", "docx": ".docx", "fragment": ".fragment.html", "txt": ".txt"}
)
"""Every format, in the order in which it is offered, and how the name of a file of it ends."""
_OF_RENDERING: "Mapping[Format, ExportFormat]" = MappingProxyType(
    {"html": "html", "pdf": "html", "docx": "html", "fragment": "fragment", "txt": "txt"}
)
"""What each is made of."""


class ExportChoices(NamedTuple):
    """What was chosen for one export; "" and None leave it to the folder's settings."""

    format: Format = "html"
    theme: str = ""
    assets: Literal["", "inline", "folder"] = ""
    contents: bool | None = None
    smart_quotes: bool | None = None


class InSite(NamedTuple):
    """What the export of a folder adds for one article: the folder of its style sheet and template, the address of its
    page ("" if not known), and what links lead to, as ExportOptions has them."""

    looks: Path
    address: str
    page_at: Callable[[str], str] | None


def format_of(page: str) -> Format | None:
    """The format that the name of a page asks for; None where its ending is that of none."""
    endings: dict[str, Format] = {".htm": "html", **{suffix: name for name, suffix in SUFFIXES.items()}}
    found = [ending for ending in endings if page.lower().endswith(ending)]
    return endings[max(found, key=len)] if found else None


def options_of(
    choices: ExportChoices, own: "ExportSettings", page_stem: str, site: InSite | None = None
) -> "ExportOptions":
    """How the article is rendered: what was chosen, else what its folder wants, whose settings are `own`.

    `page_stem` is the name of the page without its suffix, for the folder of its pictures.
    """
    # Python-Markdown and the sanitiser take a tenth of a second to import, which no other command has to wait for.
    from editor.rendering.export import ExportOptions  # noqa: PLC0415

    is_document = choices.format in ("pdf", "docx")
    beside = not is_document and (choices.assets or own.assets) == "folder"
    return ExportOptions(
        format=_OF_RENDERING[choices.format],
        theme=choices.theme or own.theme,
        # A Word document has Word's own looks, which a folder's style sheet and template say nothing of.
        css="" if choices.format == "docx" else own.css,
        template="" if choices.format == "docx" else own.template,
        disclosure=own.disclosure,
        pictures=f"{page_stem}-pictures" if beside else "",
        contents=own.contents if choices.contents is None else choices.contents,
        smart_quotes=bool(own.smart_quotes if choices.smart_quotes is None else choices.smart_quotes),
        looks=site.looks if site else None,
        address=site.address if site else "",
        page_at=site.page_at if site else None,
    )
