"""A citation in a few paragraphs of plain text: which paper it means, what that adds, and what is wrong."""

from __future__ import annotations

from editor.core.audit_citations import said_of
from editor.core.citation_state import CitationState
from editor.core.citations import Citation, Citations

_MOST_ROWS = 4


def summary_of(citation: Citation, citations: Citations) -> tuple[str, ...]:
    """The paragraphs, at least one where there is anything to say."""
    paragraphs: list[str] = []
    papers = citation.answer.papers
    for paper in papers[:_MOST_ROWS]:
        paragraphs.append(f"Row {paper.position}: {paper.written}")
        if len(papers) == 1 and paper.insight.strip():
            paragraphs.append(paper.insight.strip())
    if citations.state_of(citation) is not CitationState.PLAIN:
        paragraphs += (message for _, message in said_of(citation))
    return tuple(paragraphs)
