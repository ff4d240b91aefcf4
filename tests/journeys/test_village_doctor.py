"""A village doctor with forty visits and a bad line: due list, form, class and next date, paper form."""

from __future__ import annotations

import re

import pytest
from tests.journeys.conftest import Visitor, World

SCREENS = ("phone", "desktop")


def choose(someone: Visitor, field: str, code: str) -> None:
    someone.page.locator(f"#field-{field} input[value='{code}']").check()


def measure(someone: Visitor, field: str, value: str) -> None:
    someone.page.locator(f"#input-{field}").fill(value)


def fill_visit(someone: Visitor, *, systolic: str = "132") -> None:
    choose(someone, "mode", "2")
    choose(someone, "symptoms", "1")
    measure(someone, "sbp", systolic)
    measure(someone, "dbp", "84")
    measure(someone, "weight", "65.5")
    measure(someone, "height", "168")
    choose(someone, "medication_adherence", "1")
    choose(someone, "adverse_reaction", "1")


def save_twice_at_once(someone: Visitor) -> list[str]:
    """A thumb that presses twice on a slow line: both requests are on their way together."""
    return someone.page.evaluate("""async () => {
        const form = document.querySelector("form[data-record-form]");
        const send = () => fetch(location.href, {method: "POST", body: new FormData(form)});
        return (await Promise.all([send(), send()])).map((answer) => answer.url);
    }""")


def record_for(someone: Visitor, name: str) -> None:
    someone.page.locator(".work-list li", has_text=name).get_by_role("link", name="录入").first.click()


def saved_records(world: World) -> int:
    from tests.support.accounts import acting

    from kangshu.work.models import Record

    with acting(world.accounts.village_doctor_a):
        return Record.objects.count()


def start_on(visitor, screen: str) -> Visitor:
    someone = visitor(screen)
    someone.sign_in("village_doctor_a")
    someone.sees("王秀英")
    return someone


@pytest.mark.parametrize("screen", SCREENS)
def test_a_visit_goes_from_the_due_list_to_the_next_date(visitor, world: World, screen: str):
    someone = start_on(visitor, screen)
    someone.picture("desk")
    someone.check_accessible()

    someone.open("/work/due/")
    someone.sees("张建国")
    someone.picture("due-list")
    someone.check_accessible()

    record_for(someone, "王秀英")
    someone.sees("收缩压")
    someone.picture("form")
    someone.check_accessible()

    # A slip of the hand: refused, and nothing that was typed is lost.
    fill_visit(someone, systolic="1320")
    someone.press("保存")
    someone.sees("尚未保存")
    assert someone.page.locator("#input-weight").input_value() == "65.5"
    assert someone.page.locator("#input-sbp").input_value() == "1320"
    assert saved_records(world) == 0
    someone.picture("refused")
    someone.check_accessible()

    measure(someone, "sbp", "132")
    first, second = save_twice_at_once(someone)
    assert first == second
    assert saved_records(world) == 1
    someone.page.goto(first)
    someone.sees("下次随访")
    someone.picture("saved")
    someone.check_accessible()

    record = first.split("?")[0]
    someone.page.goto(record.rstrip("/") + "/print/")
    someone.picture("paper")
    assert "132" in someone.page.content()
    someone.check_accessible()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_resident_page_shows_what_is_known_and_due(visitor, world: World, screen: str):
    someone = start_on(visitor, screen)
    someone.open("/")
    search = someone.page.locator("#global-search")
    search.fill("zjg")
    search.press("Enter")
    someone.sees("张建国")
    someone.picture("search")
    someone.check_accessible()
    someone.press("张建国", role="link")
    someone.sees("高血压")
    someone.picture("resident")
    someone.check_accessible()
    someone.open("/work/registers/")
    someone.picture("registers")
    someone.check_accessible()
    someone.open("/work/registers/chronic.hypertension/")
    someone.sees("张建国")
    someone.picture("register")
    someone.check_accessible()


def test_forty_visits_are_entered_without_the_mouse(visitor, world: World):
    """From the form's first key to the saved page: keys only, and the next person is one key away."""
    someone = start_on(visitor, "desktop")
    someone.open("/work/due/")
    record_for(someone, "王秀英")
    keys = someone.page.keyboard
    someone.page.locator("#field-mode input[value='2']").focus()
    keys.press("2")
    fill_visit(someone)
    keys.press("Control+Enter")
    someone.sees("下次随访")
    someone.picture("saved")
    assert someone.page.get_by_role("link", name=re.compile("下一位|张建国")).count() >= 1
