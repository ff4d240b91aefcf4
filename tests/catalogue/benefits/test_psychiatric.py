"""Free medicines come from the stock, the next re-examination is booked, and the programme stays closed."""

from __future__ import annotations

from datetime import date

from kangshu.declare import registry
from kangshu.declare.posting import StockPosting
from kangshu.declare.stock import goods

KIND = "benefits.psychiatric"


def test_the_benefit_lies_in_the_compartment_of_the_programme():
    assert registry.capability(KIND).confidentiality == registry.capability("mental.severe").confidentiality
    assert registry.capability(KIND).confidentiality


def test_every_medicine_is_goods_and_each_box_is_taken():
    (posting,) = (one for one in registry.capability(KIND).posts if isinstance(one, StockPosting))
    drug = registry.form("benefits.psychiatric_dispensing").field("drug")
    assert set(posting.goods_of) == {choice.code for choice in drug.choices}
    assert all(goods(id).unit == "盒" for id in posting.every_goods)


def test_the_next_re_examination_is_the_day_that_was_booked():
    step = registry.capability(KIND).schedule.step("dispensing")
    assert step.appointment == "next_on"
    assert step.first.after(date(2026, 5, 12)).due_on == date(2026, 6, 12)
