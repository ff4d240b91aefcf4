"""Auditing a summary that somebody wrote: a file in, the document with findings beside it out, or as Word.

Nothing of the file is kept: it may be another bureau's paper. Its figures are, where somebody asks
for it, as the history of their institution, with which the next summary is compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.documents.word import WORD_TYPE
from kangshu.indicators import board
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import parse_period
from kangshu.kernel.text import Text
from kangshu.summaries import history
from kangshu.summaries.audit.auditing import audit_text, history_of
from kangshu.summaries.audit.commenting import LEVELS, with_comments
from kangshu.summaries.audit.margin import lines_of
from kangshu.summaries.audit.readers.document import MAX_BYTES, read_bytes
from kangshu.summaries.audit.values import LEVEL_ORDER, Audit, Kind
from kangshu.summaries.binding import Bound, Setting, bind
from kangshu.summaries.refusals import SummaryNotFound

NO_FILE = Text("请先选择文件。", "Choose a file first.")
TOO_LARGE = Text("文件超过50 MB，请拆分后再审核。", "The file is above 50 MB; split it first.")
KINDS = {
    Kind.RATE: Text("比率", "Rate"),
    Kind.UNREACHABLE_RATE: Text("无整数可得的比率", "Unreachable rate"),
    Kind.PARTS_AND_TOTAL: Text("分项与总数", "Parts and total"),
    Kind.PART_EXCEEDS_WHOLE: Text("部分大于总数", "Part above whole"),
    Kind.SAME_QUANTITY_TWO_VALUES: Text("前后不一", "Told twice"),
    Kind.RATES_INCOMPATIBLE: Text("比率互相矛盾", "Rates incompatible"),
    Kind.PRODUCT: Text("单价与数量", "Price and quantity"),
    Kind.COMPLETION: Text("任务完成", "Completion"),
    Kind.CHANGE: Text("增减幅度", "Change"),
    Kind.UNIT: Text("单位", "Unit"),
    Kind.MAGNITUDE: Text("数量级", "Magnitude"),
    Kind.DATE: Text("日期", "Date"),
    Kind.CLASSIFICATION: Text("传染病分类", "Disease class"),
    Kind.NUMBERING: Text("序号", "Numbering"),
}
COLOURS = {"proven": "bad", "near_certain": "attention", "ask": "info"}


MOST_BESIDE = 12


@dataclass(frozen=True)
class Beside:
    """A written figure and what the county's own data gives for the same indicator and period."""

    words: str
    subject: str
    computed: Bound


@page("read.summary")
def audit(request: ActorRequest) -> HttpResponse:
    """The form; with a file, the audited document or the Word file with comments."""
    place = board.place_for(request.actor, None)
    may_keep = place is not None and is_allowed(request.actor, "write.summary")
    context: dict[str, Any] = {"may_keep": may_keep, "place": place}
    if request.method == "POST":
        try:
            content, name = _uploaded(request)
            document = read_bytes(content, name)
            told = history_of(document.text, document.name)
            earlier = history.earlier_of(place) if place is not None else ()
            audited = audit_text(document.text, document.name, earlier)
            if "word" in request.POST:
                return _as_word(audited, content if content.startswith(b"PK") else None)
            if "keep" in request.POST:
                if place is None:
                    raise SummaryNotFound
                kept = history.keep_history(
                    figures=told, institution=place, by=request.actor, now=timezone.now()
                )
                context["kept"] = kept
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            context |= _shown(audited)
            context["period"] = told[0].period if told else ""
            context["beside"] = _beside(request, audited, context["period"])
            context["compared"] = sorted({one.document for one in earlier})
    status = 400 if "refusal" in context else 200
    return TemplateResponse(request, "summaries/audit.html", context, status=status)


@page("read.summary")
def reported_history(request: ActorRequest) -> HttpResponse:
    """What the old summaries of one's institution reported, by name through the years."""
    place = board.place_for(request.actor, None)
    series = history.series_of(place) if place is not None else []
    periods = sorted({period for one in series for period, _, _ in one.points})
    context = {
        "place": place,
        "rows": [(one, _by_period(one, periods)) for one in series],
        "periods": periods,
    }
    return TemplateResponse(request, "summaries/history.html", context)


def _by_period(series: history.Series, periods: list[str]) -> list[list[tuple[str, str]]]:
    """For each period what was said in it, with the document; nothing where none did."""
    return [[(words, document) for said, words, document in series.points if said == one] for one in periods]


def _beside(request: ActorRequest, audited: Audit, period: str) -> list[Beside]:
    """Written figures that name an indicator of the catalogue, with the computed one of the same period."""
    place = board.place_for(request.actor, None)
    if not period or place is None or not board.has_snapshot():
        return []
    setting = Setting(
        board.store_for(request.actor), parse_period(period), place, board.reach_of(request.actor)
    )
    first: dict[str, Any] = {}
    for figure in audited.figures:
        if (
            figure.indicator
            and figure.value is not None
            and figure.period in (None, period[:4], f"{period[:4]}年")
        ):
            first.setdefault(figure.indicator, figure)
    asked = list(first.items())[:MOST_BESIDE]
    bound = bind([f"[[{indicator}]]" for indicator, _ in asked], setting)
    found = [(figure, bound.get(indicator)) for indicator, figure in asked]
    return [
        Beside(one.quote.text, one.subject, value) for one, value in found if value and not value.is_missing
    ]


def _uploaded(request: ActorRequest) -> tuple[bytes, str]:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refusal("audit.no_file", NO_FILE, "file")
    if (upload.size or 0) > MAX_BYTES:
        raise Refusal("audit.too_large", TOO_LARGE, "file")
    return upload.read(), upload.name or ""


def _shown(audited: Audit) -> dict[str, Any]:
    counts = Counter(finding.level for finding in audited.findings)
    return {
        "audit": audited,
        "lines": lines_of(audited),
        "levels": [(str(level), LEVELS[level], COLOURS[level], counts[level]) for level in LEVEL_ORDER],
        "kinds": {str(kind): title for kind, title in KINDS.items()},
        "held": [(KINDS[one.kind], one) for one in audited.held],
    }


def _as_word(audited: Audit, content: bytes | None) -> HttpResponse:
    body = with_comments(audited, content, language=get_language() or "zh-hans")
    response = HttpResponse(body, content_type=WORD_TYPE)
    name = f"{PurePath(audited.document).stem}.audit.docx"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
