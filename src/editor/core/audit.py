"""The audit: all that an article says wrongly, or may say better, each with a code that can be turned off."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from editor.core.article import Article
from editor.core.audit_article import FileExists, find_in_article
from editor.core.audit_citations import Finding, find_in_citations
from editor.core.citations import Citations, finding_citations
from editor.core.problems import Problem
from editor.core.steps import Steps, at_once
from editor.core.text_edit import EditRefused, TextEdit

_COMMENT = re.compile("<!-- stet: ([a-z-]+) “([^“”]*)” -->")
_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Audit:
    """All findings of an article in the order of its text, and its citations."""

    findings: tuple[Finding, ...]
    citations: Citations


def audit(
    article: Article, today: date, *, exists: FileExists | None = None, off: Collection[str] = ()
) -> tuple[Finding, ...]:
    """All findings in the order of the text, without those that are turned off or are to stand; never raises.

    `exists` says whether a file is in the article's folder; `off` has codes.
    """
    return at_once(auditing(article, today, exists=exists, off=off)).findings


def auditing(
    article: Article,
    today: date,
    *,
    exists: FileExists | None = None,
    off: Collection[str] = (),
    longest: int = sys.maxsize,
) -> Steps[Audit]:
    """The same in steps, with the citations that it is about; no text of more than `longest` code points is read."""
    citations = yield from finding_citations(article, longest)
    found = [Finding(problem) for problem in article.problems]
    for findings in find_in_citations(article, citations, today):
        found += findings
        yield
    for problems in find_in_article(article, exists, today, longest):
        found += map(Finding, problems)
        yield
    standing = _let_stand(article)
    left: list[Finding] = []
    for finding in found:
        problem = finding.problem
        if problem.code not in off and not (standing and (problem.code, subject_of(article, problem)) in standing):
            left.append(finding)
        yield
    left.sort(key=lambda finding: (finding.problem.start, finding.problem.end, finding.problem.code))
    return Audit(tuple(left), citations)


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
