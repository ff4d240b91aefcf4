"""Starting an appraisal (the sample is drawn, the advance paid), scoring it, and its last step, the money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.db import connection, transaction

from kangshu.access.roles import check_allowed
from kangshu.appraisal import payments
from kangshu.appraisal.drafting import RUN, scale_of
from kangshu.appraisal.models import Appraisal, Check, Drawn, Entry, Line, LineScore, Stratum
from kangshu.appraisal.refusals import (
    AppealsOpen,
    ChecksMissing,
    NobodyToAppraise,
    NoSnapshot,
    SheetNotComplete,
    ThingNotFound,
    WrongState,
    bad,
)
from kangshu.appraisal.sampling import allotted, positions, start_of
from kangshu.appraisal.scoring import Counted, Source, multiplied, points_for, ranked, true_share
from kangshu.appraisal.settling import Entrant, Rest, Terms, advances, settle
from kangshu.appraisal.states import after
from kangshu.audit import log
from kangshu.authenticity.models import Look
from kangshu.declare.indicator import Indicator
from kangshu.indicators import board
from kangshu.indicators.actions import pin_snapshot
from kangshu.indicators.engine.compute import Question, compute_all, find_indicator, is_possible
from kangshu.kernel.actor import Actor
from kangshu.kernel.periods import Period, parse_period
from kangshu.places.scope import path_range

FINISH = "finish.appraisal"
WHOLE = Decimal(100)
APPEAL_DAYS = 15


def moved(appraisal: UUID, act: str) -> Appraisal:
    """The appraisal, locked, in the state its act leads to. Raises ThingNotFound, WrongState."""
    found = Appraisal.objects.select_for_update().filter(pk=appraisal).first()
    if found is None:
        raise ThingNotFound
    state = after(found.state, act)
    if state is None:
        raise WrongState(found.state)
    found.state = state
    return found


# ------------------------------------------------------------ start


def start(*, appraisal: UUID, seed: str, on: date, by: Actor, now: datetime) -> Appraisal:
    """Draw the sample from a seed that was drawn in public, pay the advances, and let the checks begin.

    Raises BadInput without a seed, FundShort, NobodyToAppraise, NotAllowed, SheetNotComplete,
    ThingNotFound, WrongState.
    """
    check_allowed(by, RUN)
    seed = seed.strip()
    if not 1 <= len(seed) <= 40:
        raise bad("seed", "required", "请填写抽样随机数。", "Give the number the draw begins from.")
    with transaction.atomic():
        found = moved(appraisal, "start")
        lines, entries = list(found.lines.all()), list(found.entries.select_related("institution"))
        weights = sum((line.weight for line in lines), Decimal(0))
        if weights != WHOLE:
            raise SheetNotComplete(weights)
        if not any(entry.residents for entry in entries):
            raise NobodyToAppraise
        found.seed, found.look = seed, _look_of(parse_period(found.period))
        drawn = _draw(found, entries, [line for line in lines if line.source == Source.SAMPLE])
        _pay_advances(found, entries, on, by, now)
        found.save()
        log.write(by=by, action="appraisal.started", about=found, detail={"seed": seed, "drawn": drawn})
    return found


def _look_of(period: Period) -> Look | None:
    """The latest authenticity check of a time that touches the period."""
    looks = Look.objects.order_by("-at")[:50]
    return next((look for look in looks if parse_period(look.period).overlaps(period)), None)


def _draw(appraisal: Appraisal, entries: Sequence[Entry], lines: Sequence[Line]) -> int:
    signed = _signed(appraisal.look)
    number = 0
    for entry in entries:
        chosen: list[tuple[Stratum, tuple[UUID, UUID, str]]] = []
        for line in lines:
            chosen += _drawn_for(appraisal, entry, line, signed)
        # Mixed, so that whoever checks cannot tell which records have a sign.
        Random(f"{appraisal.seed} {entry.institution.code} order").shuffle(chosen)
        Drawn.objects.bulk_create(
            Drawn(
                stratum=stratum, entry=entry, record_id=record, person_id=person, scope_path=path,
                position=position,
            )
            for position, (stratum, (record, person, path)) in enumerate(chosen, start=1)
        )  # fmt: skip
        number += len(chosen)
    return number


def _signed(look: Look | None) -> set[UUID]:
    if look is None:
        return set()
    return {record for one in look.suspicions.all() for record in one.records}


def _drawn_for(
    appraisal: Appraisal, entry: Entry, line: Line, signed: set[UUID]
) -> list[tuple[Stratum, tuple[UUID, UUID, str]]]:
    records = _records(entry.scope_path, parse_period(appraisal.period), line.forms)
    groups = [[row for row in records if (row[0] in signed) is has_sign] for has_sign in (True, False)]
    numbers = allotted([len(group) for group in groups], [appraisal.sign_weight, 1], appraisal.sample_size)
    found = []
    for has_sign, group, number in zip((True, False), groups, numbers, strict=True):
        if not group:
            continue
        start = start_of(appraisal.seed, f"{entry.institution.code} {line.position} {has_sign}")
        stratum = Stratum.objects.create(
            entry=entry, line=line, scope_path=entry.scope_path, signed=has_sign, size=len(group),
            number=number, start=start,
        )  # fmt: skip
        found += [(stratum, group[place]) for place in positions(len(group), number, start)]
    return found


def _records(path: str, period: Period, forms: Sequence[str]) -> list[tuple[UUID, UUID, str]]:
    """Records to draw from, by clinic, day and id: a systematic draw then spreads over clinics and days."""
    low, high = path_range(path)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.person_id, r.scope_path FROM work_record r"
            " JOIN places_institution i ON i.id = r.institution_id"
            " WHERE r.status = 'current' AND r.compartment = '' AND r.form_id = ANY (%s)"
            " AND r.performed_on BETWEEN %s AND %s AND i.path >= %s AND i.path < %s"
            " ORDER BY i.path, r.performed_on, r.id",
            [list(forms), period.first, period.last, low, high],
        )
        return list(cursor.fetchall())


def _pay_advances(appraisal: Appraisal, entries: Sequence[Entry], on: date, by: Actor, now: datetime) -> None:
    paid = advances(terms_of(appraisal), [entry.residents for entry in entries])
    for entry, (base, advance) in zip(entries, paid, strict=True):
        entry.base, entry.advance = base, advance
        entry.save(update_fields=["base", "advance"])
        payments.pay(entry, "advance", advance, on, by, now, appraisal.title)


def terms_of(appraisal: Appraisal) -> Terms:
    return Terms(
        appraisal.pool,
        appraisal.advance_percent,
        appraisal.full_from,
        appraisal.nothing_under,
        Rest(appraisal.rest),
    )


# ------------------------------------------------------------ score


def score(*, appraisal: UUID, by: Actor, now: datetime, on: date) -> Appraisal:
    """Turn what was computed and checked into points; from today on institutions may appeal.

    Raises ChecksMissing, NoSnapshot, NotAllowed, ThingNotFound, WrongState.
    """
    check_allowed(by, RUN)
    with transaction.atomic():
        found = moved(appraisal, "score")
        lines, entries = list(found.lines.all()), list(found.entries.select_related("institution"))
        _check_complete(lines, entries)
        values = _computed(found, lines, entries, by)
        for entry in entries:
            _score_entry(found, entry, lines, values, now)
        _rank(entries)
        found.scored_at, found.appeals_until = now, on + timedelta(days=APPEAL_DAYS)
        found.save()
        log.write(by=by, action="appraisal.scored", about=found, detail={"snapshot": found.snapshot})
    return found


def _check_complete(lines: Sequence[Line], entries: Sequence[Entry]) -> None:
    ids = [entry.pk for entry in entries]
    unchecked = Drawn.objects.filter(entry__in=ids, outcome="").count()
    on_site = [line.pk for line in lines if line.source == Source.ON_SITE]
    scored = LineScore.objects.filter(entry__in=ids, line__in=on_site, points__isnull=False).count()
    if unchecked or scored < len(ids) * len(on_site):
        raise ChecksMissing(unchecked, len(ids) * len(on_site) - scored)


def _computed(
    appraisal: Appraisal, lines: Sequence[Line], entries: Sequence[Entry], by: Actor
) -> dict[tuple[str, str], Decimal | None]:
    """The value of each indicator at each institution's path, from one snapshot that is kept for good."""
    asked = {line.indicator: find_indicator(line.indicator) for line in lines if line.indicator}
    if not asked:
        return {}
    if not board.has_snapshot():
        raise NoSnapshot
    store, period = board.store_for(by), parse_period(appraisal.period)
    possible: list[Indicator] = [one for one in asked.values() if is_possible(one, period, store)]
    appraisal.snapshot = store.name
    pin_snapshot(store.name)
    return {
        (result.indicator.id, entry.scope_path): result.only.value
        for entry in entries
        for result in compute_all(possible, Question(period, within=entry.scope_path), store)
    }


