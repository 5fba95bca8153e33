"""What a writer should know of an export: what is not in the page as the article has it."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple


class WhyUnlinked(StrEnum):
    """Why a mention stays plain text."""

    MISSING = "missing"
    """No row of the table is its paper."""
    AMBIGUOUS = "ambiguous"
    """It could mean several rows."""
    DOUBTFUL = "doubtful"
    """The nearest row has another year, or a name spelled otherwise."""
    UNREACHABLE = "unreachable"
    """The place where it stands on the page cannot be told for sure."""


REASONS = {
    WhyUnlinked.MISSING: "not in the table",
    WhyUnlinked.AMBIGUOUS: "could mean several rows",
    WhyUnlinked.DOUBTFUL: "written otherwise than in the table",
    WhyUnlinked.UNREACHABLE: "cannot be made a link",
}
"""What is said of a mention, after its text."""
_MOST_NAMED = 5


class UnlinkedMention(NamedTuple):
    """A mention that stays plain text: `line` counts from 1 in the file, `rows` are the positions it may mean."""

    line: int
    text: str
    why: WhyUnlinked
    rows: tuple[int, ...]


class ExportReport(NamedTuple):
    """`linked` counts mentions, `remote_images` has addresses, `broken_links` ids that links of the page lead to in
    vain; `notes` are sentences about all else that was left out or could not be used."""

    linked: int = 0
    unlinked: tuple[UnlinkedMention, ...] = ()
    remote_images: tuple[str, ...] = ()
    broken_links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """All of it for a person, a sentence for each kind of thing."""
        return (*self.notes, *self._of_mentions(), *self._of_links())

    def as_json(self) -> dict[str, object]:
        """All of it as JSON has it."""
        return {**self._asdict(), "unlinked": [mention._asdict() for mention in self.unlinked]}

    def _of_mentions(self) -> Iterator[str]:
        for why in WhyUnlinked:
            texts = [mention.text for mention in self.unlinked if mention.why is why]
            if texts:
                kind = "Citation" if len(texts) == 1 else "Citations"
                yield f"{kind} {REASONS[why]}, left as plain text: {named(texts)}."

    def _of_links(self) -> Iterator[str]:
        if self.remote_images:
            what = (
                "An image on the web became a link"
                if len(self.remote_images) == 1
                else "Images on the web became links"
            )
            yield f"{what}: {named(self.remote_images)}."
        if self.broken_links:
            yield f"Links that lead to no place on the page: {named([f'#{each}' for each in self.broken_links])}."


def named(texts: Sequence[str]) -> str:
    """The first of some texts, each once, and how many more there are."""
    distinct = list(dict.fromkeys(texts))
    more = len(distinct) - _MOST_NAMED
    return ", ".join(distinct[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
