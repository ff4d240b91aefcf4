"""An appraisal from the draft to its money: who may, in which order, what is kept and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests.indicators.test_snapshot import NOW, World, _take
from tests.support.accounts import acting, sign_in

from kangshu.access.scope import entered_as_system
from kangshu.appraisal import appealing, checking, drafting, queries, running
from kangshu.appraisal.drafting import LinePlan, Plan
from kangshu.appraisal.models import Appraisal, Drawn, Entry, Evidence, Line, Payment
from kangshu.appraisal.payments import FUND
from kangshu.appraisal.refusals import (
    AppealsOpen,
    ChecksMissing,
    OwnCheck,
    SheetNotComplete,
    ThingNotFound,
    WrongState,
)
from kangshu.appraisal.scoring import Source
from kangshu.authenticity.actions import look
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.periods import parse_period
from kangshu.ledger.actions import allot
from kangshu.ledger.models import Posting, YearBalance
from kangshu.ledger.refusals import FundShort

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 9, 30)
FOLLOW_UP = "chronic.hypertension.follow_up"
PLAN = Plan("2026年绩效评价", parse_period("2026"), D("100000.01"), sample_size=3)
SHEET = (
    LinePlan(Source.INDICATOR, "随访人次", D(50), goal=D(4), indicator="hypertension.follow_ups"),
    LinePlan(Source.SAMPLE, "随访真实性", D(30), goal=D(100), forms=(FOLLOW_UP,)),
    LinePlan(Source.ON_SITE, "组织管理", D(20)),
)


class Case(World):
    """Four visits under centre_a; an appraisal of both centres that has been started."""

    def __init__(self) -> None:
        super().__init__()
        for person in (self.li, self.wang):
            for month in (2, 5):
                self.visit(person, date(2026, month, 3), sbp=130 + month)
        with acting(self.accounts.bureau_officer) as by:
            look(period=parse_period("2026"), by=by, now=NOW)
            made = drafting.make_appraisal(plan=PLAN, by=by, now=NOW)
            drafting.choose_institutions(
                appraisal=made.pk, institutions=[self.county.centre_a.pk, self.county.centre_b.pk], by=by
            )
            drafting.set_sheet(appraisal=made.pk, lines=SHEET, by=by)
            allot(
                fund=FUND, year=2026, parts={"central": PLAN.pool}, total=PLAN.pool, on=TODAY, by=by, now=NOW
            )
            self.appraisal = running.start(appraisal=made.pk, seed="20260930", on=TODAY, by=by, now=NOW)

    def entries(self) -> list[Entry]:
        with entered_as_system("test"):
            return list(self.appraisal.entries.order_by("scope_path"))

    def drawn(self) -> list[Drawn]:
        with entered_as_system("test"):
            return list(Drawn.objects.order_by("position"))

    def check(self, drawn: Drawn, outcome: str = "real", note: str = "", account=None, **more) -> Drawn:
        with acting(account or self.accounts.epidemiologist) as by:
            return checking.check_record(
                drawn=drawn.pk, outcome=outcome, method="phone", note=note, photo=more.get("photo"),
                by=by, now=NOW,
            )  # fmt: skip

    def see_all_on_site(self, points: str = "20") -> None:
        line = self.appraisal.lines.get(source=Source.ON_SITE)
        for entry in self.entries():
            with acting(self.accounts.bureau_officer) as by:
                checking.score_on_site(
                    entry=entry.pk, line=line.pk, points=D(points), note="" if points == "20" else "台账不全",
                    photo=None, by=by, now=NOW,
                )  # fmt: skip

    def scored(self) -> Appraisal:
        for number, drawn in enumerate(self.drawn()):
            self.check(drawn, *(("false", "本人否认") if number == 0 else ("real",)))
        self.see_all_on_site()
        with acting(self.accounts.bureau_officer) as by:
            return running.score(appraisal=self.appraisal.pk, by=by, now=NOW, on=TODAY)

    def appeal(self, account, entry: Entry, **more):
        line = self.appraisal.lines.get(source=more.pop("source", Source.SAMPLE))
        with acting(account) as by:
            return appealing.appeal(
                entry=entry.pk, line=line.pk, drawn=more.get("drawn"), text="随访确有其事，附通话记录",
                by=by, now=NOW, on=more.get("on", TODAY),
            )  # fmt: skip

    def finish(self):
        with acting(self.accounts.bureau_officer) as by:
            running.close_appeals(appraisal=self.appraisal.pk, by=by)
        with acting(self.accounts.director) as by:
            return running.finish(appraisal=self.appraisal.pk, by=by, now=NOW, on=TODAY)


@pytest.fixture
def case(settings, tmp_path) -> Case:
    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    settings.MEDIA_ROOT = tmp_path / "media"
    case = Case()
    _take(tmp_path / "snapshots")
    return case


def test_a_draft_is_refused_with_every_reason(case):
    with acting(case.accounts.bureau_officer) as by:
        bad = Plan("", parse_period("2026-09"), D(-1), advance_percent=D(120), sample_size=999)
        with pytest.raises(BadInput) as refused:
            drafting.make_appraisal(plan=bad, by=by, now=NOW)
        assert {problem.field for problem in refused.value.problems} == {
            "title", "period", "pool", "advance_percent", "sample_size",
        }  # fmt: skip
        draft = drafting.make_appraisal(plan=PLAN, by=by, now=NOW)
        wrong = LinePlan(Source.INDICATOR, "", D(101), floor=D(9), goal=D(5), indicator="no.such")
        with pytest.raises(BadInput) as refused:
            drafting.set_sheet(appraisal=draft.pk, lines=[wrong], by=by)
        assert {problem.field for problem in refused.value.problems} == {
            "title-0", "weight-0", "indicator-0", "goal-0",
        }  # fmt: skip
        drafting.set_sheet(appraisal=draft.pk, lines=SHEET[:2], by=by)
        with pytest.raises(SheetNotComplete):
            running.start(appraisal=draft.pk, seed="1", on=TODAY, by=by, now=NOW)
    with acting(case.accounts.township_worker_a) as by, pytest.raises(NotAllowed):
        drafting.make_appraisal(plan=PLAN, by=by, now=NOW)


def test_starting_draws_and_pays_in_advance(case):
    first, second = case.entries()
    assert [one.entry_id for one in case.drawn()] == [first.pk] * 3
    assert first.base + second.base == PLAN.pool
    with entered_as_system("test"):
        paid = {payment.entry_id: payment.amount for payment in Payment.objects.all()}
        (stratum,) = first.strata.all()
    assert paid == {first.pk: first.advance, second.pk: second.advance}
    assert (stratum.size, stratum.number, stratum.signed) == (4, 3, False)
    with acting(case.accounts.bureau_officer) as by:
        more = drafting.make_appraisal(plan=PLAN, by=by, now=NOW)
        drafting.set_sheet(appraisal=more.pk, lines=SHEET, by=by)
        with pytest.raises(FundShort):
            running.start(appraisal=more.pk, seed="2", on=TODAY, by=by, now=NOW)
    with acting(case.accounts.bureau_officer) as by, pytest.raises(WrongState):
        running.start(appraisal=case.appraisal.pk, seed="2", on=TODAY, by=by, now=NOW)


def test_an_institution_does_not_see_what_was_drawn_before_it_is_scored(client, case):
    drawn, own = case.drawn()[0], case.entries()[0]
    sign_in(client, case.accounts.township_worker_a)
    assert client.get(reverse("appraisal:check", args=[drawn.pk])).status_code == 403
    page = client.get(reverse("appraisal:entry", args=[own.pk])).content.decode()
    assert case.li.name not in page
    other = case.entries()[1]
    assert client.get(reverse("appraisal:entry", args=[other.pk])).status_code == 404


def test_a_check_needs_its_reason_and_keeps_its_photo(case):
    from io import BytesIO

    from PIL import Image

    photo = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(photo, "PNG")
    drawn = case.drawn()[0]
    with pytest.raises(BadInput):
        case.check(drawn, "false")
    with pytest.raises(NotAllowed):
        case.check(drawn, account=case.accounts.township_worker_a)
    case.check(drawn, "wrong", "血压值与本人记忆不符", photo=photo.getvalue())
    with entered_as_system("test"):
        assert Evidence.objects.get().drawn_id == drawn.pk


def test_scores_wait_for_the_last_check(case):
    with acting(case.accounts.bureau_officer) as by, pytest.raises(ChecksMissing):
        running.score(appraisal=case.appraisal.pk, by=by, now=NOW, on=TODAY)


def test_scores_come_from_records_sample_and_site(case):
    case.scored()
    first, second = case.entries()
    with entered_as_system("test"):
        points = [score.points for score in first.scores.order_by("line__position")]
    assert points == [D("50.00"), D("20.00"), D("20.00")]  # 4 of 4 visits; 2 of 3 true; on site
    assert (first.score, first.rank, first.true_share, first.false_records) == (
        D("90.00"), 1, D("66.67"), 1,
    )  # fmt: skip
    assert (second.score, second.rank, second.true_share) == (D("20.00"), 2, None)


def test_an_appeal_changes_points_and_keeps_what_stood(case):
    case.scored()
    first, second = case.entries()
    false = next(one for one in case.drawn() if one.outcome == "false")
    with pytest.raises(ThingNotFound):
        case.appeal(case.accounts.township_worker_a, second)
    made = case.appeal(case.accounts.township_worker_a, first, drawn=false.pk)
    with acting(case.accounts.bureau_officer) as by:
        with pytest.raises(AppealsOpen):
            running.close_appeals(appraisal=case.appraisal.pk, by=by)
        answer = {"appeal": made.pk, "answer": "upheld", "text": "经复核属实", "by": by, "now": NOW}
        with pytest.raises(BadInput):
            appealing.answer_appeal(**answer, points=D(31))
        appealing.answer_appeal(**answer, points=D(30))
    first = case.entries()[0]
    with entered_as_system("test"):
        score = first.scores.get(line__source=Source.SAMPLE)
    assert (score.first_points, score.points, first.score) == (D("20.00"), D("30.00"), D("100.00"))


def test_nobody_answers_about_their_own_check(case):
    for drawn in case.drawn():
        case.check(drawn, "false", "本人否认", account=case.accounts.bureau_officer)
    case.see_all_on_site()
    with acting(case.accounts.bureau_officer) as by:
        running.score(appraisal=case.appraisal.pk, by=by, now=NOW, on=TODAY)
    made = case.appeal(case.accounts.township_worker_a, case.entries()[0], drawn=case.drawn()[0].pk)
    with acting(case.accounts.bureau_officer) as by, pytest.raises(OwnCheck):
        appealing.answer_appeal(
            appeal=made.pk, answer="refused", points=None, text="维持原结论", by=by, now=NOW
        )


def test_the_money_is_whole_and_final_is_final(case):
    case.scored()
    with acting(case.accounts.bureau_officer) as by, pytest.raises(NotAllowed):
        running.finish(appraisal=case.appraisal.pk, by=by, now=NOW, on=TODAY)
    done = case.finish()
    entries = case.entries()
    assert sum(entry.paid for entry in entries) + done.withheld == PLAN.pool
    assert sum(entry.difference for entry in entries) == -done.withheld
    assert entries[0].deducted == 100  # one false record
    with entered_as_system("test"):
        payments = list(Payment.objects.all())
        assert sum(payment.amount for payment in payments) == PLAN.pool - done.withheld
        assert {one.posted for one in payments} == set(Posting.objects.values_list("pk", flat=True))
        assert YearBalance.objects.get(fund=FUND, year=2026).spent == PLAN.pool - done.withheld
        for change in (
            lambda: Appraisal.objects.update(pool=1),
            lambda: Entry.objects.update(score=1),
            lambda: Drawn.objects.update(outcome="real"),
            lambda: Line.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError, match="final"), transaction.atomic():
                change()


def test_the_screens_lead_from_the_draft_to_the_money(client, case):
    officer, one = case.accounts.bureau_officer, reverse("appraisal:one", args=[case.appraisal.pk])
    sign_in(client, officer)
    assert client.get(reverse("appraisal:new")).status_code == 200
    new = {
        "title": "半年考核", "period": "2026-H1", "pool": "5000", "advance_percent": "50", "full_from": "90",
        "nothing_under": "60", "rest": "shared", "deduction": "0", "sample_size": "5", "sign_weight": "3",
    }  # fmt: skip
    assert client.post(reverse("appraisal:new"), new | {"pool": "许多"}).status_code == 422
    made = client.post(reverse("appraisal:new"), new)
    draft = made.url
    sheet = client.get(draft).content.decode()
    assert "组织管理与资金使用" in sheet
    line = reverse("appraisal:line", args=[draft.strip("/").split("/")[-1], 0])
    assert client.get(f"{line}?source=sample").status_code == 200
    added = client.post(line, {"source": "on_site", "title_zh": "满意度", "weight": "5"})
    assert added.status_code == 302
    assert "满意度" in client.get(draft).content.decode()
    assert client.post(draft, {"act": "start", "seed": "7"}).status_code == 422  # weights make 105
    checks = client.get(reverse("appraisal:checks", args=[case.appraisal.pk]))
    assert case.li.name in checks.content.decode()
    last = ""
    for drawn in case.drawn():
        page = reverse("appraisal:check", args=[drawn.pk])
        assert client.get(page).status_code == 200
        assert client.post(page, {"outcome": "false", "method": "phone"}).status_code == 422
        last = client.post(page, {"outcome": "real", "method": "phone"}).url
    assert last == reverse("appraisal:checks", args=[case.appraisal.pk])
    case.see_all_on_site("15")
    assert client.post(one, {"act": "score"}).status_code == 302
    sign_in(client, case.accounts.township_worker_a)
    entry = reverse("appraisal:entry", args=[case.entries()[0].pk])
    line = Line.objects.get(source=Source.ON_SITE, appraisal=case.appraisal)
    assert client.post(entry, {"line": line.pk, "text": "台账已补齐并送审"}).status_code == 302
    assert "台账已补齐" in client.get(entry).content.decode()
    sign_in(client, officer)
    assert "台账已补齐" in client.get(one).content.decode()
    with acting(officer):
        waiting = queries.open_appeals(case.appraisal)[0]
    address = reverse("appraisal:answer", args=[waiting.pk])
    assert client.get(address).status_code == 200
    refused = {"answer": "refused", "answer_text": "现场未见原件"}
    assert client.post(address, refused).status_code == 302
    assert client.post(one, {"act": "close_appeals"}).status_code == 302
    sign_in(client, case.accounts.director)
    assert client.post(one, {"act": "finish"}).status_code == 302
    assert "100,000.01" in client.get(one).content.decode()
