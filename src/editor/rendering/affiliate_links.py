"""The links of an article that earn its writer money: marked as such, and announced before a reader comes to one.

Search engines ask for `rel="sponsored"` on links that were paid for, and take `nofollow` beside it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from editor.core.article import Article
from editor.rendering.link_grammar import encoded
from editor.rendering.page_words import Words
from editor.rendering.sanitised_tags import Tag, change_tags, start_tag

_RELATION = "sponsored nofollow noopener"


def mark_affiliate_links(html: str, address: str) -> str:
    """The HTML with each link to exactly this address saying what it is; every other stays as it is."""
    if not address:
        return html
    spellings = {address, encoded(address)}

    def marked(tag: Tag) -> str:
        if tag.name == "a" and tag.attributes["href"] in spellings:
            return start_tag("a", {**tag.attributes, "rel": _RELATION})
        return tag.source

    return change_tags(html, marked, having="href")


def product_link(address: str, words: Words) -> str:
    """The button that leads to the address, named by its host; "" where there is no address."""
    if not address:
        return ""
    host = urlsplit(address).hostname or ""
    attributes = {"class": "button", "href": encoded(address), "rel": _RELATION}
    said = words.said(words.product.format(host.removeprefix("www.")))
    return f'<p class="product">{start_tag("a", attributes)}{said}</a></p>\n'


def disclosure(article: Article, address: str, sentence: str) -> str:
    """The sentence (HTML) that says so, unless there is no such link or the article says it in time itself."""
    if not address:
        return ""
    from editor.core.disclosure import disclosure_of  # noqa: PLC0415  # few articles have such a link

    if disclosure_of(article, address).comes_in_time:
        return ""
    return f'<p class="disclosure">{sentence}</p>\n'
