"""Diseases said to be of a class of the law that they are not of: 乙类传染病居前5位的是…流行性腮腺炎."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kangshu.kernel.text import Text
from kangshu.summaries.audit.diseases import LISTINGS, MOST, UNLISTED, classes_of
from kangshu.summaries.audit.layout import Paragraph
from kangshu.summaries.audit.reading import Reading
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

# 甲乙类, 甲、乙、丙类: several classes together bind no disease to one of them.
SINGLE = re.compile(
    r"(?<![甲乙丙][、，和及])(?<![甲乙丙])([甲乙丙])类(?!甲管|乙管|、?[甲乙丙]类|医院|大型|手术|药|疫苗|指标|设备)"
)
SEVERAL = re.compile(
    r"[甲乙丙][、和及]?[甲乙丙](?:[、和及]?[甲乙丙])?类|[甲乙丙]类[、和及][甲乙丙]类|法定传染病|传染病(?:共|总)"
)
TIES = re.compile(
    r"传染病|疫情|病种|发病|报告|前[一二三四五六七八九十\d]+位|为主|依次|[:：]|(?:是|有|为|包括|即)"
)
LEAVES = re.compile(r"。|无甲类|另有|另外|此外|同时|加强|做好|防治|防控|监测|重点|开展|除")
OF_ALL = re.compile(
    r"(?<=[例种人])[，；、](?:(?:两类)?(?:共计?|合计|总计)\d|[^，；。、甲乙丙]{0,10}前[一二三四五六七八九十\d]{1,2}位)"
)
# 霍乱、鼠疫等甲类; 手足口病、流行性腮腺炎分列丙类第二至第三位.
BEHIND = re.compile(
    r"(?:等(?:法定|国家法定)?|分列|分别列|分居|分别居|位列|均?属于?|同属|[均都皆]是|[均都皆]为|[两二三四五六]种)$"
)
TOP = re.compile(r"前([一二三四五六七八九十\d]{1,2})位")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every disease that a class is said of."""
    for paragraph in reading.layout.paragraphs:
        marks = sorted(
            [(match.start(), match.end(), match[1]) for match in SINGLE.finditer(paragraph.text)]
            + [(match.start(), match.end(), "") for match in SEVERAL.finditer(paragraph.text)]
        )
        for number, (start, end, letter) in enumerate(marks):
            if not letter:
                continue
            if BEHIND.search(paragraph.text[:start]):
                begin = marks[number - 1][1] if number else 0
                yield from _scope_before(reading, paragraph, begin, start, end, letter)
                continue
            stop = marks[number + 1][0] if number + 1 < len(marks) else len(paragraph.text)
            stop = min(stop, end + 160)
            before = marks[number - 1] if number else None
            if before is not None and before[2] != letter and "。" not in paragraph.text[before[1] : start]:
                # 乙类9种1127例，丙类6种863例，共1990例，居前三位的是…: of both classes
                own = TOP.search(paragraph.text, before[1], start)
                both = None if own else OF_ALL.search(paragraph.text, end, stop)
                stop = both.start() if both else stop
            yield from _scope(reading, paragraph, start, end, stop, letter)
        yield from _too_many(reading, paragraph)


def _scope(
    reading: Reading, paragraph: Paragraph, start: int, end: int, stop: int, letter: str
) -> Iterator[Finding | Held]:
    text = paragraph.text[end:stop]
    leaving = LEAVES.search(text)
    text = text[: leaving.start()] if leaving else text
    if not TIES.search(text[:30]):
        return
    yield from _judged(reading, paragraph, text, end, (start, end), letter)


def _scope_before(
    reading: Reading, paragraph: Paragraph, begin: int, start: int, end: int, letter: str
) -> Iterator[Finding | Held]:
    """霍乱、鼠疫等甲类传染病: the diseases stand before their class."""
    words = paragraph.text[begin:start]
    together = re.search(r"[，。；](?:以上|上述)?[两二三四五六]者[^，。；]{0,4}$", words)
    words = words[: together.start()] if together else words  # 新冠、猴痘、流感，三者均为乙类
    cut = max(
        (match.end() for match in re.finditer(r"[，。；：（]|(?:做好|防治|防控|加强|开展|报告)", words)),
        default=0,
    )
    yield from _judged(reading, paragraph, words[cut:], begin + cut, (start, end), letter)


