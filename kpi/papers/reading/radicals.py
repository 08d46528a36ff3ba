"""
Radicals in the place of letters (U+2E80–2FDF): what a PDF says where it names the shape of a letter and not the letter.

Source: Unicode's EquivalentUnifiedIdeograph.txt; 戶 of the older block is 户 in mainland writing.  One sign becomes one letter.
"""

import unicodedata

_SUPPLEMENT = (  # from U+2E80 on, a full stop where there is no letter that is written today
    ".厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄㣺扌攵.旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁冗."
    "羊羊羋耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_KANGXI = range(0x2F00, 0x2FD6)

LETTERS = {0x2E80 + at: letter for at, letter in enumerate(_SUPPLEMENT) if letter != "."}
LETTERS |= {sign: unicodedata.normalize("NFKC", chr(sign)) for sign in _KANGXI}
LETTERS[0x2F3E] = "户"


def with_letters(text: str) -> str:
    """A text with letters in the place of radicals; it stays as long as it is."""
    return text if text.isascii() else text.translate(LETTERS)
