"""Running a form's rule over a record and its forerunners, and writing what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from kangshu.declare import registry
from kangshu.declare.answers import plain, plain_value
from kangshu.declare.form import Form
from kangshu.declare.rules import Assessment, CannotAssess, Parameters, PersonFacts, Rule, Visit
from kangshu.work.planning import PastRecord
from kangshu.work.subject import META, left_to_rule

_rules: dict[int, tuple[Form, Rule | None]] = {}


def rule_of(form: Form) -> Rule | None:
    """The function that assesses records of the form, looked up once per form."""
    known = _rules.get(id(form))
    if known is None:
        known = _rules[id(form)] = (form, registry.rule(form))
    return known[1]


def assess(
    form: Form,
    answers: Mapping[str, Any],
    performed_on: date,
    earlier: Sequence[PastRecord],
    facts: PersonFacts,
    parameters: Parameters,
) -> Assessment | None:
    """What typed answers mean after the earlier records of the same form, oldest first; None without a rule.

    Raises CannotAssess, whose `where` is the field that does not suffice.
    """
    rule = rule_of(form)
    if rule is None:
        return None
    # A past record has everything that a Visit has; copying each into one cost a tenth of a bulk load.
    return rule(Visit(performed_on, answers), cast(Sequence[Visit], earlier), facts, parameters)


def stored(assessment: Assessment | None) -> dict[str, Any]:
    """The assessment as it is kept with the record: the rule's values flat, the rest under `META`.

    Advice is kept by code: its words come back from the rule, which never changes for a released form.
    """
    if assessment is None:
        return {}
    return {
        **plain(assessment.values),
        META: {
            "outcome": assessment.outcome,
            "advice": [advice.code for advice in assessment.advice],
            "urgent": assessment.urgent,
            "refer": assessment.refer,
            "next": None
            if assessment.next is None
            else [
                assessment.next.opens_on.isoformat(),
                assessment.next.due_on.isoformat(),
                assessment.next.overdue_on.isoformat(),
            ],
        },
    }


def filled_by_rule(form: Form, answers: Mapping[str, Any], assessment: Assessment | None) -> dict[str, Any]:
    """Answers that the doctor left to the rule: name → value in JSON form."""
    if assessment is None:
        return {}
    return {
        field.name: plain_value(assessment.values[field.assessed])
        for field in left_to_rule(form)
        if field.name not in answers and assessment.values.get(field.assessed) is not None
    }


def given_answers(record: PastRecord) -> Mapping[str, Any]:
    """The answers that somebody gave, without those that the rule filled in."""
    if not record.by_rule:
        return record.answers
    return {name: value for name, value in record.answers.items() if name not in record.by_rule}


def reassessed(
    records: Sequence[PastRecord], first: int, facts: PersonFacts, parameters: Parameters
) -> list[tuple[PastRecord, dict[str, Any]]]:
    """Assess the records of one form again from position `first` on, each after those before it.

    Gives each record from there with its new assessment, and that assessment as it is stored. A record that
    the rule can no longer assess keeps what it had: an old visit must not become unreadable.
    """
    chain = list(records[:first])
    found: list[tuple[PastRecord, dict[str, Any]]] = []
    for record in records[first:]:
        form = registry.form(record.form_id, record.form_version)
        try:
            answers = given_answers(record)
            assessment = assess(form, answers, record.performed_on, chain, facts, parameters)
        except CannotAssess:
            assessment = None
        if assessment is None:
            chain.append(record)
            continue
        record = replace(record, assessment=dict(assessment.values))
        chain.append(record)
        found.append((record, stored(assessment)))
    return found
