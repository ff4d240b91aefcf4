"""What records of a bulk load open, decided from what the batch holds: the twin of `openings.follow_record`.

A raised pressure opens a screening, an elder's yearly check the care of elders. Asked of the database for
each record, that was half of a load. What cannot be decided from the batch alone (a record that may close a
case, a programme that is confidential or whose condition asks other records) is left to `follow_record`: the
batch then ends with that record, is written, and the rest goes on in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from kangshu.declare import registry
from kangshu.declare.binding import walk
from kangshu.declare.capability import Capability, Opening
from kangshu.declare.expression import Diagnoses, EnrolledIn, Records
from kangshu.declare.rules import Parameters
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.errors import Refusal
from kangshu.kernel.events import hearers
from kangshu.kernel.identifiers import new_id
from kangshu.work import moments
from kangshu.work.actions.enrolling import check_opening
from kangshu.work.batch import Batch
from kangshu.work.held import HeldCase
from kangshu.work.openings import BY_RECORD, JOB
from kangshu.work.planning import PastRecord
from kangshu.work.replanning import asker
from kangshu.work.states import initial_state
from kangshu.work.subject import Subject


class Followed(Enum):
    """What came of a record: all of it is in the batch, or somebody has to be told."""

    IN_BATCH = auto()
    TO_BE_TOLD = auto()


@dataclass(frozen=True)
class Followers:
    """The programmes that records of one form open or close."""

    opened: tuple[tuple[Capability, Opening], ...]
    closed: tuple[Capability, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(
            [*(capability.id for capability, _ in self.opened), *(found.id for found in self.closed)]
        )


def followers_of(form_id: str) -> Followers:
    cause = BY_RECORD + form_id
    capabilities = registry.capabilities()
    return Followers(
        tuple(
            (capability, opening)
            for capability in capabilities
            for opening in capability.opens_on
            if opening.enrols and opening.event == cause
        ),
        tuple(
            capability
            for capability in capabilities
            if capability.states is not None
            and any(move.on == cause and move.reason for move in capability.states.transitions)
        ),
    )


def follow_in_batch(
    batch: Batch,
    subject: Subject,
    record: PastRecord,
    followers: Followers,
    parameters: Parameters,
    now: datetime,
) -> Followed:
    """Open the cases that the record opens. `record` has its assessment."""
    cases = batch.cases_of(subject)
    for capability in followers.closed:
        for case in cases:
            is_open = case.kind == capability.id and case.closed_on is None
            if is_open and _may_close(subject, case, capability, record, parameters):
                return Followed.TO_BE_TOLD
    for capability, opening in followers.opened:
        if any(case.kind == capability.id and case.closed_on is None for case in cases):
            continue  # enrolled already
        if not _asks_for(subject, capability, opening, record, parameters):
            continue
        if _needs_the_database(capability):
            return Followed.TO_BE_TOLD
        _open(batch, subject, capability, record, parameters, now)
    return Followed.IN_BATCH


def _may_close(
    subject: Subject, case: HeldCase, capability: Capability, record: PastRecord, parameters: Parameters
) -> bool:
    """Whether the record closes the case from whatever state it may be in by now."""
    assert capability.states is not None
    holds = asker(subject, case, capability, [record], parameters)
    return any(
        move.on == BY_RECORD + record.form_id
        and move.reason
        and (move.when is None or holds(move.when, record))
        for move in capability.states.transitions
    )


def _asks_for(
    subject: Subject,
    capability: Capability,
    opening: Opening,
    record: PastRecord,
    parameters: Parameters,
) -> bool:
    if opening.when is None:
        return True
    unborn = _case(subject, capability, record)
    return asker(subject, unborn, capability, [record], parameters)(opening.when, record)


def _needs_the_database(capability: Capability) -> bool:
    """Whether opening it asks what is not in the batch, or writes what its actor may not see."""
    if capability.confidentiality or hearers(moments.CASE_OPENED):
        return True
    asked = () if capability.eligible is None else walk(capability.eligible)
    return any(isinstance(node, Records | Diagnoses | EnrolledIn) for node in asked)


def _open(
    batch: Batch,
    subject: Subject,
    capability: Capability,
    record: PastRecord,
    parameters: Parameters,
    now: datetime,
) -> None:
    others = [case for case in batch.cases_of(subject) if case.kind == capability.id]
    day = record.performed_on
    try:
        check_opening(subject, capability, others, day, now, parameters, batch.using)
    except Refusal:
        return  # not eligible: nothing is to be opened
    case = _case(subject, capability, record)
    case.created_at = now
    system, cause = SystemActor(JOB), BY_RECORD + record.form_id
    batch.add_case(case)
    batch.note(case, "", case.state, cause, day, now, system)
    batch.audit(
        system, "case.opened", case.id, "work.case", case, {"kind": case.kind, "on": day, "cause": cause}
    )


def _case(subject: Subject, capability: Capability, record: PastRecord) -> HeldCase:
    return HeldCase(
        id=new_id(),
        kind=capability.id,
        capability_version=capability.version,
        person_id=subject.id,
        state=initial_state(capability.states),
        institution_id=subject.institution_id,
        doctor_id=None,
        opened_on=record.performed_on,
        closed_on=None,
        closing_reason="",
        facts={},
        created_at=record.entered_at,
        scope_path=subject.scope_path,
        compartment=capability.confidentiality,
    )
