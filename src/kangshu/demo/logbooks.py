"""A few entries in every logbook, so that none looks dead: made from the declaration, as a form would accept
them, with their stages; no recipe is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from kangshu.declare import registry
from kangshu.declare.form import FieldType, Form
from kangshu.declare.logbook import Logbook, StageBy
from kangshu.demo.filling import ordinary
from kangshu.demo.institutions import Establishment, Place
from kangshu.demo.options import Options
from kangshu.fieldwork.models import Entry, Site, StageRecord
from kangshu.fieldwork.rules import DoneStage, counted_on, due_on, owed_periods, standing_of
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import new_id
from kangshu.work.validation import AnswerContext, check_answers

KEEPERS, SITES, ENTRIES = 4, 2, 5
"""So many institutions keep each logbook, with so many sites and entries each."""
TRIES = 8


@dataclass
class _Sitting:
    """What an ordinary answer depends on."""

    on: date
    random: Random
    doctor: str = "示例"


@dataclass
class _Made:
    sites: list[Site]
    entries: list[Entry]
    stages: list[StageRecord]


def load_logbooks(establishment: Establishment, options: Options, using: str) -> dict[str, int]:
    """Store the sites, entries and stages of every open logbook; gives how many of each."""
    made = _Made([], [], [])
    shared: dict[tuple[str, UUID], list[Site]] = {}
    for logbook in registry.logbooks():
        if not logbook.confidentiality:
            _make(logbook, establishment, options, made, shared)
    Site.objects.using(using).bulk_create(made.sites)
    Entry.objects.using(using).bulk_create(made.entries)
    StageRecord.objects.using(using).bulk_create(made.stages)
    return {
        "fieldwork_site": len(made.sites),
        "fieldwork_entry": len(made.entries),
        "fieldwork_stagerecord": len(made.stages),
    }


def _make(
    logbook: Logbook,
    establishment: Establishment,
    options: Options,
    made: _Made,
    shared: dict[tuple[str, UUID], list[Site]],
) -> None:
    random = Random(f"{options.seed}/{logbook.id}")
    keepers = [place for place in establishment if not logbook.keepers or place.kind in logbook.keepers]
    overseer = next((place.path for place in establishment if place.kind == logbook.overseer), "")
    for place in keepers[:KEEPERS]:
        sites: list[Site | None] = [None]
        if logbook.site is not None:
            key = (logbook.site.id, place.id)
            if key not in shared:
                shared[key] = list(_sites(logbook, place, overseer, options, random))
                made.sites += shared[key]
            sites = list(shared[key])
        for site, performed_on, period in _occasions(logbook, sites, options, random):
            _enter(logbook, place, overseer, site, performed_on, period, random, made, options)


def _occasions(
    logbook: Logbook, sites: list[Site | None], options: Options, random: Random
) -> Iterator[tuple[Site | None, date, Any]]:
    """When an entry was made, about what, for which period; the last period of some stays silent."""
    if logbook.due is not None and logbook.due.once:
        over = [
            one for one in owed_periods(logbook.due, options.today, ENTRIES + 1) if one.last < options.today
        ]
        for site in sites:
            for period in over[random.choice((0, 0, 1)) :]:
                on = min(due_on(logbook.due, period), options.today)
                yield site, on - timedelta(days=random.randrange(3)), period
        return
    for _ in range(ENTRIES):
        yield random.choice(sites), options.today - timedelta(days=random.randrange(1, 240)), None


def _sites(logbook: Logbook, place: Place, overseer: str, options: Options, random: Random) -> Iterator[Site]:
    assert logbook.site is not None
    opened = date(options.today.year - 1, 1, 4)
    for number in range(1, SITES + 1):
        particulars = _filled(logbook.site.form, opened, random)
        if particulars is None:
            continue
        yield Site(
            id=new_id(), kind=logbook.site.id, name=f"{place.name}示例{logbook.site.title.zh}{number}",
            form_version=logbook.site.form.version, particulars=particulars, institution_id=place.id,
            region_id=place.region, registered_on=opened, changed_at=datetime.combine(opened, time(9), CHINA),
            scope_path=place.path, overseer_path=overseer, compartment="",
        )  # fmt: skip


def _enter(
    logbook: Logbook, place: Place, overseer: str, site: Site | None, on: date, period: Any, random: Random,
    made: _Made, options: Options,
) -> None:  # fmt: skip
    answers = _filled(logbook.form, on, random)
    if answers is None:
        return
    particulars = None if site is None else site.particulars
    done: list[DoneStage] = []
    standing = standing_of(logbook, on, answers, done, particulars)
    entry_id, at = new_id(), datetime.combine(on, time(10), CHINA)
    while standing.next_stage and random.random() < 0.7:
        stage = logbook.stage(standing.next_stage)
        day = min(
            (done[-1].performed_on if done else on) + timedelta(days=random.randrange(1, 6)), options.today
        )
        given = {} if stage.form is None else _filled(stage.form, day, random)
        if given is None:
            break
        done.append(DoneStage(stage.id, day, given))
        form = stage.form
        made.stages.append(
            StageRecord(
                id=new_id(), entry_id=entry_id, stage=stage.id, form_id="" if form is None else form.id,
                form_version=1 if form is None else form.version, answers=given, performed_on=day,
                institution_id=place.id, entered_at=datetime.combine(day, time(15), CHINA),
                entered_by_name="示例经办" if stage.by is StageBy.KEEPER else "示例主管",
                scope_path=place.path, overseer_path=overseer,
            )
        )  # fmt: skip
        standing = standing_of(logbook, on, answers, done, particulars)
    made.entries.append(
        Entry(
            id=entry_id, logbook=logbook.id, form_id=logbook.form.id, form_version=logbook.form.version,
            answers=answers, performed_on=on, counted_on=counted_on(on, period),
            period="" if period is None else str(period), institution_id=place.id, site=site,
            stage=standing.stage, next_stage=standing.next_stage, next_due_on=standing.next_due_on,
            ends_on=standing.ends_on, facts=dict(standing.facts), entered_by_name="示例经办", entered_at=at,
            reported_at=at, scope_path=place.path, overseer_path=overseer,
        )
    )  # fmt: skip


def _filled(form: Form, on: date, random: Random) -> dict[str, Any] | None:
    """Answers that the platform accepts; None when chance found none."""
    for _ in range(TRIES):
        answers = _drawn(form, on, random)
        for _ in range(TRIES):
            checked = check_answers(form, answers, AnswerContext(on))
            if not checked.problems:
                return dict(checked.answers)
            for problem in checked.problems:
                field = next((one for one in form.fields if one.name == problem.field), None)
                if field is not None:
                    answers[field.name] = _answer(field, on, random)
    return None


def _drawn(form: Form, on: date, random: Random) -> dict[str, Any]:
    return {
        field.name: _answer(field, on, random)
        for field in form.fields
        if field.type not in (FieldType.COMPUTED, FieldType.ROWS)
        and (field.required is not False or random.random() < 0.5)
    }


def _answer(field: Any, on: date, random: Random) -> Any:
    if field.type is FieldType.CHOICE:
        return random.choice(field.choices).code
    if field.type is FieldType.YES_NO:
        return random.random() < 0.7
    if field.type is FieldType.TEXT or field.type is FieldType.LONG_TEXT:
        return f"示例{field.title.zh}"[: field.max_length or 60]
    if field.type is FieldType.DATE:
        later = "until" in field.name or field.name.endswith("_by")
        return (on + timedelta(days=random.randrange(30, 900) if later else 0)).isoformat()
    return ordinary(field, _Sitting(on, random))  # type: ignore[arg-type]
