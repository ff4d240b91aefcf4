"""Services from end to end in the browser: enrolled, due, filled, judged, printed, in English.

Three of them in the gate (rows of drugs, a compartment, a child's window); the others among the long proofs:
every form of every service is filled in without a browser in tests/work/test_every_form.py.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.journeys.conftest import Visitor, World

TODAY = date.today()  # noqa: DTZ011 (only how old people are)

# kind, a birth date it is for, the forms filled one after the other
SERVICES = (
    ("chronic.diabetes", date(1960, 5, 1), ("chronic.diabetes.follow_up",)),
    ("chronic.copd", date(1955, 5, 1), ("chronic.copd.follow_up", "chronic.copd.lung_function")),
    (
        "elderly.health_management",
        date(1950, 5, 1),
        ("elderly.assessment", "elderly.results_told"),
    ),
    ("tcm.elders", date(1950, 5, 1), ("tcm.elders.constitution",)),
    ("tcm.children", TODAY - timedelta(days=200), ("tcm.children.guidance",)),
    (
        "mental.severe",
        date(1980, 5, 1),
        ("mental.severe.supplement", "mental.severe.follow_up", "mental.severe.emergency"),
    ),
    (
        "tuberculosis.patients",
        date(1980, 5, 1),
        (
            "tuberculosis.first_visit",
            "tuberculosis.follow_up",
            "tuberculosis.ending",
            "tuberculosis.confirmation",
        ),
    ),
    ("tuberculosis.suspects", date(1980, 5, 1), ("tuberculosis.referral", "tuberculosis.arrival")),
)
IN_THE_GATE = {"chronic.diabetes", "mental.severe", "tcm.children"}
OPENED_BY_RECORD = {"tuberculosis.suspects"}

# Answers every question that must be answered with something possible, as often as new ones appear.
FILL = """
() => {
  const fill = (question) => {
    const { type, required, hard, soft } = JSON.parse(question.dataset.question);
    const inputs = [...question.querySelectorAll('[name^="a-"]')].filter((input) => !input.disabled);
    if (question.hidden || question.closest("[hidden]") || required === false || !inputs.length) return false;
    const said = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));
    const answered = (i) => (["radio", "checkbox"].includes(i.type) ? i.checked : i.value);
    if (inputs.some(answered)) return false;
    if (["choice", "choices", "yes_no"].includes(type)) {
      inputs[0].checked = true;
      said(inputs[0]);
      return true;
    }
    const now = new Date(Date.now() + 8 * 3600e3).toISOString();
    const greatest = Number(soft?.[1] ?? hard?.[1] ?? 1);
    const dated = { date: now.slice(0, 10), moment: now.slice(0, 16) };
    const value = { integer: Math.round(greatest), decimal: greatest, ...dated }[type] ?? "说明";
    inputs[0].value = value;
    said(inputs[0]);
    return true;
  };
  for (let round = 0; round < 6; round += 1) {
    const questions = [...document.querySelectorAll("[data-question]")];
    if (!questions.map(fill).some(Boolean)) return;
  }
}
"""


def somebody_for(world: World, kind: str, born: date) -> Any:
    """A resident, enrolled today in the system's name where no record does it."""
    from django.utils import timezone
    from tests.support.people import resident

    from kangshu.access.scope import entered_as_system
    from kangshu.work.actions import enrol

    now = timezone.localtime()
    person = resident(world.county.clinic_a1, "周服务", now=now, sex="1", birth_date=born)
    if kind not in OPENED_BY_RECORD:
        with entered_as_system("test enrols") as system:
            enrol(kind=kind, person=person.pk, on=now.date(), by=system, now=now)
    return person


def let_see_what_is_confidential(world: World) -> None:
    """The security administrator opens the compartment to the doctor."""
    from django.utils import timezone
    from tests.support.accounts import acting

    from kangshu.access.actions import open_compartment

    with acting(world.accounts.security_administrator) as by:
        open_compartment(
            account_id=world.accounts.village_doctor_a.pk,
            compartment="mental_health",
            reason="负责本村随访",
            by=by,
            now=timezone.now(),
        )


def fill_and_save(someone: Visitor, form_id: str, person: Any) -> None:
    someone.open(f"/work/record/{form_id}/{person.pk}/")
    assert someone.page.locator("[data-record-form]").count() == 1, someone.page.url
    someone.page.evaluate(FILL)
    someone.picture(f"{form_id}-filled")
    someone.press("保存")
    someone.page.wait_for_url("**/work/records/**")


def look_in_english(someone: Visitor, form_id: str, person: Any) -> None:
    from kangshu.declare import registry

    def speak(language: str) -> None:
        cookie = {"name": "django_language", "value": language, "url": someone.address}
        someone.page.context.add_cookies([cookie])

    speak("en")
    someone.open(f"/work/record/{form_id}/{person.pk}/")
    someone.sees(registry.form(form_id).title.en)
    someone.picture(f"{form_id}-english")
    someone.check_accessible()
    speak("zh-hans")


@pytest.mark.parametrize(
    "service",
    [
        pytest.param(service, id=service[0], marks=() if service[0] in IN_THE_GATE else (pytest.mark.slow,))
        for service in SERVICES
    ],
)
def test_a_service_from_enrolment_to_paper(visitor, world: World, service):
    from kangshu.declare import registry

    kind, born, forms = service
    person = somebody_for(world, kind, born)
    let_see_what_is_confidential(world)
    someone = visitor("desktop")
    someone.sign_in("village_doctor_a")
    if kind not in OPENED_BY_RECORD:
        someone.open(f"/work/registers/{kind}/")
        someone.sees(person.name)
        someone.open(f"/work/due/?kind={kind}")
        someone.sees(person.name)
    look_in_english(someone, forms[0], person)
    for form_id in forms:
        fill_and_save(someone, form_id, person)
        form = registry.form(form_id)
        if form.rule:
            assert someone.page.locator(".outcome-title").count() == 1, form_id
        someone.picture(f"{form_id}-saved")
        someone.check_accessible()
        someone.page.goto(someone.page.url.split("?")[0].rstrip("/") + "/print/")
        someone.sees(person.name)
        someone.picture(f"{form_id}-paper")
