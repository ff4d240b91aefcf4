"""Long prescriptions: the strictest drug decides, and what is due from the prescription to the next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.county import small_county
from tests.support.people import NOW, resident

from kangshu.access.scope import entered_as_system
from kangshu.catalogue.chronic.long_prescription.forms import DRUGS
from kangshu.catalogue.chronic.long_prescription.parameters import NORM
from kangshu.catalogue.chronic.long_prescription.rules import prescription
from kangshu.declare import Visit
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import enrol, record_visit
from kangshu.work.models import Due

DAY = date(2026, 5, 12)
KIND = "chronic.long_prescription"
CODES = [choice.code for choice in DRUGS]


@given(st.sets(st.sampled_from(CODES), min_size=1, max_size=4), st.integers(4, 12))
@settings(max_examples=100, deadline=None)
def test_nothing_stands_that_is_too_long_for_any_of_its_drugs(classes: set[str], weeks: int) -> None:
    found = prescription(Visit(DAY, {"stable": True, "classes": tuple(classes), "weeks": weeks}))
    allowed = all(weeks <= NORM.value(f"long_prescription.{kind}", DAY) for kind in classes)
    assert (found.outcome != "refused") == allowed
    assert found.values.get("refill_on") == (DAY + timedelta(weeks=weeks) if allowed else None)


def test_from_the_prescription_to_the_door_and_to_the_refill(db) -> None:
    county = small_county()
    person = resident(county.clinic_a1, "钱慢病")

    def saved(form: str, on: date, **answers: Any) -> None:
        record_visit(
            form_id=f"{KIND}.{form}",
            answers=answers,
            performed_on=on,
            record_id=new_id(),
            performed_by=None,
            institution=county.clinic_a1.pk,
            **common,
        )

    def due() -> dict[str, date]:
        return {one.step: one.due_on for one in Due.objects.filter(kind=KIND, state="open")}

    drugs = [{"name": "氨氯地平", "use": "每日一次", "quantity": "28"}]
    with entered_as_system("fixture") as by:
        common: dict[str, Any] = {"person": person.pk, "by": by, "now": NOW}
        enrol(kind=KIND, on=DAY, **common)
        what = {"diseases": ["1"], "stable": True, "drugs": drugs, "supply": "2"}
        saved("prescription", DAY, **what, weeks=4, classes=["controlled"])
        assert due() == {"refill": DAY + timedelta(days=14)}  # what is refused fulfils nothing
        saved("prescription", date(2026, 5, 13), **what, weeks=4, classes=["blood_pressure"])
        assert due() == {"refill": date(2026, 6, 10), "review": date(2026, 5, 14)}
        saved("review", date(2026, 5, 13), decision="1", pharmacist="周药师")
        assert due()["delivery"] == date(2026, 5, 14)
        order = {"order": "D1", "company": "县医药公司"}
        saved("delivery", date(2026, 5, 14), step="picked", **order)
        saved("delivery", date(2026, 5, 15), step="shipped", **order)
        assert due()["delivery"] == date(2026, 5, 18)
        saved("delivery", date(2026, 5, 17), step="received", receiver="本人", **order)
        assert due() == {"refill": date(2026, 6, 10)}


@pytest.mark.parametrize("weeks", [3, 13])
def test_four_to_twelve_weeks(weeks: int) -> None:
    from kangshu.declare import registry

    limits = registry.form(f"{KIND}.prescription").field("weeks").hard
    assert limits is not None
    assert not limits.least <= weeks <= limits.greatest
