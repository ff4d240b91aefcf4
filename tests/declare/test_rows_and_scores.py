"""Fields of rows, scores over many items, moments: declared, refused, read, said."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from kangshu.declare import BadDeclaration, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.answers import NotThisType, plain, typed
from kangshu.declare.evaluate import evaluate, form_context
from kangshu.declare.expression import answer, hours_between, score, weeks_between, working_days_between
from kangshu.declare.wording import words
from kangshu.kernel.dates import CHINA

NEVER_TO_ALWAYS = numbered(("没有", "never"), ("有时", "sometimes"), ("总是", "always"))
DRUGS = Field(
    "drugs",
    Text("用药情况", "Medication"),
    FieldType.ROWS,
    fields=(
        Field("name", Text("药物名称", "Drug"), FieldType.TEXT, required=True),
        Field("dose", Text("剂量", "Dose"), FieldType.DECIMAL, required=answer("name").is_known()),
        Field("since_on", Text("开始日期", "Since"), FieldType.DATE),
    ),
    most=4,
)


def form_of(*fields: Field) -> Form:
    return Form("tests.rows", 1, Text("表", "Form"), (Section("all", Text("全部", "All"), fields),))


def item(name: str) -> Field:
    return Field(name, Text(f"条目{name}", f"item {name}"), FieldType.CHOICE, choices=NEVER_TO_ALWAYS)


TOTAL = score("q1", "q2", points={"1": 1, "2": 3, "3": 5})
SCALE = form_of(
    item("q1"),
    item("q2"),
    Field("total", Text("总分", "Total"), FieldType.COMPUTED, expression=TOTAL),
    DRUGS,
    Field("arrived_at", Text("到达时间", "Arrived"), FieldType.MOMENT),
)


def test_rows_keep_their_types_both_ways():
    stored = {"drugs": [{"name": "氨氯地平", "dose": "2.5", "since_on": "2026-03-01"}, {"name": "二甲双胍"}]}
    read = typed(SCALE, stored)
    assert read["drugs"] == (
        {"name": "氨氯地平", "dose": Decimal("2.5"), "since_on": date(2026, 3, 1)},
        {"name": "二甲双胍"},
    )
    assert plain(read) == stored


def test_a_moment_is_kept_by_the_clock_of_china():
    read = typed(SCALE, {"arrived_at": "2026-03-01T14:30"})
    assert read["arrived_at"] == datetime(2026, 3, 1, 14, 30, tzinfo=CHINA)
    assert plain(read) == {"arrived_at": "2026-03-01T14:30"}


@pytest.mark.parametrize("wrong", [{"drugs": [{"dose": "much"}]}, {"arrived_at": "at noon"}])
def test_what_is_no_answer_is_refused(wrong: dict[str, Any]):
    with pytest.raises(NotThisType):
        typed(SCALE, wrong)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [({"q1": "1", "q2": "3"}, 6), ({"q1": "2", "q2": "2"}, 6), ({"q1": "2"}, None), ({}, None)],
)
def test_a_score_is_missing_until_every_item_is_answered(answers: dict[str, Any], expected: int | None):
    assert evaluate(TOTAL, form_context(answers, date(2026, 3, 1))) == expected


def test_numbers_count_as_they_are():
    context = form_context({"a": 3, "b": 4}, date(2026, 3, 1))
    assert evaluate(score("a", "b"), context) == 7


def test_rows_are_counted():
    context = form_context({"drugs": ({"name": "a"}, {"name": "b"})}, date(2026, 3, 1))
    assert evaluate(answer("drugs").count(), context) == 2
    assert evaluate(answer("drugs").count(), form_context({}, date(2026, 3, 1))) == 0


def test_spans_in_weeks_hours_and_working_days():
    answers = {
        "lmp": date(2026, 1, 1),
        "due": date(2026, 1, 14),
        "told_at": datetime(2026, 1, 1, 8, 0, tzinfo=CHINA),
        "seen_at": datetime(2026, 1, 4, 7, 59, tzinfo=CHINA),
    }
    context = form_context(answers, date(2026, 3, 1))
    assert evaluate(weeks_between(answer("lmp"), answer("due")), context) == 1
    assert evaluate(hours_between(answer("told_at"), answer("seen_at")), context) == 71
    # New Year 2026: the 1st to the 3rd are free, Sunday the 4th is worked.
    assert evaluate(working_days_between(answer("lmp"), answer("due")), context) == 9


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: form_of(item("q1"), Field("t", Text("总", "T"), FieldType.COMPUTED, expression=TOTAL)),
        lambda: form_of(
            item("q1"),
            item("q2"),
            Field("t", Text("总", "T"), FieldType.COMPUTED, expression=score("q1", "q2", points={"1": 1})),
        ),
        lambda: form_of(DRUGS, Field("t", Text("总", "T"), FieldType.COMPUTED, expression=score("drugs"))),
        lambda: Field("drugs", Text("药", "D"), FieldType.ROWS),
        lambda: Field("drugs", Text("药", "D"), FieldType.TEXT, fields=(DRUGS.fields[0],)),
        lambda: Field("drugs", Text("药", "D"), FieldType.ROWS, fields=(DRUGS,)),
        lambda: form_of(
            Field(
                "drugs",
                Text("药", "D"),
                FieldType.ROWS,
                fields=(Field("a", Text("甲", "A"), FieldType.TEXT, required=answer("b").is_known()),),
            )
        ),
        lambda: form_of(
            DRUGS,
            Field("t", Text("总", "T"), FieldType.COMPUTED, expression=answer("drugs") >= 2),
        ),
    ],
)
def test_nonsense_is_refused(wrong: Any):
    with pytest.raises(BadDeclaration):
        wrong()


def test_all_of_it_travels_as_json_and_is_said_in_words():
    assert Form.from_json(SCALE.to_json()) == SCALE
    assert words(TOTAL, "zh", SCALE) == "条目q1、条目q2的得分之和"
    assert words(TOTAL, "en", SCALE) == "the sum of the scores of item q1, item q2"
    assert words(answer("drugs").count() >= 5, "zh", SCALE) == "用药情况的条数 ≥ 5"
