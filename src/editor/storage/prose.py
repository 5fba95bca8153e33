"""How likely a character is in a language's prose: what tells one encoding's reading of some bytes from another's.

A cost is a negative natural logarithm of a probability, roughly: only sums over whole readings are compared. The orders
of letters are those of ordinary prose, the most frequent first; ASCII is the same in nearly all readings and left out.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from functools import cache

ASCII_COST = 3.0
"""What an ASCII character costs, so that readings which take two bytes for one character compare with others."""

_UPPER = 2.0
_LATIN = 2.5
_OTHER_SCRIPT = 0.3

# A few letters among ASCII ones.
_LATIN_LETTERS = {
    "English": "éïñöèüçáóêâ",
    "French": "éèàêçôûâîùïœëüæÿ",
    "German": "üäößéà",
    "Spanish": "óíáéñúü",
    "Portuguese": "ãçéáêíóõúàâôü",
    "Italian": "èàùòìéî",
    "Catalan": "àéèíòóçúïü·",
    "Dutch": "ëéïèöüêá",
    "Swedish": "äåöéü",
    "Danish": "åøæéöäò",
    "Icelandic": "áðíéöóþæúý",
    "Estonian": "äõüöšž",
    "Polish": "ąłęóżśćńź",
    "Czech": "íáéěřčšžýůúťňďóö",
    "Slovak": "áíéčšžýľúťôňďäóĺŕ",
    "Hungarian": "áéöőóüíúű",
    "Romanian": "ăîşţâșț",
    "Croatian": "čšžćđ",
    "Turkish": "ıüşçğöİâîû",
    "Lithuanian": "ėšžųįąčūę",
    "Latvian": "āīēšūņļžģķč",
}

# Nearly all letters.
_OTHER_LETTERS = {
    "Russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "Ukrainian": "оаинівертсклмудпязьйбгчюхцжїшщфєґ",
    "Belarusian": "анілостерыкпдумявзьцбчгёхжэюйшўф",
    "Bulgarian": "аиоетнрсвлкдпмзуъбгчщйяжхшюцфь",
    "Serbian": "аиоенрсјтувкдмплзгбшћчђцжљхњф",
    "Greek": "αοιτεσνηυρπκμλςίόάέήδωγχθφύβξώζψϊϋΐΰ",
    "Hebrew": "יוהלאתרבשמנעדחקפסטגזכםןצךףץ",
    "Arabic": "المينروتبةعدسفهكقحجأشطصخضذثىغءزئإظآؤپچگ،؟",
    "Thai": "านรกอเงมยลวดทตสบปคแ่ะ้ีัิ์ไหพชใื็จขำูุโถผธซศษณญฐฉฟๆฎฏฑฒฆฌฬฮฝฤฯ",
}

# What stands in most sentences, in ASCII: it tells the language of a text that has few letters beyond.
_WORDS = {
    "English": "the of and to in is that was it",
    "French": "le la les de des du et en un une dans qui que",
    "German": "der die das und ist nicht ein eine zu den von",
    "Spanish": "el la los las de que y en un una se por con",
    "Portuguese": "o os as de que e do da em um uma se com",
    "Italian": "il la di che e un una per con non del si",
    "Swedish": "och att det som en ett av den var han",
    "Danish": "og at det som en et af den er var",
    "Polish": "i w na do nie z jest o jak to",
    "Czech": "a se na je v to do ale jak kdo",
    "Hungarian": "a az hogy nem egy is meg ez volt",
    "Romanian": "de la cu un o nu din pe este mai",
    "Croatian": "i je u na se da od su ne",
    "Turkish": "bir ve bu da de ne o ile",
}

_COMMON_IDEOGRAPHS = {
    "Chinese": (
        "的一是了在不我有他人这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
        "小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
    ),
    "Traditional Chinese": (
        "的一是了在不我有他人這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後"
        "小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長"
    ),
    "Japanese": (
        "人一日大年出本中子見国言上分生手自行者二間事思時気会十家女三前的方入小地合後目長場代私下立部学物月何"
        "来話体動社知理山内同心発高実作当新世今書度明力名金性対意用男主通関文感業定持道外取所現"
    ),
}
# Where each language's own standard keeps what is written every day, by lead byte; the rest of it is rare.
_EVERYDAY = {
    "Chinese": ("gb2312", 0xB0, 0xD7),
    "Traditional Chinese": ("big5", 0xA4, 0xC6),
    "Japanese": ("euc_jp", 0xB0, 0xCF),
}
_COMMON_SYLLABLES = (
    "이다는에의가을를고은하한지기로어도서아사들그나리시있해인자라대만정과게으일보수주부여장니스전제면음안"
    "것연오거구공할원조상동성우모신경"
)
_EAST_ASIAN_POINTS = "、。「」『』，！？：；（）《》“”‘’…—·～　・"

_POINTS = "“”‘’–—…«»„\u00a0"
_SIGNS = "€§°©®™•·×±½¼¾²³µ£¿¡ºª†‹›‚‰"
# Kana in another language than Japanese, and the wide and narrow forms of East Asian standards.
_SELDOM = ((range(0x3041, 0x30FF), 13.0), (range(0xFF01, 0xFF5F), 7.0), (range(0xFF61, 0xFFA0), 9.0))
_REPLACEMENT = "\ufffd"

_BY_CATEGORY = {"Lu": 14, "Ll": 12, "Lo": 12, "Cc": 30, "Co": 24, "Cn": 24, "Nd": 12, "No": 11, "Cf": 13}
_ELSE = 12.0
_BOXES = range(0x2500, 0x25A0)

LANGUAGES = (*_LATIN_LETTERS, *_OTHER_LETTERS, *_EVERYDAY, "Korean")
"""By their names in English, as `cost` takes them."""


@cache
def common_words(language: str) -> frozenset[str]:
    """Some of the language's most frequent words that are ASCII, in small letters; none for most scripts."""
    return frozenset(_WORDS.get(language, "").split())


