"""The personal basic information form: what is asked when, what is refused, whom the rates count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.catalogue.people import filled, in_period
from tests.support.accounts import accounts, acting
from tests.support.county import small_county
from tests.support.people import NOW, resident

from kangshu.catalogue.records.personal_information.indicators import INDICATORS
from kangshu.declare.evaluate import PersonView, holds
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import record_visit

FORM = "records.personal_information"
ENOUGH: dict[str, Any] = {
    "blood_group": "5",
    "rh": "3",
    "drug_allergy": ["1"],
    "exposure": ["1"],
    "past_diseases": ["1"],
    "surgery": "1",
    "trauma": "1",
    "transfusion": "1",
    "family_father": ["1"],
    "family_mother": ["1"],
    "family_siblings": ["1"],
    "family_children": ["1"],
    "hereditary": "1",
    "disability": ["1"],
}
CREATED, STANDARDISED, OPEN = INDICATORS


@pytest.fixture
def fill(db):
    """`fill(drug_allergy=["2"])` saves the least that is enough, with that changed; gives the record."""
    county = small_county()
    who = accounts(county)
    person = resident(county.clinic_a1)

    def saved(**changes: Any) -> Any:
        with acting(who.village_doctor_a) as doctor:
            return record_visit(
                form_id=FORM,
                person=person.pk,
                answers={name: value for name, value in {**ENOUGH, **changes}.items() if value is not None},
                performed_on=date(2026, 9, 1),
                performed_by=county.doctor_a.pk,
                institution=county.clinic_a1.pk,
                record_id=new_id(),
                confirmed=True,
                by=doctor,
                now=NOW,
            ).record

    return saved


def test_the_least_that_is_enough_is_kept_without_a_case(fill):
    record = fill()
    assert record.case_id is None
    assert record.answers["blood_group"] == "5"


def test_a_full_history_is_kept_with_its_days(fill):
    record = fill(
        past_diseases=["2", "6"],
        hypertension_since="2015-03-01",
        tumour_name="胃癌",
        surgery="2",
        surgery_1="阑尾切除术",
        surgery_1_on="1998-07-01",
        family_father=["2", "7"],
        drug_allergy=["2", "5"],
        drug_allergy_other="头孢",
    )
    assert record.answers["hypertension_since"] == "2015-03-01"
    assert record.answers["family_father"] == ["2", "7"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"blood_group": None}, "blood_group"),
        ({"drug_allergy": ["1", "2"]}, "drug_allergy"),
        ({"drug_allergy": ["5"]}, "drug_allergy_other"),
        ({"past_diseases": ["1", "3"]}, "past_diseases"),
        ({"surgery": "2"}, "surgery_1"),
        ({"hereditary": "2"}, "hereditary_name"),
        ({"disability": ["9"]}, "disability"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_at_its_field(fill, changes, field):
    with pytest.raises(BadInput) as refused:
        fill(**changes)
    assert field in {problem.field for problem in refused.value.problems}


def test_a_record_counts_and_its_form_makes_it_complete():
    bare = PersonView(sex="1", birth_date=date(1950, 3, 1))
    dead = PersonView(sex="1", birth_date=date(1950, 3, 1), death_on=date(2026, 12, 31))
    died_later = PersonView(sex="1", birth_date=date(1950, 3, 1), death_on=date(2027, 1, 1))
    known = PersonView(sex="1", birth_date=date(1950, 3, 1), records=(filled(FORM, "2026-12-31", ENOUGH),))
    late = PersonView(sex="1", birth_date=date(1950, 3, 1), records=(filled(FORM, "2027-01-01", ENOUGH),))
    people = (bare, dead, died_later, known, late)
    assert [holds(CREATED.numerator, in_period(one)) for one in people] == [True, False, True, True, True]
    assert [holds(STANDARDISED.numerator, in_period(one)) for one in people] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_the_latest_consent_of_the_period_decides_whether_a_record_is_open():
    def consenting(*given: tuple[str, str]) -> PersonView:
        records = tuple(filled("records.opening", on, {"agreed": code, "given": "1"}) for on, code in given)
        return PersonView(sex="1", birth_date=date(1950, 3, 1), records=records)

    people = (
        consenting(),
        consenting(("2026-03-01", "1")),
        consenting(("2026-03-01", "1"), ("2026-04-01", "2")),
        consenting(("2026-03-01", "2"), ("2026-04-01", "1"), ("2027-01-01", "2")),
    )
    assert [holds(OPEN.numerator, in_period(one)) for one in people] == [False, True, False, True]
