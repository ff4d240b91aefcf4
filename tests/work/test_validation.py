"""What is wrong with an answer, said so that it can be put right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kangshu.declare import Check, Choice, Field, FieldType, Form, Range, Section, Text
from kangshu.declare.expression import answer
from kangshu.work.validation import AnswerContext, Checked, check_answers


def words(zh: str) -> Text:
    return Text(zh, zh)


FORM = Form(
    id="test.form",
    version=1,
    title=words("表"),
    sections=(
        Section(
            "all",
            words("全部"),
            (
                Field(
                    "count",
                    words("次数"),
                    FieldType.INTEGER,
                    hard=Range.of(0, 300),
                    soft=Range.of(10, 100),
                    required=True,
                ),
                Field("weight", words("体重"), FieldType.DECIMAL, unit="kg", places=1),
                Field("height", words("身高"), FieldType.DECIMAL, places=1),
                Field(
                    "bmi",
                    words("体质指数"),
                    FieldType.COMPUTED,
                    places=1,
                    expression=(answer("weight") / (answer("height") * answer("height"))).rounded(1),
                ),
                Field("on", words("日期"), FieldType.DATE),
                Field(
                    "signs",
                    words("症状"),
                    FieldType.CHOICES,
                    choices=(
                        Choice("1", words("无")),
                        Choice("2", words("头痛")),
                        Choice("10", words("其他")),
                    ),
                    exclusive=frozenset({"1"}),
                ),
                Field(
                    "other",
                    words("其他症状"),
                    FieldType.TEXT,
                    max_length=4,
                    visible=answer("signs").includes("10"),
                    required=answer("signs").includes("10"),
                ),
                Field("agreed", words("同意"), FieldType.YES_NO),
            ),
        ),
    ),
    checks=(Check("even", answer("count").differs_from(13), words("十三不行"), field="count"),),
)


def check(**answers: Any) -> Checked:
    return check_answers(FORM, {"count": 20, **answers}, AnswerContext(date(2026, 1, 1)))


def codes(checked: Checked) -> dict[str, str]:
    return {problem.field: problem.code for problem in checked.problems}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("１２", 12), (" 12 ", 12), ("12.0", 12), (12, 12), (12.0, 12), (Decimal(12), 12)],
)
def test_numbers_are_read_however_they_are_written(typed, read):
    assert check(count=typed).typed["count"] == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("13O", "number"),
        ("12.5", "whole_number"),
        (True, "number"),
        ("-1", "hard_range"),
        (float("nan"), "number"),
    ],
)
def test_what_is_no_count_is_refused_with_the_reason(typed, code):
    checked = check(count=typed)
    assert codes(checked) == {"count": code}


def test_full_width_decimals_are_exact():
    assert check(weight="６５．５").answers["weight"] == "65.5"
    assert check(weight="65。5").typed["weight"] == Decimal("65.5")


def test_more_decimals_than_the_form_takes():
    assert codes(check(weight="65.55")) == {"weight": "too_precise"}


@pytest.mark.parametrize(
    "typed", ["2026-03-01", "2026/3/1", "20260301", "2026年3月1日", "２０２６-０３-０１"]
)
def test_dates_as_people_write_them(typed):
    assert check(on=typed).typed["on"] == date(2026, 3, 1)


def test_a_day_that_does_not_exist():
    assert codes(check(on="2026-02-30")) == {"on": "date"}


def test_codes_and_words_are_understood_and_kept_in_the_order_of_the_form():
    assert check(signs="10,2", other="耳鸣").answers["signs"] == ["2", "10"]
    assert check(signs=["头痛"]).answers["signs"] == ["2"]
    assert codes(check(signs=["7"])) == {"signs": "code"}


def test_none_stands_alone():
    assert codes(check(signs=["1", "2"])) == {"signs": "exclusive"}


def test_a_question_is_needed_only_when_it_is_asked():
    assert codes(check(signs=["10"])) == {"other": "required"}
    assert codes(check(signs=["2"])) == {}


def test_what_is_not_asked_is_left_out_and_said():
    checked = check(signs=["2"], other="耳鸣")
    assert "other" not in checked.answers
    assert [warning.code for warning in checked.warnings] == ["not_asked"]


def test_computed_values_are_computed_whatever_was_sent():
    assert check(weight="80", height="2", bmi="99").answers["bmi"] == "20.0"
    assert "bmi" not in check(weight="80").answers


def test_an_unusual_value_is_a_warning_and_not_a_problem():
    checked = check(count=150)
    assert not checked.problems
    assert [warning.code for warning in checked.warnings] == ["soft_range"]


def test_everything_wrong_is_said_at_once_with_what_was_typed():
    checked = check_answers(
        FORM,
        {"count": "x", "weight": "y", "agreed": "perhaps", "nonsense": 1},
        AnswerContext(date(2026, 1, 1)),
    )
    assert codes(checked) == {
        "count": "number",
        "weight": "number",
        "agreed": "yes_no",
        "nonsense": "unknown",
    }
    assert {problem.value for problem in checked.problems} == {"x", "y", "perhaps", 1}


def test_a_check_between_answers_and_too_long_a_text():
    assert codes(check(count=13)) == {"count": "check.even"}
    assert codes(check(signs=["10"], other="一二三四五")) == {"other": "too_long"}


def test_equal_values_of_other_types_are_other_answers():
    """A question remembers what values came to; true is not the number 1, and no value stands for another."""
    day = AnswerContext(date(2026, 3, 1))
    for _ in range(2):
        assert check_answers(FORM, {"count": 1}, day).typed["count"] == 1
        refused = check_answers(FORM, {"count": True}, day).problems
        assert [problem.code for problem in refused] == ["number"]
        assert check_answers(FORM, {"count": "１"}, day).typed["count"] == 1
        assert "count" not in check_answers(FORM, {"count": " "}, day).typed
