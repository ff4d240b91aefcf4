"""Planning every open case anew after a rule changed: a capability's next version, or a local value that its
schedule asks for.

A save plans only the person it is about. So every night what each capability plans by is compared with what
its cases were planned by last, and where it differs all of them are planned again, as the next save of each
would. Closed cases keep the windows they had: they are history. Planning twice changes nothing, so a run
that was cut off simply begins again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from uuid import UUID

from django.db import connection, connections

from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.binding import walk
from kangshu.declare.capability import Capability
from kangshu.declare.expression import ParameterValue as Asked
from kangshu.declare.serial import hash_of
from kangshu.kernel.collecting import uncollected
from kangshu.work.batch import load_batch
from kangshu.work.bulk import Progress
from kangshu.work.models import PlannedBy
from kangshu.work.parameters import LocalParameters
from kangshu.work.replanning import conditions_of, forms_of

JOB = "planning after a rule changed"
BATCH = 1_000
PARTS = ("schedule", "states", "facts")


@dataclass(frozen=True)
class Planned:
    """What a run did: people looked at, cases whose windows changed, by kind."""

    people: int
    cases: dict[str, int]


def changed_kinds(parameters: LocalParameters) -> dict[str, str]:
    """The capabilities whose cases were planned by other rules than those of now → the rules of now.

    A capability that is new here has no cases planned by others: its rules are only written down.
    """
    last = dict(PlannedBy.objects.values_list("kind", "rules"))
    now = {one.id: rules_of(one, parameters) for one in registry.capabilities() if one.schedule.steps}
    PlannedBy.objects.bulk_create(
        [PlannedBy(kind=kind, rules=rules) for kind, rules in now.items() if kind not in last],
        ignore_conflicts=True,
    )
    return {kind: rules for kind, rules in now.items() if last.get(kind, rules) != rules}


def rules_of(capability: Capability, parameters: LocalParameters) -> str:
    """A hash of everything that its plans depend on beside the records."""
    whole = capability.to_json()
    expressions = [node for condition in conditions_of(capability) for node in walk(condition)]
    asked = sorted({node.id for node in expressions if isinstance(node, Asked)})
    values = {id: [[str(day), str(value)] for day, value in parameters.dated(id)] for id in asked}
    return hash_of({"values": values, **{part: whole.get(part) for part in PARTS}})


def plan_what_changed(
    *, now: datetime, processes: int = 1, progress: Progress | None = None
) -> Planned | None:
    """Plan the cases of every capability whose rules have changed; None when none has."""
    with entered_as_system(JOB):
        kinds = changed_kinds(LocalParameters())
    if not kinds:
        return None
    done = plan_anew(kinds, now=now, processes=processes, progress=progress)
    with entered_as_system(JOB) as system:
        for kind, rules in kinds.items():
            PlannedBy.objects.filter(kind=kind).update(rules=rules, planned_at=now)
            detail = {"kind": kind, "cases": done.cases.get(kind, 0)}
            log.write(by=system, action="schedule.planned_anew", about=("work.case", ""), detail=detail)
    return done


def plan_anew(
    kinds: Collection[str], *, now: datetime, processes: int = 1, progress: Progress | None = None
) -> Planned:
    """Plan the open cases of these kinds and store what differs, a transaction for each thousand people.

    With several `processes` each has connections of its own. Raises what a schedule raises: nothing of
    that thousand is stored, and what was planned before stays.
    """
    people, cases = 0, dict.fromkeys(sorted(kinds), 0)
    for looked_at, changed in _results(sorted(kinds), now, processes):
        people += looked_at
        for kind, count in changed.items():
            cases[kind] += count
        if progress is not None:
            progress(looked_at)
    return Planned(people, cases)


def people_to_plan(kinds: Collection[str]) -> int:
    """How many people have an open case of these kinds, in the reader's scope."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT person_id) FROM work_case WHERE kind = ANY (%s) AND closed_on IS NULL",
            [list(kinds)],
        )
        return int(cursor.fetchone()[0])


def _results(kinds: Sequence[str], now: datetime, processes: int) -> Iterator[tuple[int, dict[str, int]]]:
    with entered_as_system(JOB):
        ranges = _ranges(kinds)
    if processes == 1:
        yield from (_plan_range((kinds, now, *bounds)) for bounds in ranges)
        return
    connections.close_all()
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        yield from pool.map(_plan_range, [(kinds, now, *bounds) for bounds in ranges])


def _ranges(kinds: Sequence[str]) -> list[tuple[UUID, UUID]]:
    """The people with such cases in pieces of a thousand: the first and the last id of each."""
    with connection.cursor() as cursor:
        cursor.execute(_RANGES, [BATCH, list(kinds)])
        return cursor.fetchall()


def _plan_range(given: tuple[Sequence[str], datetime, UUID, UUID]) -> tuple[int, dict[str, int]]:
    kinds, now, first, last = given
    forms = {form for kind in kinds for form in forms_of(registry.capability(kind))}
    with entered_as_system(JOB) as system, uncollected():
        with connection.cursor() as cursor:
            cursor.execute(_PEOPLE, [list(kinds), first, last])
            people = {row[0] for row in cursor.fetchall()}
        batch = load_batch(people, kinds, forms)
        for person, cases in batch.cases.items():
            batch.cases[person] = [case for case in cases if case.closed_on is None]
            batch.touched.add(person)
        parameters = LocalParameters()
        batch.plan(parameters)
        batch.follow_states(parameters, now, system)
        batch.write(system, now)
    changed: dict[str, int] = {}
    for case, _, _ in batch.due_changes:
        changed[case.kind] = changed.get(case.kind, 0) + 1
    return len(people), changed


_PEOPLE = """
SELECT DISTINCT person_id FROM work_case
WHERE kind = ANY (%s) AND closed_on IS NULL AND person_id BETWEEN %s AND %s
"""
_RANGES = """
SELECT min(person_id::text)::uuid, max(person_id::text)::uuid FROM (
    SELECT person_id, (row_number() OVER (ORDER BY person_id) - 1) / %s AS piece FROM (
        SELECT DISTINCT person_id FROM work_case WHERE kind = ANY (%s) AND closed_on IS NULL
    ) people
) numbered GROUP BY piece ORDER BY piece
"""
