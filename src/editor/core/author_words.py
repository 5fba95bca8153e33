"""The words that authors of papers are made of, and the words beside them that no author is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from editor.core.patterns import when_used

DASHES = "\u2010\u2011\u2012\u2013\u2212-"
APOSTROPHES = "'\u2019\u02bc\u00b4\u2018`"
# A word may hold dashes and apostrophes, and initials their stops; a stop behind it belongs to it.
_WORD = (
    rf"[{APOSTROPHES}]?[^\W_]+(?:(?:[{APOSTROPHES}{DASHES}]|\.[{DASHES}]?(?=[^\W\d_](?:\.|\b)))[^\W_]+)*"
    rf"(?:\.?[{APOSTROPHES}]s?(?![^\W_]))?\.?"
)
_JOINT = when_used(f"[{APOSTROPHES}{DASHES}]")
_NO_STOPS = str.maketrans("", "", f".{DASHES}")
_TOKEN = re.compile(rf"(?P<word>{_WORD})|(?P<mark>[^\s])")

PARTICLES = frozenset(
    "af al av ben bin da dal de degli dei del dela della den der des di do dos du e el ibn la las le los 't "
    "ten ter und van vander vom von y zu zum zur".split()
)
_PREFIXED = when_used(rf"(?:{'|'.join(sorted(PARTICLES - {'e', 'y'}, key=len, reverse=True))}|mac|mc|o)(?=[A-Z])")
CONNECTORS = frozenset("for of on the".split())
ANDS = frozenset(("&", "and", "et", "und", "y", "con"))
GROUPS = frozenset(("Collaborators", "Consortium", "Group", "Investigators", "Network"))
"""What groups of authors call themselves, who may have a year in their name."""
_ABBREVIATED = frozenset("dr inc jr ltd mr mrs ms prof sr st ste bros co corp dept univ".split())
# Written with a capital at a sentence's beginning, these are no part of the name behind them.
_LEADING = frozenset(
    """a about according accordingly additionally after again against all also although among an and another are as at
    based because before below besides between both but by can cf compare compared consequently contrary
    contrast conversely could crucially despite did does dr due during e.g eg early especially even examples
    example findings finally first following for found from further furthermore given hence here how however i.e
    if in including indeed instead interestingly into is it its last lastly later like likewise meanwhile
    moreover most mr mrs ms nevertheless next nonetheless nor not notably now of on once one only or original
    originally other others our over overall per perhaps previously prof professor recent recently regarding
    research researchers reviewed second see seminal several similarly similar since so some specifically still
    study studies subsequent subsequently such surprisingly than that the their then there thereafter therefore
    these they third this those though through thus to together tracking twenty under unlike until upon using
    via viz was we were what when whereas where whether which while who why with within work works yet""".split()
)
_NO_AUTHORS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec spring summer autumn fall winter christmas easter monday tuesday wednesday thursday friday
    saturday sunday q1 q2 q3 q4 h1 h2 week day month year years decade century circa ca since until till through
    figure figures fig figs table tables tab eq eqs equation equations section sections sect chapter chapters appendix
    box boxes step steps line lines page pages volume vol issue number numbers no nos part item note notes example
    experiment exp model case room lot sample grant award patent
    act acts bill code law laws directive regulation regulations statute statutes treaty convention constitution
    amendment declaration order ordinance decree rule rules charter protocol agreement article articles paragraph
    resolution version versions release releases build edition ed update iso ieee rfc copyright accessed retrieved
    updated published ad bc bce ce n olympics championship championships cup election elections census
    hurricane cyclone typhoon earthquake tsunami pandemic war depression recession crisis revolution""".split()
)
_CASE_LAW = frozenset(("v", "v.", "vs", "vs."))


class Token(NamedTuple):
    """A word with its stop, or one other mark, from index `start` up to `end` of the text it was found in."""

    text: str
    start: int
    end: int
    is_word: bool

    @property
    def bare(self) -> str:
        """The word without its stop, in lower case."""
        return self.text.rstrip(".").casefold()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks between two indices of a text."""
    return [
        Token(found[0], found.start(), found.end(), found.lastgroup == "word")
        for found in _TOKEN.finditer(text, start, end)
    ]


def is_name(token: Token) -> bool:
    """Whether a word is written as a name is: with a capital, perhaps behind a particle that is grown to it."""
    text = token.text.lstrip(APOSTROPHES)
    if not token.is_word or not text[0].isalpha():
        return False
    if not text[0].islower():
        return True
    if text.islower():
        return False
    inner = _JOINT.split(text)
    return (len(inner) > 1 and inner[1][:1].isupper()) or _PREFIXED.match(text) is not None


def is_initials(token: Token) -> bool:
    """Whether a word is initials: `J.`, `J.-P.`, `JP`."""
    letters = token.text.translate(_NO_STOPS)
    return token.is_word and len(letters) <= 3 and letters.isupper() and ("." in token.text or len(letters) <= 2)


def ends_sentence(token: Token) -> bool:
    """Whether the stop behind a word ends a sentence, as far as one can see: initials and abbreviations do not."""
    if not token.is_word or not token.text.endswith("."):
        return False
    return not (is_initials(token) or token.bare in _ABBREVIATED or "." in token.text[:-1])


def is_leading(token: Token) -> bool:
    """Whether a word with a capital only stands before a name; in capitals it is an acronym."""
    return token.bare in _LEADING and (len(token.text) == 1 or not token.text.isupper())


def is_no_author(token: Token) -> bool:
    """Whether a year behind this word is a date, a number, a statute or a version, but no citation's."""
    return token.bare in _NO_AUTHORS


def names_a_case(found: Sequence[Token]) -> bool:
    """Whether these words name a case at law: `Brown v. Board of Education`."""
    return any(token.text.casefold() in _CASE_LAW for token in found)