def _score_entry(
    appraisal: Appraisal,
    entry: Entry,
    lines: Sequence[Line],
    values: dict[tuple[str, str], Decimal | None],
    now: datetime,
) -> None:
    strata = counted_strata(entry)
    entry.true_share = true_share([one for found in strata.values() for one in found])
    entry.false_records = entry.drawn.filter(outcome=Check.FALSE).count()
    for line in lines:
        if line.source == Source.ON_SITE:
            continue
        if line.source == Source.SAMPLE:
            value = true_share(strata.get(line.pk, []))
            points = points_for(scale_of(line), value)
        else:
            value = values.get((line.indicator, entry.scope_path))
            points = points_for(scale_of(line), value)
            if appraisal.multiplies:
                points = multiplied(points, entry.true_share)
        LineScore.objects.update_or_create(
            entry=entry,
            line=line,
            defaults={"scope_path": entry.scope_path, "value": value, "points": points, "at": now},
        )
    total(entry)
    entry.save(update_fields=["true_share", "false_records", "score"])


def total(entry: Entry) -> None:
    """The score is the sum of the points of its lines."""
    points = entry.scores.values_list("points", flat=True)
    entry.score = sum((one for one in points if one is not None), Decimal("0.00"))


def counted_strata(entry: Entry) -> dict[UUID, list[Counted]]:
    """What the checks told, by line."""
    found: dict[UUID, list[Counted]] = {}
    for stratum in entry.strata.prefetch_related("drawn"):
        outcomes = [drawn.outcome for drawn in stratum.drawn.all() if drawn.outcome]
        answered = [one for one in outcomes if one != Check.UNREACHED]
        found.setdefault(stratum.line_id, []).append(
            Counted(stratum.size, len(answered), answered.count(Check.REAL))
        )
    return found


