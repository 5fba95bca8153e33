"""The encodings in which people have files, and what people call them."""

from __future__ import annotations

import codecs

ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
    ("utf-32-le", "UTF-32 LE"),
    ("utf-32-be", "UTF-32 BE"),
    ("cp1252", "Windows-1252"),
    ("iso8859-1", "ISO-8859-1"),
    ("iso8859-15", "ISO-8859-15"),
    ("mac-roman", "Mac Roman"),
    ("cp437", "DOS 437"),
    ("cp850", "DOS 850"),
    ("cp1250", "Windows-1250"),
    ("iso8859-2", "ISO-8859-2"),
    ("iso8859-16", "ISO-8859-16"),
    ("mac-latin2", "Mac Central European"),
    ("cp852", "DOS 852"),
    ("cp1257", "Windows-1257"),
    ("cp1254", "Windows-1254"),
    ("iso8859-9", "ISO-8859-9"),
    ("cp857", "DOS 857"),
    ("cp1251", "Windows-1251"),
    ("koi8-r", "KOI8-R"),
    ("koi8-u", "KOI8-U"),
    ("iso8859-5", "ISO-8859-5"),
    ("mac-cyrillic", "Mac Cyrillic"),
    ("cp855", "DOS 855"),
    ("cp866", "DOS 866"),
    ("cp1253", "Windows-1253"),
    ("iso8859-7", "ISO-8859-7"),
    ("mac-greek", "Mac Greek"),
    ("cp737", "DOS 737"),
    ("cp1255", "Windows-1255"),
    ("cp862", "DOS 862"),
    ("cp1256", "Windows-1256"),
    ("cp874", "Windows-874"),
    ("cp1258", "Windows-1258"),
    ("cp932", "Shift JIS"),
    ("euc_jp", "EUC-JP"),
    ("iso2022_jp", "ISO-2022-JP"),
    ("gb18030", "GB18030"),
    ("cp950", "Big5"),
    ("big5hkscs", "Big5-HKSCS"),
    ("cp949", "EUC-KR"),
    ("johab", "Johab"),
)
"""Python's name of each, as Decoded.encoding has it, and a person's. Those of one script stand together."""

_NAMES = dict(ENCODINGS)


def encoding_name(encoding: str, bom: bytes = b"") -> str:
    """What a person calls an encoding that Python calls `encoding`.

    A byte order mark is named where files seldom have one, and its absence where they seldom lack it.
    """
    name = _NAMES.get(codecs.lookup(encoding).name, encoding.upper())
    if encoding == "utf-8":
        return f"{name} with BOM" if bom else name
    return name if bom or not name.startswith("UTF-") else f"{name} without BOM"
