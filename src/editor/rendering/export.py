"""An article as one HTML page that asks nothing of any network and runs nothing, or as what is pasted elsewhere."""

import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple
from urllib.parse import unquote

from editor.core.article import Article
from editor.core.problems import Severity
from editor.core.word_count import words_of as count_words
from editor.rendering import page_body
from editor.rendering.affiliate_links import disclosure, mark_affiliate_links, product_link
from editor.rendering.chunk_html import CannotRender, unrendered
from editor.rendering.evidence import WovenEvidence, weave_evidence
from editor.rendering.export_report import ExportReport
from editor.rendering.free_ids import FreeIds, without_repeated_ids
from editor.rendering.page import Page, exported_page
from editor.rendering.page_body import PageParts
from editor.rendering.page_fields import PageFields, page_fields
from editor.rendering.page_head import fields_shown, metadata
from editor.rendering.page_headings import Headings, arrange_headings, contents_list, words_beside_notes
from editor.rendering.page_links import lead_to_pages
from editor.rendering.page_markup import mark_addresses, mend_markup, without_empty_values
from editor.rendering.page_pictures import PictureFile, Pictures
from editor.rendering.page_styles import folder_style, style_of
from editor.rendering.page_words import Words, words_in
from editor.rendering.sanitised_tags import Tag, change_tags, start_tag, tags_of

ExportFormat = Literal["html", "fragment", "txt"]
FORMATS: tuple[ExportFormat, ...] = ("html", "fragment", "txt")
_LONGEST_DESCRIPTION = 200
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


class ExportOptions(NamedTuple):
    """How an article is exported.

    `css` and `template` are paths of files in `looks`, by default the article's folder, "" for none. `disclosure` has
    the sentence about affiliate links by language, under "" for all others. `pictures` is the path, from the page, of
    the folder that takes its pictures; "" puts them into the page. `address` is where the page will be found, "" where
    that is not known. `page_at` says of a relative address, as the article has it, which page a link to it leads to
    instead; "" leaves the link as it is. `heading`: a fragment begins with the article's title.
    """

    format: ExportFormat = "html"
    theme: str = "journal"
    css: str = ""
    template: str = ""
    disclosure: Mapping[str, str] = MappingProxyType({})
    pictures: str = ""
    contents: bool = False
    smart_quotes: bool = False
    looks: Path | None = None
    address: str = ""
    page_at: Callable[[str], str] | None = None
    heading: bool = False


class Exported(NamedTuple):
    """The whole content of the file, the pictures that lie beside it, and what the writer should know of it.

    `fields` has what the front matter says, with the title and the description that the page shows.
    """

    content: str
    pictures: tuple[PictureFile, ...]
    report: ExportReport
    fields: PageFields


def export_article(text: str, *, folder: Path, name: str, options: ExportOptions | None = None) -> Exported:
    """Export an article's exact text.

    Files are read below `folder` only. `name` is the title where the article gives none. Raises ThemeRefused where the
    theme, or the folder's style sheet or template, cannot be used.
    """
    return _Export(Article.from_text(text), folder, name, options or ExportOptions()).exported()


