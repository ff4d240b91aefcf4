"""Points from values, ranks from points, and a share of a sample that counts each stratum with its size."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from kangshu.appraisal.scoring import Counted, Rule, Scale, multiplied, points_for, ranked, true_share

RISING = Scale(D(10), Rule.LINEAR, goal=D(65), floor=D(45))
FALLING = Scale(D(8), Rule.LINEAR, goal=D(2), floor=D(10), falling=True)
FLAT = Scale(D(5), Rule.ALL_OR_NOTHING, goal=D(90))


@pytest.mark.parametrize(
    ("scale", "value", "points"),
    [
        (RISING, "45", "0.00"),
        (RISING, "55", "5.00"),
        (RISING, "64.99", "10.00"),  # 9.995 rounds half up
        (RISING, "80", "10.00"),
        (RISING, "10", "0.00"),
        (FALLING, "6", "4.00"),
        (FALLING, "1", "8.00"),
        (FALLING, "12", "0.00"),
        (FLAT, "90", "5.00"),
        (FLAT, "89.99", "0.00"),
    ],
)
def test_points(scale, value, points):
    assert points_for(scale, D(value)) == D(points)


def test_what_cannot_be_had_gives_no_points():
    assert points_for(RISING, None) == 0


def test_a_goal_on_the_wrong_side_of_the_floor_is_unsound():
    assert RISING.is_sound
    assert FALLING.is_sound
    assert not Scale(D(10), Rule.LINEAR, goal=D(40), floor=D(45)).is_sound


def test_the_true_share_multiplies_quantities():
    assert multiplied(D("9.00"), D("80")) == D("7.20")
    assert multiplied(D("9.00"), None) == D("9.00")


def test_a_stratum_drawn_more_densely_does_not_weigh_more():
    """Ten of the 20 records with a sign were drawn and half are wrong; ten of 180 without one, all right."""
    strata = [Counted(20, 10, 5), Counted(180, 10, 10)]
    assert true_share(strata) == D("95.00")  # the bare share of the sample would be 75 %
    assert true_share([Counted(20, 0, 0), Counted(30, 5, 5)]) == 100
    assert true_share([Counted(20, 0, 0)]) is None


def test_equal_scores_share_a_rank():
    places = ranked([("a", D(80)), ("b", D(90)), ("c", D(90)), ("d", D(70))])
    assert [(place.key, place.rank) for place in places] == [("b", 1), ("c", 1), ("a", 3), ("d", 4)]
