"""What is done about figures: take and delete snapshots, set targets, keep what was computed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import transaction
from psycopg.conninfo import make_conninfo

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.indicator import Counts
from kangshu.figures.models import Figure, FigureKind, PlaceKind, Snapshot, Target
from kangshu.indicators.engine.compute import (
    Question,
    compute_all,
    compute_beside,
    find_indicator,
    is_possible,
)
from kangshu.indicators.engine.splits import Dimension
from kangshu.indicators.results import Result
from kangshu.indicators.snapshot import manifest
from kangshu.indicators.snapshot.store import opened
from kangshu.indicators.snapshot.take import Taken, Told, take
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Conflict, Problem
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.periods import year
from kangshu.kernel.text import Text
from kangshu.places.models import Institution


def snapshots_root() -> Path:
    return Path(settings.KANGSHU_SNAPSHOTS)


def database_address() -> str:
    """How a connection of its own reaches the database, as the app's role."""
    given = settings.DATABASES["default"]
    # In tests the connection was pointed at another database than the settings say.
    from django.db import connections

    name = connections["default"].settings_dict["NAME"]
    options = {
        key: str(value) for key, value in given.get("OPTIONS", {}).items() if isinstance(value, str | int)
    }
    return make_conninfo(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"], password=given["PASSWORD"],
        dbname=name, **options,
    )  # fmt: skip


def take_snapshot(
    *, by: Actor, now: datetime, whole: bool = False, told: Told | None = None, root: Path | None = None
) -> Taken:
    """Take a snapshot and put it into the register. Raises NotAllowed, Conflict when another one runs."""
    check_allowed(by, "take.snapshot")
    taken = take(root or snapshots_root(), database_address(), now=now, whole=whole, told=told)
    with transaction.atomic():
        row, _ = Snapshot.objects.get_or_create(
            name=taken.name,
            defaults={
                "base": Snapshot.objects.filter(name=taken.manifest.base).first(),
                "taken_at": now,
                "changed_below": taken.manifest.watermark,
                "rows": taken.manifest.rows,
                "bytes": taken.manifest.bytes,
                "seconds": Decimal(str(round(taken.seconds, 3))),
            },
        )
        log.write(
            by=by, action="snapshot.taken", about=("snapshot", row.name), detail={"rows": taken.rows_written}
        )
    return taken


#: By what the page of an indicator is split without being asked twice.
SPLITS = (Dimension.SEX, Dimension.AGE_GROUP, Dimension.VILLAGE, Dimension.DOCTOR)


def warm_up(*, root: Path | None = None, everything: bool = False) -> None:
    """Count beforehand what the first reader of the newest snapshot would wait for: the dashboard (this year
    beside the year before, and by month) of the figures that have a target, and with `everything` of all
    and in every split: that takes minutes the first time, and is for the night.

    What is compiled here is kept for all later snapshots of the year.
    """
    from kangshu.declare import registry

    store = opened(root or snapshots_root())
    this_year = year(store.taken_on.year)
    indicators = [one for one in registry.indicators() if is_possible(one, this_year, store)]
    if not everything:
        aimed = set(Target.objects.filter(year=store.taken_on.year).values_list("indicator", flat=True))
        indicators = [one for one in indicators if one.id in aimed]
    both = [one for one in indicators if is_possible(one, this_year.year_before(), store)]
    compute_beside(both, (this_year, this_year.year_before()), "", store)
    known = {one.id for one in both}
    compute_beside([one for one in indicators if one.id not in known], (this_year,), "", store)
    compute_all(indicators, Question(this_year, (Dimension.INSTITUTION,)), store)
    compute_all(indicators, Question(this_year, (Dimension.MONTH,)), store)
    people = [one for one in indicators if one.counts is not Counts.ENTRIES]
    for split in SPLITS if everything else ():
        compute_all(people, Question(this_year, (split,)), store)


def watch_figures(*, by: Actor, now: datetime, root: Path | None = None) -> int:
    """Keep the figures of closed periods and look for those that have left their course; gives how many are
    new. Raises NotAllowed."""
    from kangshu.declare import registry
    from kangshu.indicators.closed import keep_closed
    from kangshu.indicators.course import watch, watched

    check_allowed(by, "take.snapshot")
    store = opened(root or snapshots_root())
    keep_closed(registry.indicators(), watched(), store, now=now)
    return len(watch(registry.indicators(), store, now=now))


