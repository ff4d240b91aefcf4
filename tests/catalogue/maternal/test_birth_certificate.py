"""Numbered certificates: first issue, replacement, reissue; papers and books agree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.catalogue.people import counted, filled, patient
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county
from tests.support.people import resident
from tests.work.conftest import NOW

from kangshu.declare import registry
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id
from kangshu.stock import actions, queries, refusals
from kangshu.stock.models import Paper, PaperState
from kangshu.work.actions import close_case, correct_record, enrol, record_visit, withdraw_record
from kangshu.work.models import Case, Record

GOODS = "maternal.birth_certificate"
FIRST, REPLACEMENT, REISSUE = (f"maternal.certificate_{name}" for name in ("first", "replacement", "reissue"))
CHILD: dict[str, Any] = {
    "child_name": "李小宝",
    "child_sex": "1",
    "born_at": "2026-08-02T09:15",
    "gestation": 39,
    "weight": 3300,
    "length": "50.0",
    "place_kind": "1",
    "place": "示例省示例市青溪县",
    "deliverer": "青溪县人民医院",
    "mother_name": "李秀英",
    "mother_age": 28,
    "mother_nationality": "中国",
    "mother_document": "01",
    "mother_document_end": "0426",
    "father_known": False,
    "issuer": "郑医",
    "receiver": "李秀英",
    "receiver_is": "1",
    "books_checked": True,
}


class Ward:
    """A township centre that delivers, with ten blank certificates, and a child born there in August."""

    county: County
    accounts: Accounts

    def __init__(self) -> None:
        self.county = small_county()
        self.accounts = accounts(self.county)
        self.child = resident(
            self.county.clinic_a1, "李小宝", birth_date=date(2026, 8, 2), lives_here_since=None
        )
        with acting(self.accounts.township_worker_a) as doctor:
            actions.receive(
                institution=self.county.centre_a.pk,
                goods=GOODS,
                numbers="L350247691-L350247700",
                on=date(2026, 8, 1),
                by=doctor,
                now=NOW,
            )
            enrol(
                kind="maternal.birth_certificate",
                person=self.child.pk,
                on=date(2026, 8, 2),
                by=doctor,
                now=NOW,
            )

    def save(self, form: str, day: date, **answers: Any) -> Record:
        with acting(self.accounts.township_worker_a) as doctor:
            return record_visit(
                form_id=form,
                person=self.child.pk,
                answers=CHILD | answers,
                performed_on=day,
                institution=self.county.centre_a.pk,
                record_id=new_id(),
                by=doctor,
                now=NOW,
            ).record

    def first(self, number: str = "L350247691") -> Record:
        return self.save(FIRST, date(2026, 8, 5), certificate=number, when="1")

    def states(self) -> dict[str, int]:
        with acting(self.accounts.township_worker_a) as doctor:
            (standing,) = queries.papers_at(doctor, GOODS)
            return dict(standing.states)


@pytest.fixture
def ward(db) -> Ward:
    return Ward()


def test_a_certificate_is_issued_once_for_a_child(ward):
    ward.first()
    assert ward.states() == {"received": 9, "used": 1}
    with pytest.raises(BadInput) as refused:
        ward.save(FIRST, date(2026, 8, 9), certificate="L350247692", when="2")
    assert refused.value.problems[0].field == "certificate"
    assert ward.states() == {"received": 9, "used": 1}
    with acting(ward.accounts.township_worker_a):
        assert Case.objects.get(kind="maternal.birth_certificate").state == "issued"


def test_the_first_certificate_opens_what_a_newborn_needs(ward):
    """The child was registered with its papers, so no newborn was heard of; what is closed stays closed."""
    opened = {"children.health", "immunisation.vaccination"}

    def kinds() -> set[str]:
        with acting(ward.accounts.township_worker_a):
            return set(Case.objects.filter(person=ward.child, closed_on=None).values_list("kind", flat=True))

    assert not opened & kinds()
    first = ward.first()
    assert opened <= kinds()
    with acting(ward.accounts.township_worker_a) as doctor:
        case = Case.objects.get(person=ward.child, kind="children.health")
        reason = registry.capability(case.kind).states.reasons[-1].code
        close_case(case=case.pk, reason=reason, on=date(2026, 8, 6), by=doctor, now=NOW)
        withdraw_record(record_id=first.pk, reason="号码误填", by=doctor, now=NOW)
    ward.first("L350247693")
    assert "children.health" not in kinds()


def test_a_paper_that_is_not_there_is_refused(ward):
    with pytest.raises(refusals.PapersElsewhere) as refused:
        ward.first("L350247999")
    assert refused.value.where == "certificate"
    ward.first()
    other = Ward.save
    ward.child = resident(
        ward.county.clinic_a1, "王小宝", birth_date=date(2026, 8, 3), lives_here_since=None, serial=2
    )
    with acting(ward.accounts.township_worker_a) as doctor:
        enrol(
            kind="maternal.birth_certificate", person=ward.child.pk, on=date(2026, 8, 3), by=doctor, now=NOW
        )
    with pytest.raises(refusals.PapersElsewhere):
        other(ward, FIRST, date(2026, 8, 6), certificate="L350247691", when="1")


def test_a_replacement_voids_the_old_paper_and_uses_a_new_one(ward):
    ward.first()
    change = {"why": "2", "change": "更名", "child_name": "李大宝"}
    replaced = ward.save(
        REPLACEMENT,
        date(2026, 9, 1),
        old_is_ours=True,
        old_certificate="L350247691",
        certificate="L350247692",
        **change,
    )
    assert ward.states() == {"received": 8, "used": 1, "spoiled": 1}
    with acting(ward.accounts.township_worker_a) as doctor:
        withdraw_record(record_id=replaced.pk, reason="误录", by=doctor, now=NOW)
    assert ward.states() == {"received": 9, "used": 1}
    assert Paper.objects.get(number="L350247691").state == PaperState.USED


def test_the_old_paper_of_another_child_is_not_voided(ward):
    with pytest.raises(refusals.PapersElsewhere):
        ward.save(
            REPLACEMENT,
            date(2026, 9, 1),
            old_is_ours=True,
            old_certificate="L350247695",
            certificate="L350247692",
            why="1",
            change="错字",
        )
    assert ward.states() == {"received": 10}


def test_a_wrong_number_is_corrected_and_the_right_paper_is_used(ward):
    record = ward.first("L350247693")
    with acting(ward.accounts.township_worker_a) as doctor:
        corrected = correct_record(
            record_id=record.pk,
            new_id=new_id(),
            reason="编号录错",
            by=doctor,
            now=NOW,
            answers=CHILD | {"certificate": "L350247694", "when": "1"},
        ).record
    assert ward.states() == {"received": 9, "used": 1}
    paper = Paper.objects.get(number="L350247694")
    assert (paper.state, paper.used_record) == (PaperState.USED, corrected.pk)


def test_a_reissue_takes_another_paper(ward):
    ward.first()
    ward.save(
        REISSUE,
        date(2026, 9, 20),
        certificate="L350247700",
        lost_certificate="L350247691",
        how_lost="搬家遗失",
        statement=True,
        registered=True,
    )
    assert ward.states() == {"received": 8, "used": 2}


def test_same_year_rate():
    born = {"born": "2026-03-01"}
    issued = filled(FIRST, "2026-03-04", CHILD | {"certificate": "L350247691", "when": "1"})
    late = filled(FIRST, "2027-01-04", CHILD | {"certificate": "L350247691", "when": "1"})
    rate = "birth_certificate.same_year_rate"
    assert counted(rate, patient(issued, **born)) == (True, True)
    assert counted(rate, patient(late, **born)) == (True, False)
    assert counted(rate, patient(issued, born="2025-12-31")) == (False, False)


def test_checks_of_certificates_are_a_logbook():
    from kangshu.declare.registry import declared

    logbook = declared("logbook")["maternal.certificate_verification"]
    assert {figure.id for figure in logbook.figures} >= {"certificate_verification.checked"}
    assert registry.indicator("certificate_verification.checked").unit == "份"
