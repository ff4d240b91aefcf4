"""The text as a reader sees it: paragraphs put together again, widths of characters made equal, and every
character still knowing where it stands in the text as it was read.

Documents come with page breaks inside sentences, lines wrapped at a fixed width, full-width digits and blanks
between digits and characters. All rules work on the mended paragraphs; quotes are cut from the original.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kangshu.summaries.audit.values import Quote

TERMINAL = "。！？；：:;!?…”』】"
HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百]+[章节篇部]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[一二三四五六七八九十]{1,2}(?:是|要))"
)
SAME = {
    ",": "，",
    ";": "；",
    "(": "（",
    ")": "）",
    "?": "？",
    "!": "！",
    ":": "：",
    "∶": "：",
    "﹪": "%",
    "％": "%",
    "㎎": "mg",
    "\u3000": " ",
    "\xa0": " ",
    "\t": "｜",
    "–": "—",
    "―": "—",
    "－": "—",
    "～": "~",
    "〜": "~",
    "﹣": "—",
    "×": "×",
    "〔": "[",
    "〕": "]",
    "﹝": "[",
    "﹞": "]",
    "．": ".",
    "〈": "《",
    "〉": "》",
}
INVISIBLE = frozenset("\u200b\u200c\u200d\ufeff\u00ad\u2060\r\x0c")
SENTENCE_END = re.compile(r"[。！？]")


@dataclass(frozen=True, eq=False)
class Paragraph:
    """Mended words of one paragraph; `at[i]` is where character i stands in the original."""

    text: str
    at: tuple[int, ...]
    index: int
    is_heading: bool = False
    sentences: tuple[tuple[int, int], ...] = field(default=())

    def sentence_of(self, position: int) -> int:
        """Number of the sentence that covers a position of the mended text."""
        for number, (_, end) in enumerate(self.sentences):
            if position < end:
                return number
        return max(len(self.sentences) - 1, 0)


@dataclass(frozen=True)
class Layout:
    """The original text and its mended paragraphs."""

    original: str
    paragraphs: tuple[Paragraph, ...]

    def quote(self, paragraph: Paragraph, start: int, end: int) -> Quote:
        """The original words of a span of a mended paragraph."""
        first, last = paragraph.at[start], paragraph.at[max(end - 1, start)] + 1
        return Quote(first, last, self.original[first:last])


def lay_out(text: str) -> Layout:
    """Mend a text. The mended paragraphs keep their order; empty ones are dropped."""
    lines = _lines(text)
    wrap = _wrap_width([text[start:end] for start, end in lines])
    groups: list[list[tuple[int, int]]] = []
    previous = ""
    for start, end in lines:
        line = text[start:end]
        if not line.strip():
            previous = ""
            continue
        if groups and previous and _goes_on(previous, line, wrap):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
        previous = line
    paragraphs: list[Paragraph] = []
    for group in groups:
        mended, at = _mend(text, group)
        if mended:
            paragraphs.append(_paragraph(mended, at, len(paragraphs)))
    return Layout(text, tuple(paragraphs))


def _paragraph(text: str, at: list[int], index: int) -> Paragraph:
    cuts, start = [], 0
    for match in SENTENCE_END.finditer(text):
        cuts.append((start, match.end()))
        start = match.end()
    if start < len(text):
        cuts.append((start, len(text)))
    heading = bool(HEADING.match(text)) and len(text) <= 45 and not SENTENCE_END.search(text[:-1])
    return Paragraph(text, tuple(at), index, heading, tuple(cuts))


def _lines(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in re.finditer(r"\r\n|\n|\r|\x0c|\u2028", text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return found


def _width(line: str) -> int:
    return sum(1 if ord(character) < 0x2E80 else 2 for character in line.rstrip())


def _wrap_width(lines: list[str]) -> int:
    """The width lines are wrapped at, or 0 when lines are paragraphs."""
    widths = [_width(line) for line in lines if line.strip()]
    if len(widths) < 8:
        return 0
    counts = Counter(width // 4 for width in widths if width >= 24)
    if not counts:
        return 0
    common, _ = counts.most_common(1)[0]
    near = sum(counts.get(common + step, 0) for step in (-1, 0, 1))
    if near < 0.45 * len(widths) or common * 4 > 160:
        return 0
    return common * 4


def _goes_on(line: str, following: str, wrap: int) -> bool:
    """Whether the paragraph goes on in the next line."""
    tail = line.rstrip()
    if HEADING.match(following) or re.match(r"^\s{2,}|^\u3000", following):
        return False
    if (
        wrap
        and re.search(r"[\u4e00-\u9fff]\d{1,3}$", tail)
        and re.match(r"\s*\d{1,3}[\u4e00-\u9fff]", following)
    ):
        return True  # a number broken in two
    if wrap:
        return _width(tail) >= wrap * 0.86 and not (HEADING.match(line) and tail[-1] in TERMINAL)
    if tail[-1] in TERMINAL or "。" in following[:0]:
        return False
    if HEADING.match(line) and _width(tail) <= 90 and not SENTENCE_END.search(tail):
        return False
    return _width(tail) >= 60 or (_width(tail) >= 24 and tail[-1] in "，,、的和与及（(")


def _mend(text: str, group: list[tuple[int, int]]) -> tuple[str, list[int]]:
    characters: list[str] = []
    at: list[int] = []
    for start, end in group:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        for position in range(start, end):
            character = text[position]
            if character in INVISIBLE:
                continue
            for one in _same(character):
                characters.append(one)
                at.append(position)
    return _without_blanks(_commas_in_numbers(characters), at)


def _same(character: str) -> str:
    if character in SAME:
        return SAME[character]
    code = ord(character)
    if 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A:
        return chr(code - 0xFEE0)
    return character


def _commas_in_numbers(characters: list[str]) -> list[str]:
    """A comma between digits in groups of three separates thousands; mark it with an ASCII comma again."""
    text = "".join(characters)
    for match in re.finditer(r"(?<![\d.])\d{1,3}(?:，\d{3})+(?![\d])", text):
        for position in range(match.start(), match.end()):
            if characters[position] == "，":
                characters[position] = ","
    return characters


def _without_blanks(characters: list[str], at: list[int]) -> tuple[str, list[int]]:
    """Drop blanks, but keep one between two Latin words or two numbers."""
    kept: list[str] = []
    places: list[int] = []
    for index, character in enumerate(characters):
        if character == " ":
            before = kept[-1] if kept else ""
            after = next((one for one in characters[index + 1 :] if one != " "), "")
            both_ascii = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
            if not both_ascii or (kept and kept[-1] == " "):
                continue
        kept.append(character)
        places.append(at[index])
    return "".join(kept), places