def prune_snapshots(*, keep: int, by: Actor, root: Path | None = None) -> list[str]:
    """Delete all but the newest `keep` snapshots and those that something rests on; gives the deleted names.

    Files that a kept snapshot shares stay. Raises NotAllowed.
    """
    check_allowed(by, "take.snapshot")
    root = root or snapshots_root()
    names = manifest.names(root)
    pinned = set(Snapshot.objects.filter(pinned=True).values_list("name", flat=True))
    doomed = [name for name in names[: max(len(names) - keep, 0)] if name not in pinned]
    kept = {part.file for name in names if name not in doomed for part in manifest.read(root, name).parts()}
    for name in doomed:
        files = {part.file for part in manifest.read(root, name).parts()} - kept
        (root / "manifests" / f"{name}.json").unlink()
        shutil.rmtree(root / "results" / name, ignore_errors=True)
        for file in files:
            (root / file).unlink(missing_ok=True)
    with transaction.atomic():
        Snapshot.objects.filter(name__in=doomed).update(state=Snapshot.State.PRUNED)
        for name in doomed:
            log.write(by=by, action="snapshot.deleted", about=("snapshot", name))
    return doomed


def pin_snapshot(name: str) -> None:
    """Keep a snapshot for good, because a frozen document rests on it."""
    Snapshot.objects.filter(name=name).update(pinned=True)


@transaction.atomic
def set_target(
    *,
    indicator_id: str,
    year: int,
    institution: Institution,
    value: Decimal,
    from_on: date,
    by: Actor,
    now: datetime,
    source: str = "",
) -> Target:
    """Set what an institution is to reach in a year. Raises NotAllowed, CannotCompute, BadInput, Conflict."""
    check_allowed(by, "set.target")
    indicator = find_indicator(indicator_id)
    problems = []
    if value < 0:
        problems.append(
            Problem(
                "value", "target.negative", Text("目标值不能为负数。", "A target is not negative."), value
            )
        )
    if indicator.unit == "%" and value > 100:
        problems.append(
            Problem(
                "value", "target.over_100", Text("目标率不能超过100%。", "A rate is at most 100 %."), value
            )
        )
    if problems:
        raise BadInput(problems)
    given = {
        "indicator": indicator.id,
        "year": year,
        "place_kind": PlaceKind.INSTITUTION,
        "place": str(institution.pk),
        "from_on": from_on,
    }
    if Target.objects.filter(**given).exists():
        raise Conflict(
            "target.same_day",
            Text(
                "该机构当日已设定过这一目标，请换一个生效日期。", "This target was already set from that day."
            ),
            where="from_on",
        )
    target = Target.objects.create(
        id=new_id(), **given, value=value, source=source, set_by=by.account_id, set_at=now
    )
    log.write(
        by=by,
        action="target.set",
        about=target,
        scope_path=institution.path,
        detail={"indicator": indicator.id, "year": year, "value": str(value)},
    )
    return target


@transaction.atomic
def keep_figures(*, results: Iterable[Result], place: Institution, now: datetime) -> list[Figure]:
    """Store the unsplit values of results for a place, as what was known on their snapshot.

    The same figure of the same snapshot is stored once; a later snapshot's value stands beside it, so a
    change after a period was closed shows as a correction.
    """
    kept = []
    for result in results:
        row = result.only
        figure, _ = Figure.objects.get_or_create(
            indicator=result.indicator.id,
            version=str(result.indicator.version),
            period=str(result.period),
            place_kind=PlaceKind.INSTITUTION,
            place=str(place.pk),
            kind=FigureKind.COMPUTED,
            snapshot_id=result.snapshot,
            source="",
            defaults={
                "numerator": row.numerator,
                "denominator": row.denominator,
                "value": row.value,
                "note": row.note.zh if row.note else "",
                "lineage": dict(result.lineage),
                "computed_at": now,
            },
        )
        kept.append(figure)
    return kept
