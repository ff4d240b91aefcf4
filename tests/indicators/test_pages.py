"""The screens of the figures, through the client: each number leads on, nobody sees beyond their area."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.indicators.test_snapshot import JOB, NOW, World
from tests.support.accounts import sign_in

from kangshu.indicators.actions import take_snapshot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings, tmp_path):
    from datetime import date

    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    world = World()
    world.visit(world.li, date(2026, 2, 1))
    world.visit(world.wang, date(2026, 3, 1), sbp=158)
    take_snapshot(by=JOB, now=NOW + timedelta(minutes=1))
    return world


def _get(client, account, name, *args, **query):
    sign_in(client, account)
    return client.get(reverse(f"indicators:{name}", args=args), query)


def test_before_the_first_snapshot_the_dashboard_says_what_to_do(client, settings, tmp_path):
    settings.KANGSHU_SNAPSHOTS = tmp_path / "none"
    world = World()
    page = _get(client, world.accounts.bureau_officer, "dashboard")
    assert page.status_code == 200
    assert "请先生成第一份快照" in page.content.decode()


def test_the_dashboard_shows_values_ranking_and_trend(client, world):
    page = _get(client, world.accounts.bureau_officer, "dashboard", indicator="hypertension.control_rate")
    text = page.content.decode()
    assert page.status_code == 200
    assert "管理人群血压控制率" in text
    assert "50.00" in text
    assert "柳林镇卫生院" in text
    assert 'data-chart="trend-data"' in text


def test_an_indicator_opens_to_its_people_and_says_what_is_missing(client, world):
    officer = world.accounts.bureau_officer
    page = _get(client, officer, "indicator", "hypertension.control_rate")
    assert "年内最近一次随访血压达标的患者人数" in page.content.decode()
    page = _get(client, officer, "open", indicator="hypertension.control_rate", part="gap")
    text = page.content.decode()
    assert "王保国" in text
    assert "李秀英" not in text
    assert "收缩压" in text
    assert reverse("people:resident", args=[world.wang.pk]) in text


def test_a_figure_of_records_opens_to_the_records(client, world):
    page = _get(
        client, world.accounts.bureau_officer, "open", indicator="hypertension.follow_ups", part="numerator"
    )
    assert page.content.decode().count("work-list") == 1
    assert "2026-03-01" in page.content.decode()


def test_a_doctor_sees_only_the_own_institution(client, world):
    doctor_b = world.accounts.village_doctor_b
    page = _get(client, doctor_b, "open", indicator="hypertension.managed_people", part="numerator")
    assert "王保国" not in page.content.decode()
    page = _get(client, doctor_b, "open", indicator="hypertension.managed_people", place="0001.0003.")
    assert page.status_code in (400, 403)
    assert "王保国" not in page.content.decode()


def test_an_opened_figure_can_be_taken_as_a_spreadsheet(client, world):
    page = _get(
        client,
        world.accounts.bureau_officer,
        "export",
        indicator="hypertension.managed_people",
        part="numerator",
    )
    rows = list(load_workbook(BytesIO(page.content)).active.iter_rows(values_only=True))
    assert {row[0] for row in rows[3:]} == {"李秀英", "王保国"}
    assert "导出人" in rows[1][0]


@pytest.mark.parametrize(
    "query", [{"period": "2031"}, {"period": "nonsense"}, {"snapshot": "ffffffff"}, {"by": "colour"}]
)
def test_a_question_without_an_answer_says_why(client, world, query):
    page = _get(client, world.accounts.bureau_officer, "indicator", "hypertension.control_rate", **query)
    assert page.status_code == 400
    assert "Traceback" not in page.content.decode()


def test_an_unknown_indicator_names_the_nearest(client, world):
    page = _get(client, world.accounts.bureau_officer, "indicator", "hypertension.control_rat")
    assert page.status_code == 400
    assert "hypertension.control_rate" in page.content.decode()


def test_a_target_is_set_and_judged(client, world):
    officer = world.accounts.bureau_officer
    sign_in(client, officer)
    address = reverse("indicators:targets", args=["hypertension.control_rate"])
    given = {"year": "2026", "value": "45", "from_on": "2026-01-01", "source": "县卫健发〔2026〕1号"}
    assert client.post(address, given).status_code == 302
    again = client.post(address, given)
    assert "已设定过" in again.content.decode()
    page = _get(client, officer, "dashboard")
    assert "达标" in page.content.decode()
    assert client.post(address, given | {"value": "145"}).status_code == 200


def test_snapshots_are_listed_for_those_who_take_them(client, world):
    assert _get(client, world.accounts.administrator, "snapshots").status_code == 200
    assert _get(client, world.accounts.village_doctor_a, "snapshots").status_code == 403


def test_what_nothing_was_recorded_for_is_named_and_not_counted(client, world):
    officer = world.accounts.bureau_officer
    _get(client, officer, "rest")
    text = _get(client, officer, "dashboard").content.decode()
    assert "尚无相关记录" in text
    assert reverse("indicators:indicator", args=["tb.managed_people"]) in text


def test_the_statement_of_a_figure_gives_it_again(client, world):
    page = _get(client, world.accounts.bureau_officer, "statement", "hypertension.control_rate")
    store = page.context["asked"].store
    assert store.name in page.content.decode()
    ((_, sql),) = page.context["statements"]
    rows = store.execute(sql).fetchall()
    assert (sum(row[1] for row in rows), sum(row[2] for row in rows)) == (1, 2)


def test_numbers_and_names_on_an_indicators_page_are_for_readers(client, world):
    officer = world.accounts.bureau_officer
    sign_in(client, officer)
    address = reverse("indicators:targets", args=["hypertension.control_rate"])
    given = {"year": "2026", "value": "45.5", "from_on": "2026-01-01", "source": "县卫健发〔2026〕1号"}
    assert client.post(address, given).status_code == 302
    text = _get(client, officer, "indicator", "hypertension.control_rate").content.decode()
    assert "目标 45.5%" in text
    assert "收缩压目标" in text
    assert "{&#x27;zh&#x27;" not in text
    assert "norms A7" not in text


def test_a_figure_over_several_programmes_opens_too(client, world):
    """It belongs to a set of indicators and not to a service, which alone names a norm."""
    page = _get(client, world.accounts.bureau_officer, "indicator", "across.both_checked")
    assert page.status_code == 200


def test_who_sees_nobody_is_led_to_nobody(client, world):
    """An inspector reads figures only: each link to the people behind one would end at a refusal."""
    seen = _get(client, world.accounts.bureau_officer, "indicator", "hypertension.control_rate")
    assert "/indicators/open/?" in seen.content.decode()
    page = _get(client, world.accounts.inspector, "indicator", "hypertension.control_rate")
    assert page.status_code == 200
    assert "/indicators/open/?" not in page.content.decode()
