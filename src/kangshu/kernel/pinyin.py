"""Sort keys and initials of Chinese names: PostgreSQL comes without ICU, so names sort by a stored key."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Surnames that are read otherwise than the character usually is; pypinyin reads them as words.
_SURNAMES = {
    "万俟": "mo qi", "长孙": "zhang sun", "尉迟": "yu chi", "澹台": "tan tai", "令狐": "ling hu",
    "单于": "chan yu", "鲜于": "xian yu", "宰父": "zai fu", "单": "shan", "曾": "zeng", "解": "xie",
    "仇": "qiu", "任": "ren", "区": "ou", "华": "hua", "查": "zha", "朴": "piao", "盖": "ge",
    "缪": "miao", "员": "yun", "翟": "zhai", "覃": "qin", "乐": "yue", "纪": "ji", "种": "chong",
    "折": "she", "黑": "he", "秘": "bi", "冼": "xian", "洗": "xian", "燕": "yan", "应": "ying",
    "葛": "ge", "召": "shao", "谌": "chen", "祭": "zhai", "隗": "wei", "幺": "yao", "牟": "mu",
    "逄": "pang", "宓": "mi", "车": "che", "卜": "bu", "贾": "jia", "石": "shi", "沈": "shen",
    "柏": "bai", "宁": "ning", "曲": "qu", "过": "guo", "繁": "po", "都": "du", "难": "nan",
    "重": "chong", "褚": "chu", "晁": "chao", "郇": "xun", "乜": "nie", "佴": "nai", "尹": "yin",
    "么": "yao", "尉": "wei", "行": "xing", "藏": "zang", "强": "qiang", "粘": "nian", "适": "kuo",
}  # fmt: skip


# Spaces between characters are layout (张　伟); between Latin words they part the words.
_SPACES_BY_A_CHARACTER = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


@lru_cache(maxsize=65536)
def sort_key(name: str) -> str:
    """Lower-case pinyin syllables separated by spaces: 曾国藩 → `zeng guo fan`.

    The first characters are read as a surname. Latin letters and digits stay, other signs separate.
    """
    name = _SPACES_BY_A_CHARACTER.sub("", name)
    for length in (2, 1):
        reading = _SURNAMES.get(name[:length])
        if reading is not None:
            rest = " ".join(_syllables(name[length:]))
            return f"{reading} {rest}".strip()
    return " ".join(_syllables(name))


def initials(name: str) -> str:
    """First letters of the syllables: 曾国藩 → `zgf`. What people type to find a name quickly."""
    return "".join(syllable[0] for syllable in sort_key(name).split())


def _syllables(text: str) -> list[str]:
    syllables: list[str] = []
    for piece in lazy_pinyin(text, style=Style.NORMAL, v_to_u=False):
        cleaned = "".join(c if c.isascii() and c.isalnum() else " " for c in piece.lower().replace("ü", "v"))
        syllables.extend(cleaned.split())
    return syllables