def cost(character: str, language: str) -> float:
    """What a character costs in prose of a language. ASCII is not asked for."""
    found = _letters(language).get(character)
    if found is not None:
        return found
    if language in _EVERYDAY or language == "Korean":
        return _east_asian_cost(character, language)
    return _cost_anywhere(character)


@cache
def _letters(language: str) -> Mapping[str, float]:
    """Costs of the language's own letters: each next one is rarer by the same factor."""
    if latin := _LATIN_LETTERS.get(language):
        costs = _falling(latin, _LATIN)
    else:
        costs = _falling(_OTHER_LETTERS.get(language, ""), _OTHER_SCRIPT)
    for letter, lower in tuple(costs.items()):
        costs.setdefault(letter.upper(), lower + _UPPER)
    if language == "Spanish":
        costs |= dict.fromkeys("¿¡", 4.0)
    return costs


def _falling(letters: str, base: float) -> dict[str, float]:
    scale = max(2.5, len(letters) / 3.5)
    total = math.log(sum(math.exp(-rank / scale) for rank in range(len(letters)))) if letters else 0
    return {letter: base + total + rank / scale for rank, letter in enumerate(letters)}


@cache
def _cost_anywhere(character: str) -> float:
    """What a character costs that is no letter of the language."""
    if character in _POINTS:
        return 3.5
    if character in _SIGNS:
        return 8.0
    if character == _REPLACEMENT:
        return 16.0
    if ord(character) in _BOXES:
        return 14.0
    return _BY_CATEGORY.get(unicodedata.category(character), _ELSE)


@cache
def _east_asian_cost(character: str, language: str) -> float:
    code = ord(character)
    if character in _EAST_ASIAN_POINTS:
        return 3.5
    if 0xAC00 <= code <= 0xD7A3:
        return _syllable_cost(character) if language == "Korean" else 14.0
    if 0x3041 <= code <= 0x30FE and language == "Japanese":
        return 3.4 if code < 0x30A0 else 4.8
    if 0x4E00 <= code <= 0x9FFF:
        return _ideograph_cost(character, language)
    return next((price for codes, price in _SELDOM if code in codes), 0) or _cost_anywhere(character)


def _syllable_cost(character: str) -> float:
    if character in _COMMON_SYLLABLES:
        return 4.2
    return 7.0 if _lead_byte(character, "euc_kr") else 14.0


def _ideograph_cost(character: str, language: str) -> float:
    if language == "Korean":
        return 12.0
    if character in _COMMON_IDEOGRAPHS[language]:
        return 5.0
    standard, first, last = _EVERYDAY[language]
    lead = _lead_byte(character, standard)
    if first <= lead <= last:
        return 7.3
    return 11.0 if lead else 14.0


def _lead_byte(character: str, standard: str) -> int:
    """The first byte of a character in a national standard, 0 where that lacks it."""
    try:
        return character.encode(standard)[0]
    except UnicodeEncodeError:
        return 0