class _Export:
    def __init__(self, article: Article, folder: Path, name: str, options: ExportOptions) -> None:
        self._article = article
        self._folder = folder
        self._name = name
        self._options = options
        self._fields: PageFields = page_fields(article.front_matter)
        if options.address and not self._fields.canonical:
            self._fields = self._fields._replace(canonical=options.address)
        self._words: Words = words_in(self._fields.language)
        self._notes = [
            f"Line {problem.line}: {problem.message}"
            for problem in article.front_matter.problems
            if problem.severity is Severity.ERROR
        ]

    def exported(self) -> Exported:
        """Whatever format was asked for."""
        evidence = self._evidence()
        if self._options.format == "txt":
            return self._as_text(evidence)
        pictures = Pictures(self._folder, beside=self._options.pictures)
        html = mark_affiliate_links(pictures.put(evidence.html), self._fields.affiliate)
        if self._options.page_at:
            html = lead_to_pages(html, self._options.page_at)
        html = without_repeated_ids(mend_markup(html, self._words))
        if self._options.format == "html":
            html = mark_addresses(html)
        headings = arrange_headings(
            html, self._fields.title, FreeIds(html), self._words, anchors=self._options.format == "html"
        )
        parts = self._parts(headings)
        content = self._fragment(parts) if self._options.format == "fragment" else self._page(parts, headings, evidence)
        report = ExportReport(
            linked=evidence.linked,
            unlinked=evidence.unlinked,
            remote_images=tuple(pictures.remote),
            broken_links=tuple(_broken_links(headings.html)),
            notes=(*self._notes, *pictures.refused),
        )
        return Exported(
            without_empty_values(content), tuple(pictures.files.values()), report, self._shown_fields(parts, headings)
        )

    def _evidence(self) -> WovenEvidence:
        try:
            return weave_evidence(self._article, self._words, smart_quotes=self._options.smart_quotes)
        except CannotRender as error:
            self._notes.append(str(error))
            body = self._article.slice(self._article.front_matter.body_start, self._article.length)
            return WovenEvidence(unrendered(body), 0, (), ())

    def _parts(self, headings: Headings) -> PageParts:
        heading, content, notes = page_body.split_content(headings.html)
        fields, words = self._fields, self._words
        own = self._options.disclosure
        sentence = own.get(fields.language.lower().split("-")[0]) or own.get("")
        told = escape(sentence, quote=False) if sentence else words.said(words.disclosure)
        return PageParts(
            heading=heading if headings.own else page_body.heading(self._title(headings)),
            standfirst=page_body.standfirst(fields.description, words_beside_notes(content[:2000])),
            byline=page_body.byline(fields, sum(map(count_words, self._article.chunks)), words),
            disclosure=disclosure(self._article, fields.affiliate, told),
            contents=contents_list(headings.below, words) if self._options.contents else "",
            content=content,
            product=product_link(fields.affiliate, words),
            notes=page_body.footnotes(notes, words),
        )

    def _title(self, headings: Headings) -> str:
        return self._fields.title or headings.own or self._name

    def _shown_fields(self, parts: PageParts, headings: Headings) -> PageFields:
        description = self._fields.description or _first_words(parts.content)
        return self._fields._replace(title=self._title(headings), description=description)

    def _page(self, parts: PageParts, headings: Headings, evidence: WovenEvidence) -> str:
        options, fields = self._options, self._fields
        told = shown = self._shown_fields(parts, headings)
        looks = options.looks or self._folder
        style = style_of(options.theme)
        if options.css:
            style += folder_style(looks, options.css)
        if options.template:
            # Jinja2 takes longer to import than most pages take to make, and few folders have a template.
            from editor.rendering.page_template import templated_body  # noqa: PLC0415

            body = templated_body(looks, options.template, parts, fields, self._title(headings))
            told = fields_shown(shown, body)
        else:
            body = page_body.standard_body(parts, self._words)
        description = told.description or _first_words(parts.content)
        return exported_page(
            Page(
                language=fields.language,
                title=shown.title,
                body=body,
                style=style,
                metadata=metadata(told, headings.own or shown.title, description, evidence.sources),
                own_folder=bool(options.pictures),
            )
        )

    def _fragment(self, parts: PageParts) -> str:
        """What is pasted elsewhere: the article as it is written, for a page that has its looks and often its title."""
        heading = parts.heading if self._options.heading else ""
        html = f"{heading}{parts.disclosure}{parts.contents}{parts.content}{parts.product}{parts.notes}"
        return change_tags(html, _for_other_pages)

    def _as_text(self, evidence: WovenEvidence) -> Exported:
        from editor.rendering.export_text import as_text  # noqa: PLC0415

        html = evidence.html
        headings = arrange_headings(html, self._fields.title, FreeIds(html), self._words, anchors=False)
        parts = self._parts(headings)
        opening = f"{parts.heading}{parts.standfirst}{parts.byline}{parts.disclosure}"
        text = as_text(f"{opening}{parts.content}{parts.notes}")
        if self._fields.affiliate:
            text += f"\n{self._words.product.format(self._fields.affiliate)}\n"
        report = ExportReport(linked=evidence.linked, unlinked=evidence.unlinked, notes=tuple(self._notes))
        return Exported(text, (), report, self._shown_fields(parts, headings))


def _first_words(html: str) -> str:
    """The words of the first paragraph, as many as a search engine shows."""
    for paragraph in _PARAGRAPH.finditer(html):
        said = words_beside_notes(paragraph[1])
        if said:
            if len(said) <= _LONGEST_DESCRIPTION:
                return said
            # Not every language has spaces between its words.
            end = said.rfind(" ", _LONGEST_DESCRIPTION // 2, _LONGEST_DESCRIPTION)
            return said[: end if end > 0 else _LONGEST_DESCRIPTION].rstrip(" ,;:") + "…"
    return ""


def _broken_links(html: str) -> list[str]:
    """The places that links of the page lead to and that nothing on it is."""
    there = {tag.attributes["id"] for tag in tags_of(html, having="id")} | {"", "top", "article"}
    addresses = (tag.attributes["href"] for tag in tags_of(html, having="href"))
    asked = (unquote(address[1:]) for address in addresses if address.startswith("#"))
    return list(dict.fromkeys(place for place in asked if place not in there))


def _for_other_pages(tag: Tag) -> str:
    """A tag as it is of use without Stet's styles: a paper's name is shown by the browser itself."""
    if "data-paper" not in tag.attributes:
        return tag.source
    attributes = {"title" if name == "data-paper" else name: value for name, value in tag.attributes.items()}
    return start_tag(tag.name, attributes)
