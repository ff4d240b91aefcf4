"""Z-scores against figures that the WHO prints."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kangshu.codes.growth import Growth, growth

BORN = date(2024, 1, 10)


def at(days: int, sex: str = "1", weight: str = "", length: str = "", standing: bool | None = None) -> Growth:
    return growth(
        sex,
        BORN,
        BORN + timedelta(days=days),
        Decimal(weight) if weight else None,
        Decimal(length) if length else None,
        standing=standing,
    )


def near(found: Decimal | None, wanted: Decimal | int, within: str) -> bool:
    return found is not None and abs(found - wanted) <= Decimal(within)


@pytest.mark.parametrize(
    ("why", "days", "sex", "weight", "length"),
    [
        # The medians of the printed tables: weight in kg, length in cm.
        ("a boy at birth", 0, "1", "3.3464", "49.8842"),
        ("a girl at birth", 0, "2", "3.2322", "49.1477"),
        ("a boy of 6 months", 183, "1", "7.9389", "67.6435"),
        ("a girl of 12 months", 365, "2", "8.9462", "74.0065"),
    ],
)
def test_the_median_is_nought(why: str, days: int, sex: str, weight: str, length: str) -> None:
    found = at(days, sex, weight, length)
    assert near(found.weight_for_age, 0, "0.03"), why
    assert near(found.length_for_age, 0, "0.03"), why


def test_a_light_and_short_boy_of_a_year() -> None:
    # WHO prints for boys of 12 months: -2 SD is 7.7 kg and 71.0 cm, -3 SD 6.9 kg and 68.6 cm.
    found = at(365, "1", "7.7", "71.0")
    assert near(found.weight_for_age, -2, "0.06")
    assert near(found.length_for_age, -2, "0.06")
    assert found.weight_for_length is not None
    assert found.bmi_for_age is not None


def test_lying_and_standing_meet_at_24_months() -> None:
    before, lying = at(730, length="87.0"), at(730, length="86.3", standing=True)
    assert before.length_for_age == lying.length_for_age
    after, standing = at(731, length="87.0", standing=False), at(731, length="86.3")
    assert after.length_for_age == standing.length_for_age
    assert before.length_for_age is not None
    assert near(after.length_for_age, before.length_for_age, "0.02")


def test_from_61_months_on_there_is_no_weight_for_height() -> None:
    five = at(1826, "2", "18.2", "109.4")
    assert five.weight_for_length is not None
    six = at(2191, "2", "20.2", "115.1")
    assert six.weight_for_length is None
    assert near(six.weight_for_age, 0, "0.1")
    assert six.bmi_for_age is not None


def test_what_is_not_known_has_no_score() -> None:
    assert at(100, "9", "6", "60") == Growth()
    assert at(100) == Growth()
    assert at(100, weight="6").length_for_age is None
    assert at(100, weight="6", length="40").weight_for_length is None
    with pytest.raises(ValueError, match="before the birth"):
        at(-1, weight="3")
