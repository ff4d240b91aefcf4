"""What follows for the work from what happened elsewhere: a death closes cases, a leaving doctor hands them
over.

The capabilities say it themselves (`opens_on`, `closes_on`); this connects their words to the events. Cases
are looked for in the system's scope: whoever registers a death may not be allowed to see a confidential
case of the dead, and it must close all the same.
"""

from __future__ import annotations

from uuid import UUID

from kangshu.access.scope import entered_as_system
from kangshu.declare import registry
from kangshu.declare.capability import Opening
from kangshu.kernel import events
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Refusal
from kangshu.kernel.events import Event
from kangshu.people.models import Person
from kangshu.work import moments
from kangshu.work.actions.assigning import hand_over_cases, move_cases
from kangshu.work.actions.enrolling import close_after, enrol, meets
from kangshu.work.models import Case, Due, DueState
from kangshu.work.openings import BY_RECORD, follow_record
from kangshu.work.parameters import LocalParameters
from kangshu.work.replanning import asks_case, replan
from kangshu.work.subject import find_subject

JOB = "work follows events"


def listen() -> None:
    """Connect every event that a capability names. Called again when the county publishes a capability."""
    for capability in registry.capabilities():
        for closing in capability.closes_on:
            events.on(closing.event, order=50)(close_what_it_closes)
        for opening in capability.opens_on:
            if opening.event.startswith(BY_RECORD):
                events.on(moments.RECORD_SAVED, order=60)(follow_record)
            elif opening.enrols:
                events.on(opening.event, order=60)(open_what_it_opens)
            else:
                events.listens(opening.event, capability.id)


def close_what_it_closes(event: Event, by: Actor) -> None:
    """Close the person's open cases of every capability that closes on this event."""
    if event.person_id is None:
        return
    reasons = {
        capability.id: closing.reason
        for capability in registry.capabilities()
        for closing in capability.closes_on
        if closing.event == event.name
    }
    with entered_as_system(JOB):
        ids = _same_person(event)
        for case in Case.objects.filter(person_id__in=ids, kind__in=reasons, closed_on=None).order_by("id"):
            close_after(
                case=case.id,
                reason=reasons[case.kind],
                on=max(event.on, case.opened_on),
                by=by,
                now=event.at,
                cause=f"event:{event.name}",
            )


def open_what_it_opens(event: Event, by: Actor) -> None:
    """Enrol the person in every capability that opens on this event and enrols at once."""
    if event.person_id is None:
        return
    for capability in registry.capabilities():
        openings = [opening for opening in capability.opens_on if _opens(opening, event)]
        if not openings:
            continue
        with entered_as_system(JOB) as system:
            if not any(_holds(opening, event) for opening in openings):
                continue
            try:
                enrol(
                    kind=capability.id,
                    person=event.person_id,
                    on=event.on,
                    by=system,
                    now=event.at,
                    cause=f"event:{event.name}",
                )
            except Refusal:
                continue  # enrolled already, or not eligible: nothing is to be opened


def _opens(opening: Opening, event: Event) -> bool:
    if not opening.enrols or opening.event != event.name:
        return False
    return not opening.diagnoses or str(event.payload.get("code", "")).startswith(opening.diagnoses)


def _holds(opening: Opening, event: Event) -> bool:
    """Whether what the opening asks of the person holds on the day of the event."""
    if opening.when is None or event.person_id is None:
        return True
    return meets(find_subject(event.person_id), opening.when, event.on, LocalParameters())


def _same_person(event: Event) -> list[UUID]:
    person = Person.objects.filter(id=event.person_id).values("id", "merged_into_id").first()
    canonical = person["merged_into_id"] or person["id"] if person else event.person_id
    return [canonical, *Person.objects.filter(merged_into=canonical).values_list("id", flat=True)]


@events.on("person.moved", order=40)
def cases_follow_the_person(event: Event, by: Actor) -> None:
    """Within the county the case goes on: the new institution is responsible, and says which doctor."""
    with entered_as_system(JOB):
        ids = _same_person(event)
        cases = list(Case.objects.filter(person_id__in=ids, closed_on=None).values_list("id", flat=True))
        move_cases(
            cases=cases,
            institution=event.payload["to_institution_id"],
            on=event.on,
            reason="person.moved",
            by=by,
            now=event.at,
        )
        Due.objects.filter(case_id__in=cases, state=DueState.OPEN).update(region_id=event.payload["region"])


@events.on("person.changed", order=60)
def windows_follow_the_person(event: Event, by: Actor) -> None:
    """A corrected birth date moves the windows that are measured from the birth; a corrected sex, those that
    are for girls only."""
    if event.person_id is None or not {"birth_date", "sex"} & set(event.payload["fields"]):
        return
    with entered_as_system(JOB):
        kinds = [capability.id for capability in registry.capabilities() if asks_case(capability)]
        subject = find_subject(event.person_id, lock=True)
        cases = Case.objects.filter(person_id__in=subject.ids, kind__in=kinds, closed_on=None).order_by("id")
        replan(subject, list(cases), LocalParameters())


@events.on("person.died", order=90)
def nothing_is_due_after_death(event: Event, by: Actor) -> None:
    """A capability may forget to close on death; its dues must not ask anybody to visit the dead."""
    after = [capability.id for capability in registry.capabilities() if capability.after_death]
    with entered_as_system(JOB):
        open_ones = Due.objects.filter(person_id__in=_same_person(event), state=DueState.OPEN)
        open_ones.exclude(kind__in=after).update(state=DueState.CANCELLED)


@events.on("staff.left")
def cases_are_handed_over(event: Event, by: Actor) -> None:
    """Every open case of the one who left goes to the successor, or waits for one."""
    with entered_as_system(JOB):
        hand_over_cases(
            staff=event.payload["staff_id"],
            to=event.payload.get("to_staff_id"),
            on=event.on,
            by=by,
            now=event.at,
        )
