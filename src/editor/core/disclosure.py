"""Whether an article tells its readers that a link in it earns its writer money, before they come to the link.

The FTC's Endorsement Guides (16 CFR 255.5) ask for a disclosure of what a reader would not expect, clear and close to
the recommendation; Amazon's Associates Program asks for words like "I earn from qualifying purchases", or "(paid link)"
and "#ad" beside the link. What is looked for is such words; whether they are clear enough only a reader can say.
"""

from functools import lru_cache
from typing import NamedTuple

from editor.core.article import Article
from editor.core.chunks import ChunkKind
from editor.core.patterns import when_used

_WORDS = when_used(
    r"\baffiliate|\bcommissions?\b|\bcommissionsearned\b|\bsponsored\b|\bpaid (?:link|partnership|promotion)\b"
    r"|\bearn(?:s|ed)? (?:money|a fee|from qualifying)|\bcompensated\b|(?<!\w)#ad\b"
)
_HINTS = ("affiliate", "commission", "sponsored", "paid ", "earn", "compensated", "#ad")
"""What any of the words has in it: looking for these first costs a tenth."""
_ADDRESS = when_used(r"[a-z][a-z0-9+.-]*://[^\s)>\]\"']+")
_NOT_READ = frozenset({ChunkKind.FRONT_MATTER, ChunkKind.CODE})


class Disclosure(NamedTuple):
    """Lines count from 0 and are those on which a block begins; None for what is not there."""

    first_use: int | None
    """The block that first uses the link."""
    disclosed: int | None
    """The first block that says that there is something in it for the writer."""

    @property
    def comes_in_time(self) -> bool:
        """Whether a reader is told by the block in which the link is first used; anywhere, where it is not used."""
        return self.disclosed is not None and (self.first_use is None or self.disclosed <= self.first_use)


def disclosure_of(article: Article, address: str) -> Disclosure:
    """Where the article's text first uses a link's address, and where it first discloses that such links pay.

    Front matter and code are no text that is read. An empty address is used nowhere.
    """
    first_use = disclosed = None
    line = 0
    for chunk in article.chunks:
        if chunk.kind not in _NOT_READ:
            if first_use is None and address and address in chunk.text:
                first_use = line
            if disclosed is None and discloses(chunk.text):
                disclosed = line
            if first_use is not None and disclosed is not None:
                break
        line += chunk.lines
    return Disclosure(first_use, disclosed)


@lru_cache(maxsize=32_768)
def discloses(text: str) -> bool:
    """Whether a text has words that disclose, outside its addresses; it is remembered by the text."""
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return False
    return _WORDS.search(_ADDRESS.sub(" ", lowered)) is not None
