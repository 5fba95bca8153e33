"""What is numbered over a whole article: the ids of headings, those of footnote references, and a note's ways back.

A chunk knows nothing of the others. So its headings carry the slug of their words and its references the note's label,
and whoever puts chunks together numbers them: `numbered` does it in the HTML of a whole article, the preview's
`numbering.js` in the page, by the same rules.

- A heading that gives no id itself has its slug, as GitHub makes it; of several alike the second has `-1` after it, the
  third `-2`. Ids that the article gives are taken wherever they stand, and so are those of the page itself.
- The first reference to a note has the id `fnref:` and the note's label, the second `fnref2:` and so on; a note has as
  many ways back as it has references.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape, unescape

from editor.rendering.sanitise import PAGE_IDS
from editor.rendering.sanitised_tags import Tag, change_tags, tags_of

# No attribute list can write an id that begins so, and GitHub's slugs hold no such character.
_SLUG = "~"
_REFERENCE = "fnref:"
_WAY_BACK_CLASS = "footnote-backref"
_HEADING = re.compile(r"<(h[1-6])((?: [a-z-]+=\"[^\"]*\")*)>(.*?)</\1>", re.DOTALL)
# What stands in a heading and is not of its words: references to notes, and images that are not shown.
_NO_WORDS = re.compile(r'<sup id="fnref:.*?</sup>|<span class="image-missing".*?</span>|<[^>]*>', re.DOTALL)
_WAY_BACK = re.compile(r"(<a(?: [a-z-]+=\"[^\"]*\")*>)([^<]*</a>)")
_HYPHENS = str.maketrans(" ", "-")


def with_slugs(html: str) -> str:
    """Sanitised HTML in which each heading without an id of its own has its slug for one, marked as such."""
    return _HEADING.sub(_with_slug, html) if "<h" in html else html


def numbered(html: str) -> str:
    """The sanitised HTML of a whole article, made `with_slugs`, with its final ids and ways back."""
    references = Counter(tag.attributes["id"] for tag in tags_of(html, having="id") if _is_reference(tag))
    html = _WAY_BACK.sub(lambda found: _ways_back(found, references), html)
    slugs = _distinct(html)
    seen: Counter[str] = Counter()

    def renamed(tag: Tag) -> str:
        given = tag.attributes["id"]
        if given.startswith(_SLUG):
            return _changed(tag, "id", next(slugs))
        if _is_reference(tag):
            seen[given] += 1
            return _changed(tag, "id", reference_id(given, seen[given]))
        return tag.source

    return change_tags(html, renamed, having="id")


def slug(words: str) -> str:
    """Words as GitHub makes them an id: lower case, no punctuation or symbols, spaces as hyphens; perhaps empty."""
    return "".join(filter(_stays, words.lower())).translate(_HYPHENS)


def reference_id(first: str, number: int) -> str:
    """The id of the reference of this number, from 1, to the note whose first one has the id `first`."""
    return first if number == 1 else f"fnref{number}:{first.removeprefix(_REFERENCE)}"


def _with_slug(found: re.Match[str]) -> str:
    name, attributes, content = found.groups()
    if ' id="' in attributes:
        return found[0]
    of_words = slug(unescape(_NO_WORDS.sub("", content)).strip())
    given = f' id="{_SLUG}{escape(of_words)}"' if of_words else ""
    return f"<{name}{attributes}{given}>{content}</{name}>"


def _stays(character: str) -> bool:
    return character in " -_" or unicodedata.category(character) in _KEPT


_KEPT = frozenset("Ll Lm Lo Lt Lu Mc Me Mn Nd Nl No Pc".split())


def _distinct(html: str) -> Iterator[str]:
    """The final ids of the marked headings, in their order."""
    ids = [tag.attributes["id"] for tag in tags_of(html, having="id")]
    taken = PAGE_IDS.union(given for given in ids if not given.startswith(_SLUG))
    return _without_repetition((given.removeprefix(_SLUG) for given in ids if given.startswith(_SLUG)), set(taken))


def _without_repetition(slugs: Iterable[str], taken: set[str]) -> Iterator[str]:
    times: Counter[str] = Counter()
    for each in slugs:
        name = each
        while name in taken:
            times[each] += 1
            name = f"{each}-{times[each]}"
        taken.add(name)
        yield name


def _is_reference(tag: Tag) -> bool:
    return tag.name == "sup" and tag.attributes.get("id", "").startswith(_REFERENCE)


def _ways_back(found: re.Match[str], references: Counter[str]) -> str:
    """A note's way back to the first reference, followed by one to each of the others."""
    (tag,) = tags_of(found[1])
    first = tag.attributes.get("href", "").removeprefix("#")
    if _WAY_BACK_CLASS not in tag.attributes.get("class", "").split():
        return found[0]
    further = (
        _changed(tag, "href", f"#{reference_id(first, number)}") + found[2]
        for number in range(2, references[first] + 1)
    )
    return "\u00a0".join((found[0], *further))


def _changed(tag: Tag, attribute: str, value: str) -> str:
    """The tag with another value for an attribute that it has."""
    return re.sub(rf' {attribute}="[^"]*"', lambda _: f' {attribute}="{escape(value)}"', tag.source, count=1)
