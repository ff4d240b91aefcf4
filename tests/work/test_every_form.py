"""Every form of every service as its user meets it: the page in both languages, a possible visit saved, what
was refused said, the record and its paper shown. The browser's own part is in tests/journeys.

Answers are not written here: required questions are answered as the page asks for them, so a new service is
tried by being there.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County
from tests.support.people import resident

from kangshu.access.actions import open_compartment
from kangshu.access.scope import entered_as_system
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.form import Field, FieldType, Form
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.actions import enrol
from kangshu.work.completing import own_form

ROUNDS = 12
#: Sex and age in days of people, one of whom every service is for.
SOMEBODY = (("2", 20), ("1", 250), ("1", 700), ("2", 1500), ("1", 3500), ("2", 6000), ("2", 11_000),
            ("1", 16_000), ("2", 17_500), ("1", 19_500), ("2", 25_000))  # fmt: skip
WITH_FORMS = [each.id for each in registry.capabilities() if each.forms]


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


def open_to(account: Any, compartment: str, people: Accounts) -> None:
    if compartment:
        with acting(people.security_administrator) as by:
            open_compartment(
                account_id=account.pk, compartment=compartment, reason="随访", by=by, now=timezone.now()
            )


class NotFor(Exception):
    """This person cannot be given the form: too young for it, not enrolled any more, or what it gives out is
    not there."""


def candidates(capability: Capability, county: County) -> Iterator[Person]:
    """People of both sexes and all ages, enrolled where people are enrolled; those it does not take are left
    out."""
    now = timezone.localtime()
    for number, (sex, days) in enumerate(SOMEBODY * 2):
        born = china_today() - timedelta(days=days)
        known = {"sex": sex, "birth_date": born, "lives_here_since": born, "serial": 10 + number}
        person = resident(county.clinic_a1, "周服务", now=now, **known)
        kind, today = capability.id, china_today()
        facts = {fact.name: _value(fact.type, fact.choices) for fact in capability.facts if not fact.form}
        try:
            if capability.states is not None:
                with entered_as_system("test enrols") as system:
                    enrol(kind=kind, person=person.pk, on=today, facts=facts, by=system, now=now)
        except Refusal:
            continue
        yield person


def _value(kind: FieldType, choices: Any, asked: Field | None = None, again: bool = False) -> Any:
    """A possible value, as somebody types it; another one, when the first was not liked."""
    today = china_today()
    if kind in (FieldType.INTEGER, FieldType.DECIMAL):
        limits = [limit for limit in (asked.soft, asked.hard) if limit] if asked else []
        ends = [end for limit in limits for end in (limit.least, limit.greatest) if end is not None]
        return str(ends[min(int(again), len(ends) - 1)]) if ends else "1"
    if kind in (FieldType.CHOICE, FieldType.CHOICES):
        return choices[int(again) % len(choices)].code
    return {
        FieldType.DATE: today.isoformat(),
        FieldType.MOMENT: f"{today.isoformat()}T00:05",
        FieldType.YES_NO: "true",
    }.get(kind, "说明")


def _answers(asked: Field, again: bool) -> dict[str, Any]:
    """The posted names and values of one question."""
    if asked.type is not FieldType.ROWS:
        return {f"a-{asked.name}": _value(asked.type, asked.choices, asked, again)}
    return {f"a-{asked.name}.0.{part.name}": _value(part.type, part.choices, part) for part in asked.fields}


def save(client: Client, form: Form, person: Person) -> Any:
    """Post the form again and again, answering what the page complains of, until it is saved."""
    address = reverse("work:record", args=[form.id, person.pk])
    given: dict[str, Any] = {"record_id": str(new_id()), "performed_on": china_today().isoformat()}
    fields = {asked.name: asked for asked in form.fields}
    for _ in range(ROUNDS):
        answer = client.post(address, given)
        if answer.status_code == 302:
            return client.get(answer["Location"])
        named = {problem.field.split(".")[0] for problem in answer.context["problems"]}
        if answer.status_code == 409 and "confirmed" not in given:
            given["confirmed"] = "1"
        elif not named & fields.keys():
            raise NotFor([problem.to_json() for problem in answer.context["problems"]])
        for name in named & fields.keys():
            given |= _answers(fields[name], again=f"a-{name}" in given)
    raise NotFor(answer.context["problem_words"])


def fill(client: Client, form: Form, people: Iterable[Person]) -> tuple[Person, Any]:
    """The first of some people who can be given the form, and the page of the saved record."""
    reason: object = "nobody is taken"
    for person in people:
        if client.get(reverse("work:record", args=[form.id, person.pk])).status_code != 200:
            continue  # closed by the form before, or to be enrolled elsewhere
        try:
            return person, save(client, form, person)
        except NotFor as error:
            reason = error
    raise NotFor(f"{form.id}: {reason}")


@pytest.mark.parametrize("kind", WITH_FORMS)
def test_a_service_is_filled_in_and_shown(kind: str, county: County, people: Accounts) -> None:
    capability = registry.capability(kind)
    open_to(people.village_doctor_a, capability.confidentiality, people)
    client = sign_in(Client(), people.village_doctor_a)
    takes, known = candidates(capability, county), []
    for form in capability.forms:
        if own_form(form.id) is not None:
            continue
        everybody = itertools.chain(known, takes)
        try:
            person, shown = fill(client, form, everybody)
        except NotFor:
            if capability.posts:
                continue  # no goods, papers or money in this county: the services' own tests have some
            raise
        known = [person]
        assert shown.status_code == 200
        assert form.title.zh in shown.content.decode()
        paper = client.get(reverse("work:print", args=[shown.resolver_match.kwargs["record_id"]]))
        assert person.name in paper.content.decode()
        client.cookies["django_language"] = "en"
        page = client.get(reverse("work:record", args=[form.id, person.pk]), follow=True)
        page = html.unescape(page.content.decode())
        assert form.title.en in page or capability.title.en in page
        client.cookies["django_language"] = "zh-hans"


def test_english_questions_are_english() -> None:
    for form in registry.forms():
        for question in form.fields:
            assert not re.search("[一-鿿]", question.title.en), (form.id, question.name)
