"""Events dated twice, and how long something took: 2015年9月28日开工，历时22个月，2017年5月投用."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kangshu.kernel.text import Text
from kangshu.summaries.audit.reading import Reading
from kangshu.summaries.audit.rules.dates import read_year
from kangshu.summaries.audit.rules.deadlines import reported_year
from kangshu.summaries.audit.values import Finding, Kind, Level, Quote

DATED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?(?P<what>[^，。；（）\d]{2,24})"
)
HAPPENED = re.compile(
    r"列[为入]|试点|启动|改革|开工|挂牌|成立|投用|投入使用|竣工|通过|合并|搬迁|开诊|上线|实施|组建|运行|验收|揭牌|创建|整合"
)
TOOK = re.compile(
    r"(?P<y1>(?:19|20)\d\d)年(?P<m1>\d{1,2})月(?:\d{1,2}[日号])?[^，。；\d]{0,8}(?:开工|动工|启动|开始|奠基|立项)[^。；]{0,10}?"
    r"历时(?P<n>\d{1,3})个月[^。；\d]{0,10}(?P<y2>(?:19|20)\d\d)年(?P<m2>\d{1,2})月"
)
SIGNED = re.compile(r"^[\s\u3000]*([一二]?[零〇○Oo0一二三四五六七八九\d]{4})年[^，。；]{2,8}日[\s\u3000]*$")


@dataclass(frozen=True)
class Event:
    when: tuple[str, str, str]
    words: frozenset[str]
    since: bool
    quote: Quote


def check(reading: Reading) -> Iterator[Finding]:
    events = [event for paragraph in reading.layout.paragraphs for event in _events(reading, paragraph)]
    for first, second in combinations(events, 2):
        shared = first.words & second.words
        if len(shared) < 2 or first.when == second.when or not (first.since or second.since):
            continue
        if sum(a != b for a, b in zip(first.when, second.when, strict=True) if a and b) != 1:
            continue
        yield Finding(
            Kind.DATE,
            Level.NEAR_CERTAIN,
            (first.quote, second.quote),
            Text(
                f"同一件事前后日期不一：{first.quote.text}；{second.quote.text}。",
                f"One event has two dates: {first.quote.text}; {second.quote.text}.",
            ),
            stated=second.quote.text,
        )
    for paragraph in reading.layout.paragraphs:
        yield from _took(reading, paragraph)
    yield from _signed_before(reading)


def _events(reading: Reading, paragraph: object) -> Iterator[Event]:
    text = paragraph.text  # type: ignore[attr-defined]
    for match in DATED.finditer(text):
        words = {re.sub(r"列[为入]", "列", one) for one in HAPPENED.findall(match["what"])}
        since = text[max(0, match.start() - 1) : match.start()] in {"自", "从"} and "来" in match["what"]
        quote = reading.layout.quote(paragraph, match.start(), match.end())  # type: ignore[arg-type]
        yield Event((match["year"], match["month"], match["day"] or ""), frozenset(words), since, quote)


def _took(reading: Reading, paragraph: object) -> Iterator[Finding]:
    for match in TOOK.finditer(paragraph.text):  # type: ignore[attr-defined]
        months = (int(match["y2"]) - int(match["y1"])) * 12 + int(match["m2"]) - int(match["m1"])
        if months <= 0 or abs(months - int(match["n"])) <= 1:
            continue
        yield Finding(
            Kind.DATE,
            Level.PROVEN,
            (reading.layout.quote(paragraph, *match.span()),),  # type: ignore[arg-type]
            Text(
                f"{match['y1']}年{match['m1']}月至{match['y2']}年{match['m2']}月约{months}个月，"
                f"文中写为历时{match['n']}个月。",
                f"From {match['y1']}-{match['m1']} to {match['y2']}-{match['m2']} are about {months} months, "
                f"not {match['n']}.",
            ),
            stated=int(match["n"]),
            computed=months,
        )


def _signed_before(reading: Reading) -> Iterator[Finding]:
    """A report of 2010 signed in 2009."""
    told = reported_year(reading)
    last = reading.layout.paragraphs[-4:]
    for paragraph in last:
        match = SIGNED.match(paragraph.text)
        year = read_year(match[1]) if match else None
        if told is None or year is None or match is None or year >= told[0]:
            continue
        yield Finding(
            Kind.DATE,
            Level.PROVEN,
            (told[1], reading.layout.quote(paragraph, 0, len(paragraph.text))),
            Text(f"{told[0]}年的总结，落款却为{year}年。", f"A report on {told[0]} is signed in {year}."),
            stated=year,
        )
