"""One indicator: what it says, where it stands, how it splits; and the people behind a figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import check_allowed, is_allowed
from kangshu.audit import log
from kangshu.declare.indicator import Counts, Indicator
from kangshu.documents.sheet import Sheet, write_workbook
from kangshu.figures.models import Target
from kangshu.indicators import board, closed, lineage, opening
from kangshu.indicators.actions import set_target
from kangshu.indicators.engine import outside
from kangshu.indicators.engine.compute import Question, compute_all, find_indicator
from kangshu.indicators.engine.splits import OF_A_PERSON, PLACES, Dimension, parse_dimensions
from kangshu.indicators.listing import explained
from kangshu.indicators.opened_list import SHEET_TYPE, write_sheet
from kangshu.indicators.pages.asking import Asked, asked_by
from kangshu.indicators.reported import figures_of, reported
from kangshu.indicators.tables import values_of
from kangshu.indicators.tiles import tile_map
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text

PER_PAGE = 50
SPLITS = (
    (Dimension.CENTRE, gettext_lazy("Centre or hospital")),
    (Dimension.INSTITUTION, gettext_lazy("Institution")),
    (Dimension.TOWNSHIP, gettext_lazy("Township")),
    (Dimension.VILLAGE, gettext_lazy("Village")),
    (Dimension.DOCTOR, gettext_lazy("Doctor")),
    (Dimension.MONTH, gettext_lazy("Month")),
    (Dimension.SEX, gettext_lazy("Sex")),
    (Dimension.AGE_GROUP, gettext_lazy("Age")),
)


@page("read.indicator", methods=("GET",))
def indicator(request: ActorRequest, indicator_id: str) -> HttpResponse:
    """The definition in words, the figure, and one split of it."""
    found = find_indicator(indicator_id)
    asked = asked_by(request)
    by = _split(request, asked)
    question = Question(asked.period, within=asked.place.path)
    (whole,) = compute_all([found], question, asked.store)
    (split,) = compute_all([found], Question(asked.period, (by,), within=asked.place.path), asked.store)
    (card,) = board.cards([found], asked.period, asked.place, asked.store)
    beside = [
        reported(report, figure, asked.period, asked.place.path) for report, figure in figures_of(found.id)
    ]
    described = explained(found)
    # An inspector reads figures and sees nobody: a link to people would only lead to a refusal.
    opens = is_allowed(request.actor, "read.resident")
    context = {
        "asked": asked,
        "indicator": found,
        "explained": described,
        "parameters": [(Text(**one["name"]), one) for one in described["parameters"]],
        "source": lineage.norm_of(found),
        "reporting_year": lineage.reporting_year(found),
        "statement": asked.address("statement", found.id),
        "row": whole.only,
        "card": card,
        "gap": (whole.only.denominator or 0) - (whole.only.numerator or 0),
        "by": str(by),
        "splits": [(str(one), label) for one, label in _splits_of(found)],
        "tiles": _tiles(found, asked),
        "fragments": [asked.address(name, found.id) for name in ("course", "quality")],
        "sheet": asked.address("sheet", found.id, by=str(by)),
        "corrections": closed.corrections(found, asked.place, whole),
        "rows": [_line(one, by, found, asked, opens) for one in _ranked(found, by, _named(asked, by, split))],
        "parts": _parts(found, asked) if opens else {},
        "estimated": "denominator" not in opening.parts_of(found),
        "reported": beside,
        "may_set": is_allowed(request.actor, "set.target"),
    }
    return TemplateResponse(request, "indicators/indicator.html", context)


def _splits_of(found: Indicator) -> list[tuple[Dimension, Any]]:
    """An entry of a logbook has no sex and no age."""
    return [
        (one, label) for one, label in SPLITS if found.counts is not Counts.ENTRIES or one not in OF_A_PERSON
    ]


def _tiles(found: Indicator, asked: Asked) -> Any:
    """The townships, where the place has more than one."""
    if asked.place.parent_id is not None:
        return None
    question = Question(asked.period, (Dimension.TOWNSHIP,), within=asked.place.path)
    (result,) = compute_all([found], question, asked.store)
    found_tiles = tile_map(found, board.named(asked.store, Dimension.TOWNSHIP, result))
    return found_tiles if len(found_tiles.tiles) > 1 else None


def _ranked(found: Indicator, by: Dimension, rows: list[board.Ranked]) -> list[board.Ranked]:
    """Places best first; ages, sexes and months as they come."""
    if by not in (*PLACES, Dimension.DOCTOR):
        return rows
    return board.best_first(found, rows)


def _split(request: ActorRequest, asked: Asked) -> Dimension:
    chosen = parse_dimensions(request.GET.get("by", ""))
    if chosen:
        return chosen[0]
    return Dimension.CENTRE if asked.place.parent_id is None else Dimension.INSTITUTION


def _named(asked: Asked, by: Dimension, split: Any) -> list[board.Ranked]:
    found = board.named(asked.store, by, split)
    if by is Dimension.DOCTOR:
        from kangshu.places.models import Staff

        names = dict(
            Staff.objects.filter(pk__in=[one.key for one in found if one.key]).values_list("pk", "name")
        )
        return [
            board.Ranked(
                one.row, one.key, next((name for id, name in names.items() if str(id) == one.key), "—")
            )
            for one in found
        ]
    if by is Dimension.SEX:
        words = {"1": _("male"), "2": _("female")}
        return [board.Ranked(one.row, one.key, words.get(one.key, _("unknown"))) for one in found]
    return found


def _line(one: board.Ranked, by: Dimension, found: Indicator, asked: Asked, opens: bool) -> dict[str, Any]:
    narrowed = {} if one.row.suppressed else {str(by): one.key}
    opens = opens and not one.row.suppressed
    return {
        "name": one.name,
        "row": one.row,
        "numerator_url": asked.address("open", indicator=found.id, part="numerator", **narrowed)
        if opens
        else "",
        "denominator_url": asked.address("open", indicator=found.id, part="denominator", **narrowed)
        if opens and (found.denominator is not None or found.divided_by)
        else "",
        "gap_url": asked.address("open", indicator=found.id, part="gap", **narrowed)
        if opens and found.is_share
        else "",
        "gap": (one.row.denominator or 0) - (one.row.numerator or 0) if found.is_share else None,
    }


def _parts(found: Indicator, asked: Asked) -> dict[str, str]:
    return {name: asked.address("open", indicator=found.id, part=name) for name in opening.parts_of(found)}


# ---------------------------------------------------------------- the people behind a figure


def _opened(request: ActorRequest, asked: Asked) -> opening.Opened:
    found = find_indicator(request.GET.get("indicator", ""))
    where = {str(one): request.GET[str(one)] for one in Dimension if str(one) in request.GET}
    question = Question(asked.period, within=asked.place.path)
    return opening.members(found, question, request.GET.get("part", "numerator"), asked.store, where)


@page("read.resident", methods=("GET",))
def open_figure(request: ActorRequest) -> HttpResponse:
    """Who stands behind a figure, as far as the reader may see them."""
    asked = asked_by(request)
    opened = _opened(request, asked)
    listed = opening.listed(opened, limit=None)
    shown = Paginator(listed.lines, PER_PAGE).get_page(request.GET.get("page"))
    where = {str(one): request.GET[str(one)] for one in Dimension if str(one) in request.GET}
    log.write(
        by=request.actor,
        action="figure.opened",
        about=("indicator", opened.indicator.id),
        detail={"period": str(asked.period), "part": opened.part, "shown": listed.total},
    )
    tabs = {
        part: asked.address("open", indicator=opened.indicator.id, part=part, **where)
        for part in opening.parts_of(find_indicator(request.GET.get("indicator", "")))
    }
    context = {
        "asked": asked,
        "opened": opened,
        "listed": listed,
        "page": shown,
        "tabs": tabs,
        "entry_page": outside.registered().url_name if opened.indicator.counts is Counts.ENTRIES else "",
        "back": asked.address("indicator", opened.indicator.id),
        "export": f"{reverse('indicators:export')}?{request.GET.urlencode()}",
        "may_export": is_allowed(request.actor, "export.data"),
    }
    return TemplateResponse(request, "indicators/open.html", context)


@page("export.data", methods=("GET",))
def export_figure(request: ActorRequest) -> HttpResponse:
    """The same list as a spreadsheet that says who took it, when, and from which snapshot."""
    check_allowed(request.actor, "read.resident")
    asked = asked_by(request)
    opened = _opened(request, asked)
    listed = opening.listed(opened, limit=None)
    target = BytesIO()
    write_sheet(
        target, opened, listed, asked.period, asked.place.name, asked.store.name,
        taken_by=request.actor.name, taken_at=timezone.localtime(), language=get_language() or "",
    )  # fmt: skip
    log.write(
        by=request.actor,
        action="data.exported",
        about=("indicator", opened.indicator.id),
        detail={"rows": listed.total, "part": opened.part},
    )
    response = HttpResponse(target.getvalue(), content_type=SHEET_TYPE)
    response["Content-Disposition"] = (
        f'attachment; filename="{opened.indicator.id}-{asked.period}-{opened.part}.xlsx"'
    )
    return response


@page("read.indicator", methods=("GET",))
def export_split(request: ActorRequest, indicator_id: str) -> HttpResponse:
    """The split on the page as a spreadsheet: counts only, nobody's name."""
    found = find_indicator(indicator_id)
    asked = asked_by(request)
    by = _split(request, asked)
    (split,) = compute_all([found], Question(asked.period, (by,), within=asked.place.path), asked.store)
    language = get_language() or ""
    head = [str(dict(SPLITS)[by]), *(str(_(word)) for word in ("Counted", "Out of", "Value"))]
    rows = [[one.name, *values_of(one.row, language)] for one in _ranked(found, by, _named(asked, by, split))]
    title = (
        f"{found.title.in_language(language)} {asked.period.title().in_language(language)} {asked.place.name}"
    )
    note = f"{found.id} v{found.version} · {asked.store.name}"
    target = BytesIO()
    write_workbook(target, Sheet(title, note, head, rows))
    response = HttpResponse(target.getvalue(), content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{found.id}-{asked.period}-{by}.xlsx"'
    return response


# ---------------------------------------------------------------- targets


class TargetForm(forms.Form):
    """What a place is to reach in a year."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2009, max_value=2100)
    value = forms.CharField(label=gettext_lazy("Target"))
    from_on = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    source = forms.CharField(label=gettext_lazy("Document that set it"), required=False, max_length=200)

    def clean_value(self) -> Decimal:
        try:
            return Decimal(self.cleaned_data["value"].strip().rstrip("%‰"))
        except InvalidOperation:
            raise forms.ValidationError(_("Write a number.")) from None


@page("set.target")
def targets(request: ActorRequest, indicator_id: str) -> HttpResponse:
    """Targets of a place, and a new one."""
    found = find_indicator(indicator_id)
    asked = asked_by(request)
    today = timezone.localdate()
    form = TargetForm(request.POST or None, initial={"year": today.year, "from_on": date(today.year, 1, 1)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_target(
                indicator_id=found.id, year=given["year"], institution=asked.place, value=given["value"],
                from_on=given["from_on"], source=given["source"], by=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refusal.message.in_language(get_language() or ""))
        else:
            messages.success(request, _("The target is set."))
            return redirect(asked.address("indicator", found.id))
    rows = Target.objects.filter(indicator=found.id, place=str(asked.place.pk)).order_by("-year", "-from_on")
    context = {"asked": asked, "indicator": found, "form": form, "rows": rows}
    return TemplateResponse(request, "indicators/targets.html", context)
