"""The audit: all that an article says wrongly, or may say better, each with a code that can be turned off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from editor.core.article import Article
from editor.core.audit_article import FileExists, find_in_article
from editor.core.audit_citations import Finding, find_in_citations
from editor.core.citations import Citations, citations_of


def audit(
    article: Article,
    today: date,
    *,
    exists: FileExists | None = None,
    off: Collection[str] = (),
    citations: Citations | None = None,
) -> tuple[Finding, ...]:
    """All findings in the order of the text, without those whose code is turned off; never raises.

    `exists` says whether a file is in the article's folder. `citations`: of this article, where they are known.
    """
    found = [Finding(problem) for problem in article.problems]
    found += find_in_citations(article, citations or citations_of(article), today)
    found += (Finding(problem) for problem in find_in_article(article, exists, today))
    left = (finding for finding in found if finding.problem.code not in off)
    return tuple(sorted(left, key=lambda finding: (finding.problem.start, finding.problem.end, finding.problem.code)))
