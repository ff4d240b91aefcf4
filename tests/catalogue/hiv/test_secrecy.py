"""Somebody's HIV is seen by nobody to whom the compartment was not opened: no page, list, count or file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy
from tests.hostile.test_every_address import urls
from tests.hostile.world import World, build, secret_programme, text_of
from tests.support.accounts import acting, sign_in
from tests.support.people import NOW

from kangshu.access.models import CompartmentAccess
from kangshu.access.scope import entered_as_system
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import enrol, record_visit
from kangshu.work.models import Case, Due, Record

REGIMEN = "替诺福韦-拉米夫定-依非韦伦"
TREATMENT = "hiv.treatment"
LISTS = [
    reverse_lazy(name) for name in ("work:due_list", "exchange:export_records", "exchange:export_due_list")
]


@pytest.fixture
def world(db, settings, tmp_path) -> Iterator[World]:
    settings.KANGSHU_HOME = tmp_path
    with secret_programme():
        made = build()
        person = made.residents["a1"]
        with entered_as_system("fixture") as by:
            common = {"person": person.pk, "by": by, "now": NOW}
            case = enrol(kind="hiv.care", on=date(2026, 2, 3), **common)
            saved = record_visit(
                form_id=TREATMENT,
                answers={"change": "1", "regimen": REGIMEN, "hospital": "县人民医院"},
                performed_on=date(2026, 2, 20),
                record_id=new_id(),
                performed_by=None,
                institution=made.county.clinic_a1.pk,
                **common,
            )
        made.secret_cases["a1"], made.secret_records["a1"] = case, saved.record
        yield made


def shown(client: Client, world: World) -> dict[str, str]:
    of_theirs = (world.residents["a1"].pk, world.secret_cases["a1"].pk, world.secret_records["a1"].pk)
    about = [url for url in urls(world, "a1", only_about=True) if any(str(id) in url for id in of_theirs)]
    addresses = [*about, *_of_the_programme(), *map(str, LISTS)]
    return {url: text_of(client.get(url)) for url in addresses}


def _of_the_programme() -> list[str]:
    about = ("work:register", "hiv.care"), ("indicators:indicator", "hiv.managed_people")
    return [reverse(name, args=[id]) for name, id in about] + [reverse("work:due_list") + "?kind=hiv.care"]


@pytest.mark.parametrize("role", ["village_doctor_a", "epidemiologist", "resident_zhang"])
def test_nobody_without_the_compartment_sees_it_anywhere(world, role):
    account = getattr(world.accounts, role)
    CompartmentAccess.objects.create(
        account=account, compartment="mental_health", from_at="2026-01-01T00:00+08:00"
    )
    with acting(account):
        for model in (Case, Due, Record):
            assert not model.objects.filter(compartment="hiv").exists()
    pages = shown(sign_in(Client(raise_request_exception=False), account), world)
    name, case = world.residents["a1"].name, str(world.secret_cases["a1"].pk)
    assert not [url for url, text in pages.items() if REGIMEN in text or "Internal Server" in text]
    assert not [url for url, text in pages.items() if case in text and case not in url]
    assert not [url for url in _of_the_programme() if name in pages[url]]


def test_whoever_may_sees_it(world):
    """The same walk finds it when the compartment is open: a walk that sees nothing proves nothing."""
    account = world.accounts.village_doctor_a
    CompartmentAccess.objects.create(account=account, compartment="hiv", from_at="2026-01-01T00:00+08:00")
    pages = shown(sign_in(Client(raise_request_exception=False), account), world)
    assert [url for url, text in pages.items() if REGIMEN in text]
    assert world.residents["a1"].name in pages[reverse("work:register", args=["hiv.care"])]
