"""Numbers that the county sets from a day on: who may, which holds when, and what the page says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.support.accounts import accounts, acting, sign_in
from tests.support.county import small_county
from tests.support.people import NOW

from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.declare import DatedValue, Parameter, Text, registry
from kangshu.kernel.dates import CHINA, china_today
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.people.answering import TRANSFER_DAYS, answer_due_on
from kangshu.work.models import ParameterValue
from kangshu.work.parameter_history import Standing, held, lines_of
from kangshu.work.parameters import LocalParameters, set_parameter

PREVALENCE = "hypertension.adult_prevalence"
NORM = Decimal("27.5")


@pytest.fixture
def county(db):
    return small_county()


@pytest.fixture
def who(county):
    return accounts(county)


def put(who, value, on, *, id=PREVALENCE, reason="县卫健局〔2026〕12号", now=NOW, role="bureau_officer"):
    with acting(getattr(who, role)) as actor:
        return set_parameter(id=id, value=Decimal(value), from_on=on, reason=reason, by=actor, now=now)


def value(on, id=PREVALENCE):
    return LocalParameters().value(id, on)


def test_the_norm_holds_until_the_countys_day(who):
    assert value(date(2026, 9, 30)) == NORM
    put(who, "30.1", date(2027, 1, 1))
    assert value(date(2026, 12, 31)) == NORM, "a future day changes nothing today"
    assert value(date(2027, 1, 1)) == Decimal("30.1")
    found = held(PREVALENCE, date(2026, 9, 30))
    assert (found.now.value, found.coming.value) == (NORM, Decimal("30.1"))
    assert held(PREVALENCE, date(2027, 1, 1)).now.set_by == "科员辛"


def test_each_value_holds_until_the_next_and_earlier_days_keep_theirs(who):
    put(who, "30", date(2026, 1, 1))
    put(who, "32", date(2026, 7, 1))
    put(who, "31", date(2026, 4, 1), now=NOW + timedelta(hours=1))
    days = (date(2025, 12, 31), date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [value(day) for day in days] == [NORM, *map(Decimal, ("30", "31", "31", "32"))]


def test_set_again_for_one_day_the_later_counts_and_the_earlier_stays_in_the_history(who):
    put(who, "50", date(2026, 7, 1), reason="误录数值")
    put(who, "27.5", date(2026, 7, 1), reason="更正误录", now=NOW + timedelta(minutes=5))
    assert value(date(2026, 7, 1)) == NORM
    lines = [line for line in held(PREVALENCE, date(2026, 9, 30)).lines if line.set_at]
    assert {line.value: line.standing for line in lines} == {
        NORM: Standing.IN_FORCE,
        Decimal("50"): Standing.REPLACED,
    }
    assert ParameterValue.objects.count() == 2


@pytest.mark.parametrize("role", ["village_doctor_a", "township_worker_a", "director", "administrator"])
def test_only_a_bureau_officer_sets(who, role):
    with pytest.raises(NotAllowed):
        put(who, "30", date(2026, 7, 1), role=role)


@pytest.mark.parametrize(
    ("id", "given_value", "reason", "field"),
    [
        ("hypertension.target_sbp", "150", "县里决定", "parameter"),
        (PREVALENCE, "101", "县里决定", "value"),
        (PREVALENCE, "-1", "县里决定", "value"),
        (PREVALENCE, "NaN", "县里决定", "value"),
        (PREVALENCE, "30", " ", "reason"),
        (TRANSFER_DAYS, "2.5", "县里决定", "value"),
        (TRANSFER_DAYS, "0", "县里决定", "value"),
    ],
)
def test_what_cannot_be_set_says_where(who, id, given_value, reason, field):
    with pytest.raises(BadInput) as refused:
        put(who, given_value, date(2026, 7, 1), id=id, reason=reason)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert not ParameterValue.objects.exists()


def test_the_setting_is_audited_with_value_and_day(who):
    put(who, "30", date(2026, 7, 1))
    with entered_as_system("test"):
        entry = AuditEntry.objects.get(action="parameter.set")
    assert entry.detail == {"parameter": PREVALENCE, "value": "30", "from_on": "2026-07-01"}
    assert entry.reason == "县卫健局〔2026〕12号"


def test_a_time_limit_set_here_is_the_time_that_answers_have(who):
    asked_on = date(2026, 11, 2)
    assert answer_due_on(TRANSFER_DAYS, asked_on) == date(2026, 11, 9)
    put(who, "2", date(2026, 11, 1), id=TRANSFER_DAYS)
    assert answer_due_on(TRANSFER_DAYS, asked_on) == date(2026, 11, 4)
    assert answer_due_on(TRANSFER_DAYS, date(2026, 10, 30)) == date(2026, 11, 6), "asked before: as before"


DAYS = st.integers(0, 40).map(lambda n: date(2020, 1, 1) + timedelta(days=n))


@given(
    norm=st.lists(DAYS, min_size=1, max_size=3, unique=True).map(sorted),
    own=st.lists(DAYS, max_size=5),
    today=DAYS,
)
def test_the_line_in_force_is_the_value_that_rules_get(norm, own, today):
    parameter = Parameter(
        "test.number",
        Text("数", "number"),
        "",
        tuple(DatedValue(day, Decimal(n)) for n, day in enumerate(norm)),
        local=True,
    )
    at = datetime(2020, 1, 1, tzinfo=CHINA)
    rows = [
        SimpleNamespace(id=n, from_on=day, value=str(100 + n), set_at=at, set_by=None, reason="")
        for n, day in enumerate(sorted(own))
    ]
    lines = lines_of(parameter, rows, today, {})
    given_rows = [(parameter.id, row.from_on, row.value) for row in rows]
    local = [Decimal(text) for _id, day, text in given_rows if day <= today]
    expected = local[-1] if local else parameter.value_on(today)
    assert [line.value for line in lines if line.standing is Standing.IN_FORCE] == [expected]
    assert all(line.from_on > today for line in lines if line.standing is Standing.COMING)


def test_the_pages_show_history_effect_and_keep_what_was_typed(who):
    officer = sign_in(Client(), who.bureau_officer)
    assert "成人高血压患病率" in officer.get(reverse("work:parameters")).content.decode()
    address = reverse("work:parameter", args=[PREVALENCE])
    first = officer.get(address).content.decode()
    assert "生效后的影响" in first
    assert registry.indicator("hypertension.detection_rate").title.zh in first
    refused = officer.post(address, {"value": "120", "from_on": "2027-01-01", "reason": "县里决定"})
    assert "数值应在 0 至 100 之间" in refused.content.decode()
    assert 'value="120"' in refused.content.decode()
    tomorrow = china_today() + timedelta(days=1)
    done = officer.post(
        address, {"value": "31.5", "from_on": str(tomorrow), "reason": "县卫健局通知"}, follow=True
    ).content.decode()
    assert "待生效" in done
    assert "县卫健局通知" in done
    national = officer.get(reverse("work:parameter", args=["hypertension.target_sbp"])).content.decode()
    assert "由国家规范规定" in national
    assert 'name="value"' not in national
    doctor = sign_in(Client(), who.village_doctor_a)
    assert 'name="value"' not in doctor.get(address).content.decode()
    assert (
        doctor.post(address, {"value": "9", "from_on": "2026-01-01", "reason": "试试看"}).status_code == 403
    )
    assert officer.get(reverse("work:parameter", args=["no.such"])).status_code == 404
