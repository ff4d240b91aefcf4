"""Every page of logbooks through the client, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.fieldwork.conftest import ACTIVITIES, LECTURE
from tests.support.accounts import sign_in

from kangshu.fieldwork.models import Entry
from kangshu.kernel.dates import china_today
from kangshu.kernel.identifiers import new_id


@pytest.fixture
def client(world) -> Client:
    return sign_in(Client(), world.accounts.township_worker_a)


def posted(**given) -> dict:
    typed = {f"a-{name}": value for name, value in LECTURE.items()}
    return {"record_id": str(new_id()), "performed_on": china_today().isoformat()} | typed | given


def test_an_activity_is_entered_read_and_corrected(client, world):
    here = {"institution": str(world.county.centre_a.id)}
    page = client.get(reverse("fieldwork:enter", args=[ACTIVITIES]))
    assert page.status_code == 200
    assert "健康教育活动" in page.content.decode()
    answer = client.post(reverse("fieldwork:enter", args=[ACTIVITIES]), posted(**here))
    entry = Entry.objects.get()
    assert answer["Location"].startswith(reverse("fieldwork:entry", args=[entry.pk]))
    shown = client.get(answer["Location"]).content.decode()
    assert "高血压防治知识" in shown
    assert "已保存" in shown
    old = client.get(reverse("fieldwork:correct", args=[entry.pk])).content.decode()
    assert 'value="46"' in old
    client.post(
        reverse("fieldwork:correct", args=[entry.pk]),
        posted(**here, reason="人数抄错", **{"a-participants": 64}),
    )
    assert Entry.objects.get(succeeds=entry).answers["participants"] == 64
    assert client.get(reverse("fieldwork:print", args=[entry.pk])).status_code == 200


def test_what_is_wrong_is_said_beside_what_was_typed(client, world):
    answer = client.post(
        reverse("fieldwork:enter", args=[ACTIVITIES]), posted(**{"a-participants": "-5", "institution": ""})
    )
    assert answer.status_code == 422
    assert 'value="-5"' in answer.content.decode()
    assert not Entry.objects.exists()


def test_the_list_shows_figures_filters_and_who_is_silent(client, world):
    world.enter()
    world.enter(
        answers=LECTURE | {"kind": "3", "participants": 0, "subject": "更换宣传栏"}, on=date(2026, 9, 9)
    )
    address = reverse("fieldwork:logbook", args=[ACTIVITIES])
    page = client.get(address, {"year": 2026, "period": "2026-09"}).content.decode()
    assert "高血压防治知识" in page
    assert "东柳村卫生室" in page  # silent in September
    assert "更换宣传栏" not in client.get(address, {"year": 2026, "q": "高血压"}).content.decode()
    english = client.get(address, {"year": 2026}, headers={"accept-language": "en"}).content.decode()
    assert "Health lectures" in english
    assert client.get(reverse("fieldwork:logbooks")).status_code == 200


def test_withdrawing_needs_a_reason(client, world):
    entry = world.enter().entry
    address = reverse("fieldwork:withdraw", args=[entry.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "重复"}).status_code == 302
    assert Entry.objects.get(pk=entry.pk).status == "withdrawn"


def test_the_neighbour_finds_nothing(world):
    entry = world.enter().entry
    other = sign_in(Client(), world.accounts.township_worker_b)
    assert other.get(reverse("fieldwork:entry", args=[entry.pk])).status_code == 404
    resident = sign_in(Client(), world.accounts.resident_zhang)
    assert resident.get(reverse("fieldwork:logbooks")).status_code == 403
    assert client_status(world.accounts.inspector, reverse("fieldwork:logbooks")) == 200


def client_status(account, address: str) -> int:
    return sign_in(Client(), account).get(address).status_code
