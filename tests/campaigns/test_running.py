"""A campaign that was composed runs like any capability: due lists, states, progress, versions, the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.campaigns.conftest import COLPOSCOPY, HPV, NOW, TODAY, cervical, running
from tests.support.accounts import Accounts, acting
from tests.support.county import County

from kangshu.access.scope import entered_as_system
from kangshu.campaigns import declarations, queries, refusals
from kangshu.campaigns.actions import (
    close_everyone,
    create_campaign,
    enrol_everyone,
    publish,
    save_composition,
    stop,
)
from kangshu.campaigns.composition import Composition, Condition, How, Positive, Question, Who
from kangshu.campaigns.models import Campaign, CampaignState
from kangshu.campaigns.stating import capability_of
from kangshu.declare import Capability, Field, FieldType, Text, registry
from kangshu.declare.registry import UnknownDeclaration
from kangshu.figures.models import Target
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.actions import enrol, record_visit
from kangshu.work.actions.enrolling import is_eligible
from kangshu.work.models import Case, Declaration, Due, DueState, Record
from kangshu.work.parameters import LocalParameters
from kangshu.work.refusals import NotEligible
from kangshu.work.subject import find_subject


def screened(campaign: Campaign, person: Person, county: County, people: Accounts, **answers: str):
    stage = "further" if "colposcopy" in answers else "primary"
    with acting(people.village_doctor_a) as by:
        return record_visit(
            form_id=f"{campaign.declaration}.{stage}",
            person=person.id,
            answers=answers,
            performed_on=TODAY,
            institution=county.clinic_a1.id,
            record_id=new_id(),
            by=by,
            now=NOW,
        )


def open_steps(person: Person) -> list[str]:
    with entered_as_system("test"):
        return list(Due.objects.filter(person=person, state=DueState.OPEN).values_list("step", flat=True))


def state_of(person: Person) -> tuple[str, str]:
    with entered_as_system("test"):
        case = Case.objects.get(person=person)
        return case.state, case.closing_reason


def test_everybody_eligible_is_put_on_the_due_list(county: County, people: Accounts, women):
    campaign = running(county, people)
    assert enrol_everyone(campaign=campaign.id, now=NOW).saved == 3
    with acting(people.village_doctor_a):
        due = Due.objects.filter(kind=campaign.declaration, state=DueState.OPEN)
        assert {row.person.name for row in due} == {"李秀英", "王桂兰"}
        assert {(row.due_on, row.lapses_on) for row in due} == {
            (TODAY + timedelta(days=60), TODAY + timedelta(days=61))
        }
    assert enrol_everyone(campaign=campaign.id, now=NOW).saved == 0


def test_a_positive_goes_on_to_the_next_stage_and_a_negative_is_done(county: County, people: Accounts, women):
    campaign = running(county, people)
    enrol_everyone(campaign=campaign.id, now=NOW)
    assert screened(campaign, women["li"], county, people, hpv="2").record.answers["positive"] is True
    assert (open_steps(women["li"]), state_of(women["li"])) == (["further"], ("for_further", ""))
    assert screened(campaign, women["wang"], county, people, hpv="1").record.answers["positive"] is False
    assert (open_steps(women["wang"]), state_of(women["wang"])) == ([], ("negative", "negative"))
    screened(campaign, women["li"], county, people, colposcopy="1")
    assert (open_steps(women["li"]), state_of(women["li"])) == ([], ("negative", "negative"))


def test_a_record_of_somebody_not_yet_enrolled_enrols_them(county: County, people: Accounts, women):
    campaign = running(county, people, cervical(enrols_all=False))
    assert enrol_everyone(campaign=campaign.id, now=NOW).saved == 0
    screened(campaign, women["li"], county, people, hpv="2")
    assert state_of(women["li"]) == ("for_further", "")


def test_progress_against_target_and_loss_between_stages(county: County, people: Accounts, women):
    campaign = running(county, people)
    enrol_everyone(campaign=campaign.id, now=NOW)
    screened(campaign, women["li"], county, people, hpv="2")
    screened(campaign, women["wang"], county, people, hpv="1")
    with acting(people.bureau_officer):
        rows = queries.progress(campaign, queries.running(campaign))
        whole = queries.total(rows)
    centre_a, centre_b = rows
    assert (centre_a.target, centre_a.enrolled, centre_a.examined, centre_a.percent) == (2, 2, 2, 100)
    assert (centre_a.stages[0].positive, centre_a.stages[1].lost, centre_a.stages[1].examined) == (1, 1, 0)
    assert (centre_b.target, centre_b.enrolled, centre_b.examined, centre_b.percent) == (4, 1, 0, 0)
    assert whole is not None
    assert (whole.target, whole.enrolled, whole.examined, whole.percent) == (6, 3, 2, 33)
    with acting(people.township_worker_b):
        assert [row.enrolled for row in queries.progress(campaign, queries.running(campaign))] == [0, 1]


def test_targets_reach_the_dashboard(county: County, people: Accounts):
    campaign = running(county, people)
    rows = Target.objects.filter(indicator=f"{campaign.declaration}.completed", year=TODAY.year)
    assert {row.place: int(row.value) for row in rows} == {
        str(county.centre_a.pk): 2,
        str(county.centre_b.pk): 4,
        str(county.bureau.pk): 6,
    }


WHOS = [
    Who(),
    Who(sex="1"),
    Who(sex="2", age_from=35, age_to=64),
    Who(age_to=20),
    Who(age_from=45, age_to=45),
    Who(regions=("339901100",)),
    Who(regions=("339901101101", "339901100102")),
    Who(programmes=("chronic.hypertension",)),
    Who(diagnoses=("I10",)),
]


@pytest.mark.parametrize("who", WHOS, ids=str)
def test_who_is_listed_is_who_is_eligible(who: Who, county: County, people: Accounts, women):
    from kangshu.care.models import Diagnosis, Encounter

    with entered_as_system("test") as system:
        enrol(kind="chronic.hypertension", person=women["zhao"].id, on=TODAY, by=system, now=NOW)
        encounter = Encounter.objects.create(
            person=women["man"], kind="outpatient", institution=county.hospital, started_on=TODAY,
            entered_at=NOW, scope_path=women["man"].scope_path,
        )  # fmt: skip
        Diagnosis.objects.create(
            person=women["man"], encounter=encounter, code="I10.x00", name="高血压", kind="main",
            diagnosed_on=TODAY, scope_path=women["man"].scope_path,
        )  # fmt: skip
        capability = capability_of(cervical(who=who), "campaigns.c2026_999", 1, TODAY)
        listed = set(queries.candidates(who, capability.id, TODAY))
        asked = {
            person
            for person in women.values()
            if is_eligible(find_subject(person.id), capability, TODAY, LocalParameters())
        }
    assert listed == asked


def test_an_edit_makes_a_version_and_answers_keep_theirs(county: County, people: Accounts, women):
    campaign = running(county, people)
    first = screened(campaign, women["li"], county, people, hpv="1").record
    changed = cervical()
    note = Question(Field("note", Text("备注", "Note"), FieldType.TEXT))
    stages = (replace(changed.stages[0], questions=(HPV, note)), changed.stages[1])
    with acting(people.bureau_officer) as by:
        save_composition(campaign=campaign.id, composition=replace(changed, stages=stages), by=by, now=NOW)
        campaign = publish(campaign=campaign.id, by=by, now=NOW)
        assert campaign.version == 2
        with pytest.raises(refusals.NothingToPublish):
            publish(campaign=campaign.id, by=by, now=NOW)
    form = f"{campaign.declaration}.primary"
    assert (registry.form(form).version, registry.form(form, on=TODAY).version) == (2, 2)
    assert registry.form(form, on=TODAY - timedelta(days=1)).version == 1
    assert [field.name for field in registry.form(form, first.form_version).fields] == ["hpv", "positive"]
    assert registry.form(f"{campaign.declaration}.further").version == 1  # it was not changed
    again = screened(campaign, women["wang"], county, people, hpv="1", note="复查")
    assert again.record.form_version == 2


def test_stopping_closes_what_is_open_and_enrols_nobody_more(county: County, people: Accounts, women):
    campaign = running(county, people)
    enrol_everyone(campaign=campaign.id, now=NOW)
    screened(campaign, women["li"], county, people, hpv="2")
    with acting(people.bureau_officer) as by:
        stop(campaign=campaign.id, by=by, now=NOW)
        stop(campaign=campaign.id, by=by, now=NOW)
    assert close_everyone(campaign=campaign.id, now=NOW) == 3
    assert state_of(women["wang"]) == ("ended", "stopped")
    assert open_steps(women["li"]) == []
    assert Record.objects.count() == 0  # outside of any scope nothing is seen
    with acting(people.village_doctor_a) as doctor, pytest.raises(NotEligible):
        enrol(kind=campaign.declaration, person=women["young"].id, on=TODAY, by=doctor, now=NOW)
    with acting(people.bureau_officer) as by, pytest.raises(refusals.AlreadyStopped):
        save_composition(campaign=campaign.id, composition=cervical(), by=by, now=NOW)


def test_what_is_missing_is_said_before_it_can_start(county: County, people: Accounts):
    unfinished = cervical(
        first_on=None,
        who=Who(age_from=64, age_to=35),
        stages=(
            replace(cervical().stages[0], positive=Positive((Condition("gone", How.IS, "1"),))),
            replace(cervical().stages[1], questions=()),
        ),
    )
    with acting(people.bureau_officer) as by:
        made = create_campaign(title="筛查", by=by, now=NOW)
        save_composition(campaign=made.id, composition=unfinished, by=by, now=NOW)
        with pytest.raises(BadInput) as refused:
            publish(campaign=made.id, by=by, now=NOW)
    told = {(problem.field, problem.code) for problem in refused.value.problems}
    assert {
        ("basics", "no_dates"),
        ("who", "ages"),
        ("primary", "condition"),
        ("further", "no_questions"),
    } <= told
    with pytest.raises(UnknownDeclaration):
        registry.capability(made.declaration)


def test_only_the_bureau_composes(county: County, people: Accounts):
    for account in (people.village_doctor_a, people.township_worker_a, people.director):
        with acting(account) as by, pytest.raises(NotAllowed):
            create_campaign(title="筛查", by=by, now=NOW)


def test_what_was_published_is_never_changed(county: County, people: Accounts):
    running(county, people)
    with pytest.raises(IntegrityError, match="kept as it was written"), transaction.atomic():
        Declaration.objects.update(content={})


def test_another_process_learns_of_it(county: County, people: Accounts):
    campaign = running(county, people)
    declarations.forget()  # as a process that has not read it
    with pytest.raises(UnknownDeclaration):
        registry.capability(campaign.declaration)
    assert declarations.refresh() is True
    assert registry.capability(campaign.declaration).title.zh == "宫颈癌筛查"
    assert declarations.refresh() is False


def test_the_database_is_asked_only_now_and_then(monkeypatch: pytest.MonkeyPatch, settings):
    settings.KANGSHU_DECLARATIONS_EVERY = 2
    asked = []
    monkeypatch.setattr(declarations._held, "asked_at", float("-inf"))
    monkeypatch.setattr(declarations, "refresh", lambda using: asked.append(using))
    monkeypatch.setattr(declarations, "_is_in_transaction", lambda using: False)
    now = iter([10.0, 10.0, 11.0, 12.5, 12.5])
    for _ in range(3):
        declarations.freshen(clock=lambda: next(now))
    assert asked == ["default", "default"]


@pytest.mark.parametrize("repeat", [0, 6])
def test_a_composition_and_its_declaration_travel_as_json(repeat: int):
    composition = cervical(repeat_months=repeat, who=WHOS[2])
    assert Composition.from_json(composition.to_json()) == composition
    made = capability_of(composition, "campaigns.c2026_001", 1, date(2026, 1, 1))
    assert Capability.from_json(made.to_json()) == made
    assert [indicator.id.rsplit(".", 1)[1] for indicator in made.indicators] == [
        "completed", "primary_positive_rate", "further_reached_rate", "further_positive_rate"
    ]  # fmt: skip
    assert COLPOSCOPY.field.name in {field.name for field in made.forms[1].fields}
    assert CampaignState.RUNNING
