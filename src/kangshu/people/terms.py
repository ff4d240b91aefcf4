"""What a person can be found by, and how a search text is read: one rule for writing and for asking.

PostgreSQL's trigram module is not in the embedded server, and `LIKE` loses its index under row security (it
is not leakproof). So each person has a few rows in `people_searchterm`, one per suffix, and a search is a
range: `term >= 'wei' AND term < 'wei' + the highest character`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kangshu.kernel.pinyin import sort_key

HIGHEST = "\U0010ffff"
"""Sorts after every character under COLLATE "C"; the open end of a prefix range."""

SHORTEST_PHONE_PART = 4
SHORTEST_LATIN_PART = 2
LONGEST_TERM = 64
_LAST4_MARK = "#"


def terms_of(name: str, phone: str = "", record_number: str | None = None, last4: str = "") -> list[str]:
    """Every term one person is found by, each once.

    Name: every suffix (`王小伟`, `小伟`, `伟`). Pinyin: suffixes from each syllable, joined (`wangxiaowei`,
    `xiaowei`, `wei`), and of the initials (`wxw`, `xw`). Phone: suffixes of four digits and more. Record
    number: whole, and its last eight. Last four of the identity number: marked, so that four digits alone
    never list everybody whose number ends so.
    """
    found: list[str] = []
    compact = _compact(name)
    found.extend(compact[start:] for start in range(len(compact)))
    syllables = sort_key(name).split()
    found.extend("".join(syllables[start:]) for start in range(len(syllables)))
    letters = "".join(syllable[0] for syllable in syllables)
    found.extend(letters[start:] for start in range(len(letters) - SHORTEST_LATIN_PART + 1))
    digits = "".join(sign for sign in phone if sign.isdigit())
    found.extend(digits[start:] for start in range(len(digits) - SHORTEST_PHONE_PART + 1))
    if record_number:
        found.extend((record_number, record_number[-8:]))
    if last4:
        found.append(last4_term(last4))
    return list(dict.fromkeys(term[:LONGEST_TERM] for term in found if term))


def last4_term(last4: str) -> str:
    """The marked term of the last four characters of an identity number."""
    return _LAST4_MARK + last4.upper()


def prefix_range(part: str) -> tuple[str, str]:
    """The half-open range of terms that begin with `part`."""
    return part, part + HIGHEST


@dataclass(frozen=True)
class Asked:
    """A search text, read. `numbers` are digit parts, `words` name or pinyin parts, `identity` a full
    number."""

    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    identity: str = ""
    too_short: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.numbers or self.identity)


def read_search(text: str) -> Asked:
    """Split what somebody typed. Parts are joined by AND; Latin parts in a row are one pinyin name.

    `wang xiaowei` is `wangxiaowei`; `王伟 1234` is a name and a number. A lone letter or three digits are too
    short to look for and say so.
    """
    parts = text.replace("，", " ").replace(",", " ").replace("　", " ").split()
    joined = "".join(parts).upper().replace("-", "")
    if _is_identity(joined):
        return Asked(identity=joined)
    words, numbers = [], []
    for part in _joined_latin(parts):
        clean = _compact(part)
        digits = clean.replace("-", "")
        if digits.isdigit() or (len(digits) == 4 and digits[:3].isdigit() and digits[3] == "x"):
            numbers.append(digits.upper())
        elif clean:
            words.append(clean)
    kept_words = tuple(word for word in words if not (word.isascii() and len(word) < SHORTEST_LATIN_PART))
    kept_numbers = tuple(number for number in numbers if len(number) >= SHORTEST_PHONE_PART)
    lost = len(kept_words) + len(kept_numbers) < len(words) + len(numbers)
    return Asked(kept_words, kept_numbers, too_short=lost)


def _joined_latin(parts: list[str]) -> Iterator[str]:
    waiting = ""
    for part in parts:
        if part.isascii() and part.isalpha():
            waiting += part
            continue
        if waiting:
            yield waiting
            waiting = ""
        yield part
    if waiting:
        yield waiting


def _compact(text: str) -> str:
    return "".join(sign for sign in text.lower() if not sign.isspace() and sign not in "·•.'’")


def _is_identity(joined: str) -> bool:
    return len(joined) == 18 and joined[:17].isdigit() and (joined[17].isdigit() or joined[17] == "X")
