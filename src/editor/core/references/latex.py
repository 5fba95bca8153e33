"""LaTeX in a reference as the text that it stands for."""

from __future__ import annotations

import logging
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

# Longer than any title; what the decoder takes for hostile text grows with its length.
_LONGEST = 4000
# The decoder looks at each character in turn: what it is not needed for is done here.
_COMMAND_OR_FORMULA = re.compile(r"\\(?![&%_#])|\$")
_ESCAPED = re.compile(r"\\([&%_#])")
_BARE = re.compile(r"(?<!\\)(?:\\\\)*[%&]")
_DOLLAR = re.compile(r"(?<!\\)(?:\\\\)*\$")
_BRACES = re.compile(r"(?<!\\)[{}]")

# What is special in LaTeX, and the places between characters that it would draw as one.
_SPECIAL = re.compile(r"[\\{}#$%&_~^]|(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)")
_ESCAPES = {
    "": "{}",
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}

# What the library's own table lacks, or spells otherwise than on a page.
_MACROS = {
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "textasciicircum": "^",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textgreater": ">",
    "textless": "<",
    "url": "%s",
}


# What LaTeX draws as one sign, the longest first.
_SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": " "}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))


@lru_cache(maxsize=4096)
def decoded(text: str) -> str:
    """The text without LaTeX: accents, symbols and quotes as characters, formulas spelled, braces gone.

    What is no LaTeX that can be read, or is longer than 4,000 code points, stays as it is but for its braces.
    """
    if not _COMMAND_OR_FORMULA.search(text):
        # Braces part what would be one sign.
        pieces = (_SIGN.sub(lambda sign: _SIGNS[sign[0]], piece) for piece in _BRACES.split(text))
        return _ESCAPED.sub(r"\1", "".join(pieces))
    if len(text) > _LONGEST:
        return _BRACES.sub("", text)
    # As a comment or an alignment these make no sense here: somebody forgot the backslash.
    text = _BARE.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], text)
    if len(_DOLLAR.findall(text)) % 2:
        text = _DOLLAR.sub(lambda found: found[0][:-1] + "\\$", text)
    try:
        return str(_decoder().latex_to_text(text))
    except Exception:  # noqa: BLE001 - the library raises many kinds, RecursionError among them, over what it cannot read
        return _BRACES.sub("", text)


def encoded(text: str) -> str:
    """LaTeX that stands for a text: its special characters escaped, all others as they are, in UTF-8."""
    return _SPECIAL.sub(lambda special: _ESCAPES.get(special[0], "\\" + special[0]), text)


@cache
def _decoder() -> LatexNodes2Text:
    from pylatexenc.latex2text import (  # noqa: PLC0415
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    # It tells of each thing that it cannot read, on standard error.
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    context = get_default_latex_context_db()
    context.add_context_category(
        "references", prepend=True, macros=[MacroTextSpec(name, simplify_repl=text) for name, text in _MACROS.items()]
    )
    return LatexNodes2Text(latex_context=context, math_mode="text", keep_comments=True)