def _judged(
    reading: Reading, paragraph: Paragraph, text: str, offset: int, said: tuple[int, int], letter: str
) -> Iterator[Finding | Held]:
    """Every disease named in a text that a class is said of."""
    start, end = said
    right: list[tuple[int, int]] = []
    for at, name in _diseases(text):
        title, letters = classes_of(name)
        span = (offset + at, offset + at + len(name))
        if letter in letters:
            right.append(span)
        elif letters or UNLISTED.search(name):
            yield _misplaced(reading, paragraph, (start, end), span, letter, title or name, sorted(letters))
    if right:
        quotes = (
            reading.layout.quote(paragraph, start, min(end + 3, len(paragraph.text))),
            *(reading.layout.quote(paragraph, *span) for span in right),
        )
        names = "、".join(paragraph.text[a:b] for a, b in right)
        yield Held(
            Kind.CLASSIFICATION,
            quotes,
            Text(f"{names}属{letter}类", f"{names}: class {'ABC'['甲乙丙'.index(letter)]}"),
        )


def _diseases(text: str) -> Iterator[tuple[int, str]]:
    """Names of listed diseases with their places, the longest reading of each place."""
    spans: list[tuple[int, int]] = []
    patterns = [listing.names for listing in LISTINGS] + [UNLISTED]
    for pattern in patterns:
        spans += [match.span() for match in pattern.finditer(text)]
    taken: list[tuple[int, int]] = []
    for begin, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= a or begin >= b for a, b in taken):
            taken.append((begin, end))
    for begin, end in sorted(taken):
        while begin > 0 and text[begin - 4 : begin] in {"流行性", "急性"}:
            begin -= 3
        begin = begin - 3 if text[max(begin - 3, 0) : begin] == "流行性" else begin
        yield begin, text[begin:end]


def _misplaced(
    reading: Reading,
    paragraph: Paragraph,
    said: tuple[int, int],
    disease: tuple[int, int],
    letter: str,
    title: str,
    letters: list[str],
) -> Finding:
    length = TOP.search(paragraph.text, said[1], said[1] + 14)
    end = length.end() if length else min(said[1] + 3, len(paragraph.text))
    belongs = f"属{letters[0]}类" if letters else "不在法定传染病名录"
    english = (
        f"is a class {'ABC'['甲乙丙'.index(letters[0])]} disease"
        if letters
        else "is not a notifiable disease"
    )
    return Finding(
        Kind.CLASSIFICATION,
        Level.PROVEN if letters else Level.NEAR_CERTAIN,
        (reading.layout.quote(paragraph, said[0], end), reading.layout.quote(paragraph, *disease)),
        Text(
            f"{title}{belongs}，文中列入{letter}类传染病。",
            f"{title} {english}; the text puts it into class {letter}.",
        ),
        stated=f"{letter}类",
        computed=f"{letters[0]}类" if letters else None,
        suggestion=Text(
            f"删去或移至{letters[0]}类。" if letters else "删去或另列。", "Move it to its class."
        ),
    )


def _too_many(reading: Reading, paragraph: Paragraph) -> Iterator[Finding]:
    """More diseases of a class than the law lists."""
    for match in re.finditer(
        r"(?<![甲乙丙、和及，])([甲乙丙])类传染病(?:共|报告|发病|发生)?(\d{1,2})种", paragraph.text
    ):
        letter, count = match[1], int(match[2])
        if count > MOST[letter]:
            yield Finding(
                Kind.CLASSIFICATION,
                Level.PROVEN,
                (reading.layout.quote(paragraph, *match.span()),),
                Text(
                    f"{letter}类传染病法定仅{MOST[letter]}种。",
                    f"The law lists only {MOST[letter]} in class {letter}.",
                ),
                stated=count,
                computed=MOST[letter],
            )
