"""Fields of rows: judged row by row, typed on the form page, shown, printed, exported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.accounts import sign_in
from tests.support.declared import declared
from tests.work.conftest import World

from kangshu.declare import Capability, Field, FieldType, Form, Range, Section, Text, numbered
from kangshu.declare.expression import answer, score
from kangshu.exchange.excel.record_lists import in_words
from kangshu.exchange.form_schema import field_schema
from kangshu.kernel.dates import china_today
from kangshu.kernel.identifiers import new_id
from kangshu.work.models import Record
from kangshu.work.validation import AnswerContext, check_answers

TODAY = date(2026, 9, 30)
DRUGS = Field(
    "drugs",
    Text("用药情况", "Medication"),
    FieldType.ROWS,
    fields=(
        Field("name", Text("药物名称", "Drug"), FieldType.TEXT, required=True, max_length=6),
        Field(
            "dose",
            Text("每次剂量", "Dose"),
            FieldType.DECIMAL,
            unit="mg",
            hard=Range.of(0, 5000),
            soft=Range.of(0, 1000),
        ),
        Field(
            "taken",
            Text("服药", "Taken"),
            FieldType.CHOICE,
            choices=numbered(("规律", "regularly"), ("间断", "at times")),
            visible=answer("dose").is_known(),
        ),
    ),
    most=3,
    carried=True,
)
FORM = Form(
    "tests.medication",
    1,
    Text("用药随访", "Medication visit"),
    (
        Section(
            "all",
            Text("用药", "Medication"),
            (
                DRUGS,
                Field("arrived_at", Text("到达时间", "Arrived"), FieldType.MOMENT),
                Field("q1", Text("条目一", "Item 1"), FieldType.INTEGER),
                Field("q2", Text("条目二", "Item 2"), FieldType.INTEGER),
                Field("total", Text("总分", "Total"), FieldType.COMPUTED, expression=score("q1", "q2")),
            ),
        ),
    ),
)
CAPABILITY = Capability(
    "tests.drugs", 1, Text("用药", "Drugs"), Text("随访", "Visits"), Text("居民", "Residents"), forms=(FORM,)
)


def checked(**answers: Any):
    return check_answers(FORM, answers, AnswerContext(TODAY))


def test_rows_are_read_and_blank_ones_left_out():
    found = checked(drugs=[{"name": "氨氯地平", "dose": "２.５"}, {"name": " ", "dose": ""}])
    assert found.problems == ()
    assert found.answers["drugs"] == [{"name": "氨氯地平", "dose": "2.5"}]
    assert found.typed["drugs"] == ({"name": "氨氯地平", "dose": Decimal("2.5")},)


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ([{"name": "甲"}, {"dose": "3"}], "required", "第2行“药物名称”：请填写。"),
        ([{"name": "甲", "dose": "9999"}], "hard_range", "第1行“每次剂量”：填的是 9999"),
        ([{"name": "甲乙丙丁戊己庚"}], "too_long", "第1行“药物名称”：最多 6 个字"),
        ([{"name": "甲", "dose": "多"}], "number", "第1行“每次剂量”：“多”不是数字"),
        ([{"name": "甲", "taken": "9", "dose": "1"}], "code", "第1行“服药”：没有“9”"),
        ([{"name": "甲", "price": "1"}], "unknown", "第1行：没有“price”这一列"),
        ([{"name": "甲"}] * 4, "too_many_rows", "最多填 3 行"),
        (["甲"], "rows", "应按行填写"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(rows: list[Any], code: str, words: str):
    problems = checked(drugs=rows).problems
    assert [(problem.field, problem.code) for problem in problems] == [("drugs", code)]
    assert words in problems[0].message.zh


def test_what_is_unlikely_warns_and_what_is_not_asked_is_left_out():
    found = checked(drugs=[{"name": "甲", "dose": "2000"}, {"name": "乙", "taken": "1"}])
    assert [warning.code for warning in found.warnings] == ["soft_range"]
    assert found.answers["drugs"][1] == {"name": "乙"}


def test_a_cell_of_a_spreadsheet_holds_a_row_a_line():
    assert checked(drugs="氨氯地平；2.5；1\n二甲双胍;500").answers["drugs"] == [
        {"name": "氨氯地平", "dose": "2.5", "taken": "1"},
        {"name": "二甲双胍", "dose": "500"},
    ]
    said = in_words(DRUGS, [{"name": "氨氯地平", "dose": "2.5", "taken": "1"}, {"name": "二甲双胍"}], "zh")
    assert said == "氨氯地平；2.5；1 规律\n二甲双胍；；"
    assert checked(drugs=said).problems == ()


def test_a_moment_and_a_score():
    found = checked(arrived_at="2026-09-30 8:05", q1="2", q2="3")
    assert (found.answers["arrived_at"], found.answers["total"]) == ("2026-09-30T08:05", 5)
    assert checked(arrived_at="2026-09-30 25:00").problems[0].code == "moment"
    assert "total" not in checked(q1="2").answers


def test_the_schema_of_the_api_knows_rows():
    schema = field_schema(DRUGS)
    assert (schema["type"], schema["maxItems"], schema["items"]["required"]) == ("array", 3, ["name"])


@pytest.fixture
def known() -> Iterator[None]:
    with declared(CAPABILITY):
        yield


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(Client(), world.accounts.village_doctor_a)


def posted(**given: str) -> dict[str, str]:
    return {"record_id": str(new_id()), "performed_on": china_today().isoformat(), **given}


@pytest.mark.usefixtures("known")
class TestOnThePage:
    def test_rows_are_saved_shown_and_printed(self, client: Client, world: World):
        url = reverse("work:record", args=[FORM.id, world.person.id])
        assert b"data-blank-row" in client.get(url).content
        answer = client.post(
            url,
            posted(
                **{
                    "a-drugs.0.name": "氨氯地平",
                    "a-drugs.0.dose": "2.5",
                    "a-drugs.7.name": "二甲双胍",
                    "a-drugs.3.name": "",
                }
            ),
        )
        assert answer.status_code == 302
        record = Record.objects.get(form_id=FORM.id)
        assert record.answers["drugs"] == [{"name": "氨氯地平", "dose": "2.5"}, {"name": "二甲双胍"}]
        detail = client.get(reverse("work:record_detail", args=[record.id])).content.decode()
        assert "氨氯地平，2.5 mg<br>二甲双胍" in detail
        assert (
            "氨氯地平，2.5 mg<br>二甲双胍"
            in client.get(reverse("work:print", args=[record.id])).content.decode()
        )
        corrected = client.get(reverse("work:correct", args=[record.id])).content.decode()
        assert 'name="a-drugs.1.name" value="二甲双胍"' in corrected

    def test_a_refused_row_comes_back_as_typed(self, client: Client, world: World):
        url = reverse("work:record", args=[FORM.id, world.person.id])
        answer = client.post(url, posted(**{"a-drugs.4.name": "甲", "a-drugs.4.dose": "多"}))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "第1行“每次剂量”" in page
        assert 'name="a-drugs.0.dose" value="多"' in page
