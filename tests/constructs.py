"""Articles made of every construct of the dialect, and edits that make, break and join constructs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from editor.core.article import Article, ArticleChange
from editor.core.text_edit import TextEdit

CONSTRUCTS = (
    "A paragraph\nof two lines with *words*.\n",
    "# Heading\n",
    "## Heading\n",
    "# Second `code` & *more* {#own}\n",
    "## Ünï 中文 -- 2!\n",
    "Heading\n=======\n",
    "Heading\n---\n",
    "text\n# Heading\ntext\n",
    "- item\n- item\n",
    "- loose\n\n- loose\n",
    "- outer\n  - inner\n    more\n\n  para\n",
    "* other\n",
    "+ plus\n\n    four in\n",
    "1. first\n2. second\n",
    "3) third\n\n   inside\n",
    "- [ ] open\n- [x] done\n",
    "- ```\n  code\n\n  more\n  ```\n- after\n",
    "- <div>\n  in item\n\n  </div>\n",
    "- [in item]: /item\n",
    "text\n- list right after\nlazy\n",
    "> quote\nlazy\n",
    "> quote\n>\n> - list\n",
    "> [quoted]: /quoted\n",
    "> ```\n> code\n",
    "```\ncode\n\n# no heading\n```\n",
    "```python\nopen fence\n\nstill\n",
    "~~~~\n```\n~~~~\n",
    "text\n```\ncode\n```\ntext\n",
    "    indented\n\n    more\n",
    "\tindented by tab\n",
    "| a | b |\n|---|:-:|\n| c `x|y` | d |\n",
    "text\n| a |\n|---|\n| [ref] |\ntext\n",
    "<div>\n\n*inside*\n\n</div>\n",
    "<div>\nraw\n",
    "</div>\n",
    "<details>\n<summary>S</summary>\n\n- item\n\n```\n</details>\n```\n\n</details>\n",
    "<section><div>\n\ntext\n\n</div>\n",
    "<p align=center>\n\nCentred\n\n</p>\n",
    "<pre>\n\n  kept\n</pre>\n",
    "<table>\n<tr><td>\n\n*cell*\n\n</td></tr>\n</table>\n",
    "Inline <b>left open.\n",
    "closed</b> <span id=own>here</span>.\n",
    "<b>alone</b>\n\n</i>\n",
    "<!-- comment -->\n",
    "<!-- open\n",
    "-->\n",
    "<?php\n\n?>\n",
    "See [ref], [text][ref], [REF][], ![image][ref], [quoted], [in item], [none] and [own](#heading).\n",
    "[ref]: https://a.test/1 'Title'\n",
    "[ref]: <https://a.test/2>\n[second]: /b\n",
    "[Ref]:\n  https://a.test/3\n  (Title)\n",
    "Noted[^1] twice[^1], also[^long] and [^none].\n",
    "- noted[^1]\n\n> quoted[^long]\n",
    "[^1]: A note with [ref].\n",
    "[^long]: First.\n\n    Second paragraph[^1].\n\n    - list\n",
    "[^1]: Defined again\nlazily\n[^two]: and next\n",
    "[^nest]: Holds\n\n    [^deep]: a definition\n\nUse[^nest] and[^deep].\n",
    "HTML and NMDA, the HTML.\n",
    "*[HTML]: Hyper Text\n",
    "*[NMDA]: receptor\n*[HTML]: again\n",
    "Term\n: meaning\n",
    "Term\n\n:   loose\n\n    more\n",
    ": more meaning\n",
    "!!! note\n    Words\n\n    more\n",
    '!!! warning "Title"\n    - list\n',
    "    deeper\n",
    "Paragraph\n{: #own .note }\n",
    "---\n",
    "***\n",
    "- - -\n",
    "hard  \nbreak and\\\nbreak\n",
    "\u00a0\n",
    "\u2028 \x0c\x0b\n",
    "Émoji 😀 e\u0301 and \u200b.\n",
    " one in\n",
    "   three in\n",
    "trailing \t \n",
    "https://a.test/bare_url, ~~struck~~ and `code\n",
    "\\[not\\]: \\*x\\*\n",
    "[x](y 'a\n\nb')\n",
    "&amp; &copy; &lt;b>\n",
    "==== \n",
    "|\n",
)
"""Each ends its line; some leave something open."""

MARKS = (
    *("\n", "\n", "\n\n", "\r\n", " ", "  ", "    ", "      ", "\t", "x", "word", "\u00a0"),
    *("-", "- ", "* ", "1. ", "2) ", "+", "> ", ">", "# ", "***", "---", "===", ": ", "!!! n"),
    *("```", "~~~", "`", "|", "|-|", "*", "**", "_", "\\", '"', "{#i}", "{: .note}"),
    *("[a]", "[a]: /b", "[^1]", "[^1]: ", "[^2]: ", "*[x]: y", "![i](j)", "https://a.test", "<a@b.test>"),
    *("<div>", "</div>", "<b>", "</b>", "<p>", "<i", "<hr>", "<li>", "<h2>", "</h2>", "<table>", "<td>", "</table>"),
    *("<pre>", "</pre>", "<!--", "-->", "<?", "?>", "<![CDATA[", "]]>", "<!X", "<script>", "</script>", "<textarea>"),
)
"""What constructs begin, go on and end with."""

FRONT_MATTER = ("", "", "---\ntitle: x\n---\n", "+++\na = 1\n+++\n", "---\n")
KEYS = (
    *"`[<\n:|>-*# x]^~\\!=_.1\t&/{}",
    "\n\n",
    "```",
    "[^1]",
    "]: ",
    "<div>",
    "</div>",
    "    ",
    "  ",
    "\r\n",
    "\r",
    "",
)
"""What one key, or a few, put in."""


def article_of(constructs: Sequence[tuple[str, str]], front_matter: str, ending: str) -> str:
    """The text of constructs, each with the blank lines after it, where every line ends alike."""
    return (front_matter + "".join(map("".join, constructs))).replace("\n", ending)


_GAPS = st.sampled_from(("\n", "\n", "\n\n", "", " \t\n"))
ARTICLES = st.builds(
    article_of,
    st.lists(st.tuples(st.sampled_from(CONSTRUCTS), _GAPS), min_size=1, max_size=9),
    st.sampled_from(FRONT_MATTER),
    st.sampled_from(("\n", "\n", "\r\n", "\r")),
)

MARKS_AT_RANDOM = st.lists(st.sampled_from(MARKS), min_size=3, max_size=40).map("".join)


@dataclass(frozen=True, slots=True)
class Change:
    """An edit of whatever article it meets: where in it, per mille, how much goes and what comes in its place."""

    place: int
    removed: int
    added: str

    def of(self, article: Article) -> TextEdit:
        """The edit of this article."""
        start = article.length * self.place // 1000
        return TextEdit(start, min(article.length, start + self.removed), self.added)


_ADDED = st.one_of(
    st.sampled_from(KEYS),
    st.tuples(st.sampled_from(("", "\n", "\n\n")), st.sampled_from(CONSTRUCTS)).map("".join),
)
CHANGES = st.lists(
    st.builds(Change, st.integers(0, 1000), st.sampled_from((0, 0, 0, 1, 2, 5, 40)), _ADDED), min_size=1, max_size=6
)


def random_change(dice: random.Random) -> Change:
    """An edit drawn from dice."""
    added = dice.choice(KEYS) if dice.random() < 0.6 else dice.choice(("", "\n\n")) + dice.choice(CONSTRUCTS)
    return Change(dice.randint(0, 1000), dice.choice((0, 0, 0, 1, 2, 5, 40)), added)


def undone(change: ArticleChange) -> ArticleChange:
    """The step back, as one replacement of all that changed."""
    (edit,) = change.edits
    old = change.before.slice(edit.start, edit.end)
    return change.after.apply(TextEdit(edit.start, edit.start + len(edit.text), old))
