"""The synthetic county in the database: what the screens and the figures will find there."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db.models import Count, F, Q

from kangshu.access.models import Account, Assignment
from kangshu.declare import registry
from kangshu.declare.registry import declared
from kangshu.demo.accounts import PASSWORD, demo_accounts
from kangshu.demo.generate import generate, is_generated
from kangshu.demo.options import Options
from kangshu.demo.reports import WORKLOAD
from kangshu.demo.storing import CAPABILITY
from kangshu.figures.models import Figure, Target
from kangshu.kernel.periods import parse_period
from kangshu.people.models import IdentityDocument, Person, SearchTerm
from kangshu.people.vault import vault
from kangshu.places import queries
from kangshu.work.models import Case, Due, DueState, Record, ReportSubmission
from kangshu.work.validation import AnswerContext, check_answers

TODAY = date(2026, 11, 23)


@pytest.mark.django_db(databases=["default", "audit"])
def test_a_county_is_stored_and_hangs_together(as_owner, settings, tmp_path):
    settings.KANGSHU_HOME = tmp_path
    with as_owner():
        assert not is_generated()
        made = generate(Options(residents=1500, seed=2, today=TODAY), using="default")
        assert is_generated()
        _people(made)
        _work()
        _faults(made)
        _accounts()
        _reports(made)


def _people(made):
    assert Person.objects.count() == made.rows["people_person"] > 1400
    document = IdentityDocument.objects.filter(kind="01").first()
    number = vault().open(bytes(document.number_encrypted))
    assert number.endswith(document.last4)
    person = Person.objects.filter(status="active").exclude(phone="").first()
    assert SearchTerm.objects.filter(person=person, term=person.phone[-4:]).exists()
    county = queries.Region.objects.get(level=3)
    registered = Person.objects.filter(birth_date__lte=date(2026, 7, 1)).count()
    assert queries.population(county.code, 2026) == pytest.approx(registered * 1.06, rel=0.05)
    assert queries.population(county.code, 2026, age_from=35, age_to=64) > 0
    assert not Person.objects.exclude(scope_path=F("institution__path")).exists()


def _work():
    closed = Case.objects.filter(kind=CAPABILITY).exclude(closed_on=None)
    assert closed.exists()
    assert not closed.filter(person__status="active").exists()
    open_dues = Due.objects.filter(state=DueState.OPEN, kind=CAPABILITY)
    steps = {step.id for step in registry.capability(CAPABILITY).schedule.steps}
    open_cases = Case.objects.filter(kind=CAPABILITY, closed_on=None)
    assert open_dues.count() == open_cases.count() * len(steps)
    assert open_dues.filter(overdue_on__lt=TODAY).exists()
    assert open_dues.filter(opens_on__lte=TODAY, overdue_on__gte=TODAY).exists()
    visits = Record.objects.filter(form_id="chronic.hypertension.follow_up")
    assert visits.filter(assessment__has_key="class").count() == visits.count() > 300
    classes = visits.aggregate(
        controlled=Count("id", filter=Q(assessment__contains={"class": "1"})), every=Count("id")
    )
    assert 0.25 < classes["controlled"] / classes["every"] < 0.7


def _faults(made):
    listed = json.loads(made.planted.read_text(encoding="utf-8"))
    assert listed["counts"]["duplicate"] == len(listed["duplicates"])
    for fault in listed["faults"]:
        if fault["kind"] == "inflated_report":
            continue
        assert Record.objects.filter(id__in=fault["records"]).count() == len(fault["records"])
    for pair in listed["duplicates"]:
        assert Person.objects.filter(id__in=(pair["first"], pair["second"])).count() == 2


def _reports(made):
    form = declared("report")[WORKLOAD].form
    submissions = ReportSubmission.objects.all()
    assert {one.state for one in submissions} >= {"locked", "draft"}
    for one in submissions:
        context = AnswerContext(performed_on=parse_period(one.period).last)
        assert not check_answers(form, one.values, context).problems
    locked = submissions.filter(state="locked").count()
    assert Figure.objects.filter(kind="reported").count() == locked * len(
        declared("report")[WORKLOAD].figures
    )
    assert Target.objects.filter(year=TODAY.year).exists()
    listed = json.loads(made.planted.read_text(encoding="utf-8"))
    for fault in listed["faults"]:
        if fault["kind"] == "inflated_report":
            assert fault["detail"]["reported"] > fault["detail"]["recorded"]
            assert ReportSubmission.objects.filter(id=fault["records"][0]).exists()


def _accounts():
    told = {account.username for account in demo_accounts()}
    assert set(Account.objects.values_list("username", flat=True)) == told
    for account in Account.objects.all():
        assert account.check_password(PASSWORD)
        assert account.person_id or Assignment.objects.filter(account=account).exists()