def _rank(entries: Sequence[Entry]) -> None:
    by_id = {entry.pk: entry for entry in entries}
    for place in ranked([(entry.pk, entry.score) for entry in entries]):
        entry = by_id[place.key]
        entry.rank = place.rank
        entry.save(update_fields=["rank"])


def reopen(*, appraisal: UUID, reason: str, by: Actor) -> Appraisal:
    """Back to the checks, when nobody has appealed yet. Raises AppealsOpen, BadInput and as `score`."""
    check_allowed(by, RUN)
    if len(reason.strip()) < 4:
        raise bad("reason", "required", "请写明退回重评的理由。", "Say why it is scored again.")
    with transaction.atomic():
        found = moved(appraisal, "reopen")
        appeals = sum(entry.appeals.count() for entry in found.entries.all())
        if appeals:
            raise AppealsOpen(appeals)
        found.save()
        log.write(by=by, action="appraisal.reopened", about=found, reason=reason.strip())
    return found


# ------------------------------------------------------------ appeals over, money


def close_appeals(*, appraisal: UUID, by: Actor) -> Appraisal:
    """No more appeals; what was changed by one is in the ranks. Raises AppealsOpen and as `score`."""
    check_allowed(by, RUN)
    with transaction.atomic():
        found = moved(appraisal, "close_appeals")
        entries = list(found.entries.all())
        waiting = sum(entry.appeals.filter(answer="").count() for entry in entries)
        if waiting:
            raise AppealsOpen(waiting)
        _rank(entries)
        found.save()
        log.write(by=by, action="appraisal.appeals_closed", about=found)
    return found


def finish(*, appraisal: UUID, by: Actor, now: datetime, on: date) -> Appraisal:
    """The director settles the money and closes the appraisal for good. Raises FundShort, NotAllowed,
    WrongState."""
    check_allowed(by, FINISH)
    with transaction.atomic():
        found = moved(appraisal, "finish")
        entries = list(found.entries.select_related("institution"))
        settled = settlement_of(found, entries)
        for entry, line in zip(entries, settled.lines, strict=True):
            entry.coefficient, entry.deducted, entry.balance = line.coefficient, line.deducted, line.balance
            entry.save(update_fields=["coefficient", "deducted", "balance"])
            payments.pay(entry, "balance", line.balance, on, by, now, found.title)
        found.withheld, found.final_at, found.final_name = settled.withheld, now, by.name
        found.save()
        log.write(
            by=by,
            action="appraisal.finished",
            about=found,
            detail={"pool": found.pool, "withheld": settled.withheld, "institutions": len(entries)},
        )
    return found


def settlement_of(appraisal: Appraisal, entries: Sequence[Entry]):
    """What the scores as they stand would pay."""
    return settle(
        terms_of(appraisal),
        [
            Entrant(
                entry.pk,
                entry.residents,
                entry.score if entry.score is not None else Decimal(0),
                appraisal.deduction * entry.false_records,
            )
            for entry in entries
        ],
    )
