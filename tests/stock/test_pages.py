"""The pages of the stock: what each shows, and what a refused form keeps."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.stock.conftest import FORMS, NOW, PILLS, TODAY
from tests.support.accounts import acting, sign_in

from kangshu.kernel.dates import china_today
from kangshu.stock import actions, queries, transfers


@pytest.fixture
def doctor(store, client):
    return sign_in(client, store.accounts.village_doctor_a)


def address(name: str, *args: object, **query: object) -> str:
    found = reverse(f"stock:{name}", args=args)
    return found + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def test_the_list_shows_what_is_there_and_what_needs_attention(store, doctor):
    store.receive(3)
    page = doctor.get(address("goods")).content.decode()
    assert "叶酸片" in page
    assert "低于下限5" in page
    assert "叶酸片" in doctor.get(address("goods", only="alerts")).content.decode()


def test_receiving_on_the_page(store, doctor):
    where = address("act", PILLS.id, "receive")
    assert doctor.get(where).status_code == 200
    given = {
        "institution": store.county.clinic_a1.pk,
        "quantity": "12",
        "batch": "B7",
        "expires_on": "2030-01-01",
        "on": china_today().isoformat(),
        "source": "县妇幼保健院",
    }
    assert doctor.post(where, given).status_code == 302
    assert queries.balance(store.county.clinic_a1.pk, PILLS.id) == 12
    page = doctor.get(address("ledger", PILLS.id)).content.decode()
    assert "B7" in page
    assert "县妇幼保健院" in page


def test_a_refused_form_says_why_and_keeps_what_was_typed(store, doctor):
    store.receive(3)
    given = {
        "institution": store.county.clinic_a1.pk,
        "quantity": "9",
        "on": china_today().isoformat(),
        "to": "门诊",
    }
    refused = doctor.post(address("act", PILLS.id, "issue"), given)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "现有3瓶" in page
    assert 'value="门诊"' in page
    assert 'value="9"' in page


def test_papers_are_entered_by_number(store, doctor):
    where = address("act", FORMS.id, "receive")
    given = {"institution": store.county.clinic_a1.pk, "numbers": "P1-P", "on": china_today().isoformat()}
    assert doctor.post(where, given).status_code == 422
    assert doctor.post(where, given | {"numbers": "P001-P020"}).status_code == 302
    assert "P001–P020" in doctor.get(address("ledger", FORMS.id)).content.decode()
    assert "在库" in doctor.get(address("number", number="P007")).content.decode()
    assert "不是本县的编号" in doctor.get(address("number", number="P999")).content.decode()
    assert doctor.get(address("number", number="x-y")).status_code == 200


def test_counting_on_the_page(store, doctor):
    store.receive(10)
    where = address("count", PILLS.id, institution=store.county.clinic_a1.pk)
    assert "账面 10" in doctor.get(where).content.decode()
    given = {"institution": store.county.clinic_a1.pk, "count_0": "9"}
    assert doctor.post(where, given).status_code == 422
    assert doctor.post(where, given | {"reason": "破损"}).status_code == 302
    assert queries.balance(store.county.clinic_a1.pk, PILLS.id) == 9


def test_a_transfer_is_answered_by_its_receiver(store, client):
    store.receive(10)
    (sent,) = transfers.send(**store.given(goods=PILLS.id, quantity=4, receiver=store.county.clinic_a2.pk))
    worker = sign_in(client, store.accounts.township_worker_a)
    assert "西柳村卫生室" in worker.get(address("transfers")).content.decode()
    worker.post(address("transfers"), {"transfer": sent.pk, "arrived": "4"})
    assert queries.balance(store.county.clinic_a2.pk, PILLS.id) == 4


def test_another_township_sees_nothing_of_it(store, client):
    store.receive(10)
    other = sign_in(client, store.accounts.township_worker_b)
    assert "东柳村卫生室" not in other.get(address("ledger", PILLS.id)).content.decode()
    given = {"institution": store.county.clinic_a1.pk, "quantity": "1", "on": TODAY.isoformat()}
    assert other.post(address("act", PILLS.id, "issue"), given).status_code == 422


@pytest.mark.parametrize("name", ["gaps", "settlement", "consumption", "transfers", "number", "goods"])
def test_every_list_has_an_empty_state(store, doctor, name):
    answer = doctor.get(address(name))
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


def test_the_spreadsheets(store, doctor):
    store.receive(10, "=1+1")
    for where in (address("export"), address("export_ledger", PILLS.id)):
        book = load_workbook(BytesIO(doctor.get(where).content))
        cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
        assert "'=1+1" in cells
        assert 10 in cells


def test_unknown_goods_and_acts_lead_nowhere(store, doctor):
    assert doctor.get(address("ledger", "no.such")).status_code == 404
    assert doctor.get(address("act", PILLS.id, "burn")).status_code == 404


def test_syringes_stand_beside_doses(store, client):
    with acting(store.accounts.township_worker_a) as worker:
        given = {"institution": store.county.centre_a.pk, "on": TODAY, "by": worker, "now": NOW}
        actions.receive(
            goods="syringe.auto_disable",
            quantity=50,
            batch="S1",
            expires_on=TODAY.replace(year=2028),
            **given,
        )
        actions.issue(goods="syringe.auto_disable", quantity=7, **given)
        (row,) = queries.compared(worker, TODAY, TODAY)
        assert (row.used, row.against, row.difference) == (7, 0, 7)
    page = sign_in(client, store.accounts.township_worker_a).get(
        address("consumption", first=TODAY.isoformat(), last=TODAY.isoformat())
    )
    assert "柳林镇卫生院" in page.content.decode()
