"""The summary as an official paper, with an annex that says where every figure comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from kangshu.documents.word import Block, Heading, Linked, Paper, Paragraph, Run, Table, write_paper
from kangshu.summaries.binding import Bound, pieces
from kangshu.summaries.composing import numeral
from kangshu.summaries.models import Section, Summary

KINDS = {"computed": "系统统计", "reported": "上报", "target": "目标"}
ANNEX_HEAD = ("序号", "指标", "时期", "单位", "数值", "分子", "分母", "来源", "定义", "快照")
ANNEX_WIDTHS = (10, 34, 20, 34, 20, 16, 16, 16, 66, 25)


def paper_of(summary: Summary, figures: Mapping[str, Bound], site: str) -> bytes:
    """The .docx. `site` is the address before the pages' paths (`https://…`)."""
    blocks: list[Block] = []
    written = [section for section in summary.sections.all() if section.text.strip()]
    for number, section in enumerate(written, start=1):
        blocks.append(Heading(f"{numeral(number)}、{section.title}"))
        blocks += _paragraphs(section, figures, site)
    used = list(_in_order(written, figures))
    if used:
        blocks.append(_annex(used, site))
    day = localtime(summary.signed_at).date() if summary.signed_at else None
    return write_paper(
        Paper(summary.title, blocks, place=summary.institution.name, day=_day(day) if day else "（未签发）")
    )


def sheets_of(summary: Summary, figures: Mapping[str, Bound]) -> dict[str, Any]:
    """The same document for a template: numbered sections of paragraphs, and the annex."""
    written = [section for section in summary.sections.all() if section.text.strip()]
    return {
        "summary": summary,
        "sections": [
            (
                f"{numeral(number)}、{section.title}",
                [(_is_heading(runs), runs) for runs in pieces(section.text, figures)],
            )
            for number, section in enumerate(written, start=1)
        ],
        "annex": list(_in_order(written, figures)),
        "kinds": KINDS,
        "day": _day(localtime(summary.signed_at).date()) if summary.signed_at else "（未签发）",
    }


def _is_heading(runs: list[str | Bound]) -> bool:
    """`（一）高血压患者健康管理` alone on its line."""
    only = runs[0] if len(runs) == 1 else ""
    return isinstance(only, str) and only.startswith("（") and len(only) < 40 and "。" not in only


def _paragraphs(section: Section, figures: Mapping[str, Bound], site: str) -> Iterable[Block]:
    for runs in pieces(section.text, figures):
        if _is_heading(runs):
            yield Heading(str(runs[0]), level=2)
        else:
            yield Paragraph([_run(run, site) for run in runs])


def _run(run: str | Bound, site: str) -> Run:
    if isinstance(run, str):
        return run
    return Linked(run.text, site + run.url) if run.url else run.text


def each_once(bounds: Iterable[Bound]) -> Iterable[Bound]:
    """One for each figure, in order: value, change and verdict of a rate are one figure."""
    seen: set[tuple[str, ...]] = set()
    for bound in bounds:
        if bound.figure not in seen:
            seen.add(bound.figure)
            yield bound


def _in_order(sections: Iterable[Section], figures: Mapping[str, Bound]) -> Iterable[Bound]:
    runs = (run for section in sections for line in pieces(section.text, figures) for run in line)
    return each_once(run for run in runs if isinstance(run, Bound))


def _annex(used: Iterable[Bound], site: str) -> Table:
    rows = [
        (
            str(number),
            _run_titled(bound, site),
            bound.period,
            bound.place,
            bound.value_text,
            bound.numerator,
            bound.denominator,
            KINDS.get(bound.kind, bound.kind),
            bound.definition,
            bound.snapshot[:12],
        )
        for number, bound in enumerate(used, start=1)
    ]
    return Table(ANNEX_HEAD, rows, ANNEX_WIDTHS, landscape=True, title="附：数字来源")


def _run_titled(bound: Bound, site: str) -> Run:
    return Linked(bound.title, site + bound.url) if bound.url else bound.title


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
