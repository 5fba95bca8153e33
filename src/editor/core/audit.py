"""The audit: all that an article says wrongly, or may say better, each with a code that can be turned off."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from editor.core.article import Article
from editor.core.audit_article import FileExists, find_in_article
from editor.core.audit_citations import Finding, find_in_citations
from editor.core.citations import Citations, citations_of
from editor.core.problems import Problem
from editor.core.text_edit import EditRefused, TextEdit

_COMMENT = re.compile("<!-- stet: ([a-z-]+) “([^“”]*)” -->")
_LONGEST_SUBJECT = 200


def audit(
    article: Article,
    today: date,
    *,
    exists: FileExists | None = None,
    off: Collection[str] = (),
    citations: Citations | None = None,
) -> tuple[Finding, ...]:
    """All findings in the order of the text, without those that are turned off or are to stand; never raises.

    `exists` says whether a file is in the article's folder. `citations`: of this article, where they are known.
    """
    found = [Finding(problem) for problem in article.problems]
    found += find_in_citations(article, citations or citations_of(article), today)
    found += (Finding(problem) for problem in find_in_article(article, exists, today))
    standing = _let_stand(article)
    left = (
        finding
        for finding in found
        if finding.problem.code not in off
        and (finding.problem.code, subject_of(article, finding.problem)) not in standing
    )
    return tuple(sorted(left, key=lambda finding: (finding.problem.start, finding.problem.end, finding.problem.code)))


def let_stand(article: Article, problem: Problem) -> tuple[TextEdit, ...]:
    """Say at the article's end that a finding is known and is to stand: a comment, which no page shows.

    Raises EditRefused where the finding is about no text that could be named.
    """
    subject = subject_of(article, problem)
    if not subject:
        raise EditRefused("This finding is about no text that could be named in a comment.", problem.line)
    end, newline = article.length, article.newline
    last = article.slice(max(0, end - 2), end)
    apart = "" if not last else newline if last.endswith(("\n", "\r")) else newline * 2
    return (TextEdit(end, end, f"{apart}<!-- stet: {problem.code} “{subject}” -->{newline}"),)


def subject_of(article: Article, problem: Problem) -> str:
    """The text that a problem is about, on one line and as a comment can hold it; "" where there is none."""
    text = article.slice(problem.start, min(problem.end, problem.start + _LONGEST_SUBJECT))
    return " ".join(re.sub("-{2,}|[“”<>]", " ", text).split()).strip("-")


def _let_stand(article: Article) -> frozenset[tuple[str, str]]:
    """The codes and the subjects of findings that comments of the article let stand."""
    comments = (_COMMENT.findall(chunk.text) for chunk in article.chunks if "<!-- stet:" in chunk.text)
    return frozenset((code, subject) for found in comments for code, subject in found)
