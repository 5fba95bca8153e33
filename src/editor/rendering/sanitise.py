"""One policy for what of an article's HTML may reach a page, the preview's and the exported one alike.

An article is untrusted. What passes is what markdown itself makes plus the inert HTML that writers use beside it; no
script, style, frame, form, event handler or address but http, https, mailto and relative ones. Nothing here relies on
the page's Content-Security-Policy, which stands behind it.
"""

from __future__ import annotations

from functools import cache
from html import escape

import nh3

from editor.core.patterns import when_used
from editor.rendering.code_colours import COLOUR_CLASSES
from editor.rendering.sanitised_tags import Tag, change_tags, keep_first_line_ends, missing_image

_TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup"
    " table tbody td tfoot th thead time tr u ul var wbr".split()
)
# Whatever these hold is no text for a reader, so it goes with them.
_DROPPED_WITH_CONTENT = frozenset("script style title iframe object embed noscript template svg math textarea".split())

_ATTRIBUTES = {
    "*": frozenset({"class", "dir", "id", "lang", "title"}),
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "div": frozenset({"aria-label"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "input": frozenset({"checked"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
_CLASSES = frozenset(
    "admonition admonition-title align-centre align-left align-right attention caution danger error footnote"
    " footnote-backref footnote-ref hint image-missing important note table task-list task-list-item tip unrendered"
    " warning".split()
)
_LANGUAGE_CLASS = when_used(r"language-[\w+#.-]{1,40}")
_SCHEME = when_used(r"[a-z][a-z0-9+.-]*:")
_PICTURE_DATA = when_used(r"data:image/(?:png|jpeg|gif|webp)[;,]")
# A browser passes over these in an address: WHATWG's URL standard, section 4.4.
_PASSED_OVER = when_used(r"[\x00-\x20]")
# Markdown's own HTML is as it should be after one; nothing that was found by trying took more than three.
_MOST_READINGS = 8
# Ids of the page itself, which an article may not take over.
PAGE_IDS = frozenset({"article", "dark"})


def sanitise(html: str) -> str:
    """The HTML with everything active gone, and each image that may not be loaded as a placeholder with its words.

    What is returned stays as it is when it is read and written again. Markup that would go on changing, from which
    something else could come in the page than was looked at here, is shown as the text that it is.
    """
    for _ in range(_MOST_READINGS):
        cleaned = _cleaned(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return _cleaned(f"<pre>{escape(html, quote=False)}</pre>")


def _cleaned(html: str) -> str:
    # Parsers take the old tag `image` for `img`.
    if "<im" in html.lower():
        html = change_tags(_cleaner(remote_images=True).clean(html), _image_or_placeholder)
    html = _cleaner().clean(html).strip()
    return keep_first_line_ends(html) if "<pre" in html else html


@cache
def _cleaner(*, remote_images: bool = False) -> nh3.Cleaner:
    """The policy; with `remote_images`, the addresses of images are kept so that they can be told apart."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "class":
            return " ".join(each for each in value.split() if _allowed_class(tag, each)) or None
        if attribute == "id":
            return None if value in PAGE_IDS else value
        if attribute == "src":
            return value if remote_images or _may_load(value) else None
        if attribute == "href":
            return None if _as_a_browser_reads(value).startswith("data:") else value
        return value

    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        link_rel=None,
        tag_attribute_values={"div": {"role": {"group"}, "tabindex": {"0"}}},
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
        url_schemes={"http", "https", "mailto", "data"},
    )


def _allowed_class(tag: str, name: str) -> bool:
    if name in COLOUR_CLASSES:
        return tag == "span"  # which the styles give a colour inside code alone
    return name in _CLASSES or _LANGUAGE_CLASS.fullmatch(name) is not None


def _may_load(address: str) -> bool:
    """Whether an image's address stays in the article: a picture as data, or a path relative to its folder."""
    address = _as_a_browser_reads(address)
    if _SCHEME.match(address):
        return _PICTURE_DATA.match(address) is not None
    return bool(address) and not address.startswith(("/", "\\"))


def _as_a_browser_reads(address: str) -> str:
    return _PASSED_OVER.sub("", address).lower()


def _image_or_placeholder(tag: Tag) -> str:
    address = tag.attributes.get("src", "")
    if tag.name != "img" or _may_load(address):
        return tag.source
    return missing_image(tag.attributes.get("alt", ""), address)
