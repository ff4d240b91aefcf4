"""Major public-health projects: the year's board, one with its ledger of persons, stating and settling."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.appraisal import programmes
from kangshu.appraisal.models import Programme
from kangshu.appraisal.pages.typed import decimal_of, refused, uuid_of, whole_of
from kangshu.appraisal.programmes import FUND, KEEP, OFFERS, SETTLE, Terms
from kangshu.appraisal.refusals import ThingNotFound, bad
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.documents.sheet import SHEET_TYPE, Sheet, write_workbook
from kangshu.kernel.dates import china_today
from kangshu.kernel.text import Text
from kangshu.places.models import Institution

PAGE = 50
READ = "read.resident"


@page(READ, methods=("GET", "HEAD"))
def board_of_programmes(request: ActorRequest) -> HttpResponse:
    """Every programme of `?year=` with its completion and money, as far as the reader sees."""
    year = _year(request)
    context = {
        "year": year,
        "years": [china_today().year + step for step in (-1, 0, 1)],
        "rows": programmes.standings(year),
        "offers": list(enumerate(OFFERS)),
        "may_keep": is_allowed(request.actor, KEEP),
    }
    return TemplateResponse(request, "appraisal/programmes.html", context)


@page(READ)
def programme(request: ActorRequest, programme_id: UUID) -> HttpResponse:
    """One programme: by institution, and the ledger of persons; the bureau settles here."""
    found = _find(programme_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        paid: list[Any] = []
        context = refused(lambda: paid.append(_settle(request, found)))
        if not context:
            messages.success(request, _("Paid %(amount)s yuan.") % {"amount": paid[0]})
            return HttpResponseRedirect(reverse("appraisal:programme", args=[found.pk]))
    standing = programmes.standing_of(found)
    place = request.GET.get("institution", "")
    people = [one for one in standing.people if not place or str(one.institution.pk) == place]
    context |= {
        "programme": found,
        "standing": standing,
        "form": registry.form(found.form),
        "choice": _choice(found),
        "place": place,
        "page": Paginator(people, PAGE).get_page(request.GET.get("page")),
        "may_keep": is_allowed(request.actor, KEEP),
        "may_settle": is_allowed(request.actor, SETTLE),
        "may_export": is_allowed(request.actor, "export.data"),
        "fund": FUND,
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/programme.html", context, status=status)


def _settle(request: ActorRequest, found: Programme) -> Any:
    place = uuid_of(request.POST.get("institution"))
    if place is None or not Institution.objects.filter(pk=place).exists():
        raise ThingNotFound
    return programmes.settle(
        programme=found.pk, institution=place, on=china_today(), by=request.actor, now=timezone.now()
    )


@page(KEEP)
def edit_programme(request: ActorRequest, programme_id: UUID | None = None) -> HttpResponse:
    """The facts of a programme, or a new one; `?offer=` begins with a usual one."""
    found = _find(programme_id) if programme_id else None
    context: dict[str, Any] = {}
    if request.method == "POST":
        made: list[Programme] = []
        context = refused(
            lambda: made.append(
                programmes.set_programme(
                    programme=programme_id, terms=_terms(request), by=request.actor, now=timezone.now()
                )
            )
        )
        if not context:
            return HttpResponseRedirect(reverse("appraisal:programme", args=[made[0].pk]))
    context |= {
        "programme": found,
        "given": request.POST or _known(found) or _offered(request),
        "groups": programmes.forms_offered(),
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/edit_programme.html", context, status=status)


def _known(found: Programme | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = ("year", "title", "population", "form", "field", "code", "task", "subsidy", "times", "source")
    ages = {name: "" if getattr(found, name) is None else getattr(found, name) for name in _AGES}
    return {name: getattr(found, name) for name in names} | ages


_AGES = ("age_from", "age_to")


def _offered(request: ActorRequest) -> dict[str, Any]:
    number = request.GET.get("offer", "")
    given: dict[str, Any] = {"year": china_today().year, "times": 1}
    if number.isdecimal() and int(number) < len(OFFERS):
        one, language = OFFERS[int(number)], get_language() or ""
        given |= {
            "title": one.title.in_language(language),
            "population": one.population.in_language(language),
            "form": one.form,
            "times": one.times,
            "field": one.field,
            "code": one.code,
            "age_from": "" if one.age_from is None else one.age_from,
            "age_to": "" if one.age_to is None else one.age_to,
        }
    return given


def _terms(request: ActorRequest) -> Terms:
    given = request.POST
    year = whole_of(request, "year")
    if not 2009 <= year <= china_today().year + 1:
        raise bad("year", "range", "请填写年度。", "Give the year.", year)
    return Terms(
        year=year,
        title=given.get("title", "")[:100],
        population=given.get("population", "")[:200],
        form=given.get("form", ""),
        task=whole_of(request, "task"),
        subsidy=decimal_of(request, "subsidy"),
        times=whole_of(request, "times"),
        field=given.get("field", "").strip(),
        code=given.get("code", "").strip(),
        age_from=_age(request, "age_from"),
        age_to=_age(request, "age_to"),
        source=given.get("source", "")[:200],
    )


def _age(request: ActorRequest, name: str) -> int | None:
    return min(whole_of(request, name), 150) if request.POST.get(name, "").strip() else None


@page("export.data", methods=("GET",))
def export(request: ActorRequest, programme_id: UUID) -> HttpResponse:
    """The ledger of persons as a spreadsheet."""
    found = _find(programme_id)
    standing = programmes.standing_of(found)
    rows = [
        (
            one.person.name, one.institution.name, "、".join(f"{row.performed_on}" for row in one.records),
            len(one.records), one.amount, one.paid, one.open,
        )
        for one in standing.people
    ]  # fmt: skip
    head = [
        _("Name"),
        _("Institution"),
        _("Days served"),
        _("Times served"),
        _("Entitled (yuan)"),
        _("Paid (yuan)"),
        _("Open (yuan)"),
    ]
    note = _("Taken by %(name)s on %(day)s") % {
        "name": request.actor.name,
        "day": china_today().isoformat(),
    }
    made = BytesIO()
    write_workbook(made, Sheet(found.title[:30], note, head, rows))
    log.write(by=request.actor, action="data.exported", about=found, detail={"rows": len(rows)})
    response = HttpResponse(made.getvalue(), content_type=SHEET_TYPE)
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{found.title}-{found.year}.xlsx") or "attachment"
    )
    return response


def _choice(found: Programme) -> str:
    """What a record must answer, in words; "" where every record counts."""
    if not found.field:
        return ""
    language = get_language() or ""
    asked = registry.form(found.form).field(found.field)
    title = next((one.title.in_language(language) for one in asked.choices if one.code == found.code), "")
    said = Text("{question}：{answer}", "{question}: {answer}").in_language(language)
    return said.format(question=asked.title.in_language(language), answer=title or found.code)


def _year(request: ActorRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and len(text) == 4 else china_today().year


def _find(programme_id: UUID) -> Programme:
    found = Programme.objects.filter(pk=programme_id).first()
    if found is None:
        raise ThingNotFound
    return found
