"""A survey from its design to its weighted tables, as the CDC and two village doctors live through it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal as D
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.support.accounts import accounts, acting, sign_in
from tests.support.county import small_county
from tests.support.people import resident

from kangshu.kernel.dates import CHINA, china_today
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Household, HouseholdMember
from kangshu.surveys import designing, interviewing, quality, results
from kangshu.surveys.designing import Design
from kangshu.surveys.interviewing import Given, Listed
from kangshu.surveys.models import Interview, State, Survey, SurveyHousehold
from kangshu.surveys.quality import kappa
from kangshu.surveys.refusals import NotDue, OtherContent, SameInterviewer, WrongState

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.combine(china_today(), datetime.min.time(), CHINA) + timedelta(hours=10)
DESIGN = Design(
    "成人烟草调查", "", "survey.adult_tobacco", date(2026, 1, 1), date(2030, 1, 1),
    clusters=2, households=2, repeats=25,
)  # fmt: skip


class World:
    """Two villages of three houses with a man and a woman in each."""

    def __init__(self) -> None:
        self.county = small_county()
        self.accounts = accounts(self.county)
        serial = 100
        for clinic in (self.county.clinic_a1, self.county.clinic_b1):
            for number in range(3):
                house = Household.objects.create(
                    number=f"{number + 1}号", region_id=clinic.region_id, scope_path=clinic.path
                )
                for sex in ("1", "2"):
                    serial += 1
                    one = resident(
                        clinic, f"户主{serial}", sex=sex, serial=serial, birth_date=date(1970, 1, 1)
                    )
                    HouseholdMember.objects.create(
                        household=house, person=one, from_on=date(2020, 1, 1), scope_path=clinic.path
                    )

    def drawn(self, design: Design = DESIGN) -> Survey:
        with acting(self.accounts.epidemiologist) as by:
            made = designing.set_survey(survey=None, design=design, by=by, now=NOW)
            return designing.draw(survey=made.pk, seed=7, by=by, now=NOW)


@pytest.fixture
def world(as_owner) -> World:
    with as_owner():
        return World()


def places(survey: Survey) -> list[SurveyHousehold]:
    return list(SurveyHousehold.objects.filter(survey=survey).order_by("cluster__region_id", "number"))


def asks(by, place: SurveyHousehold, smokes: str, round: int = 1, minutes: int = 12, **more) -> Interview:
    interviewing_at = NOW + timedelta(minutes=minutes)
    given = Given(new_id(), {"smokes": smokes, **more}, NOW, round)
    return interviewing.interview(place=place.pk, given=given, by=by, now=interviewing_at)


def lists(by, place: SurveyHousehold) -> SurveyHousehold:
    members = interviewing.registered(place, NOW.date())
    return interviewing.list_members(place=place.pk, members=members, by=by, now=NOW)


def test_the_same_seed_draws_the_same_sample_and_each_doctor_sees_the_own_houses(world):
    first, second = world.drawn(), world.drawn(Design(**{**vars(DESIGN), "title": "又一次"}))
    with acting(world.accounts.epidemiologist):
        assert [row.household_id for row in places(first)] == [row.household_id for row in places(second)]
        assert len(places(first)) == 4
        assert sum(row.is_repeated for row in places(first)) == 1
    with acting(world.accounts.village_doctor_a):
        assert {row.scope_path for row in places(first)} == {world.county.clinic_a1.path}
    with acting(world.accounts.village_doctor_a) as by, pytest.raises(NotAllowed):
        designing.close(survey=first.pk, by=by, now=NOW)
    with acting(world.accounts.epidemiologist) as by, pytest.raises(WrongState):
        designing.draw(survey=first.pk, seed=8, by=by, now=NOW)


def test_weights_say_what_the_county_would(world):
    """Three houses a village, two drawn, two eligible in each: everybody stands for three. In the second
    village one declined, so the other one stands for six."""
    survey = world.drawn()
    with acting(world.accounts.epidemiologist) as by:
        one, two, three, four = (lists(by, row) for row in places(survey))
        asks(by, one, "1", per_day="20")
        asks(by, two, "4")
        asks(by, three, "1")
        interviewing.not_asked(place=four.pk, outcome="refused", by=by, now=NOW)
        rows = results.told(survey)
        assert sorted(row.weight for row in rows) == [3, 3, 6]
        form = results.Form.from_json(survey.form)
        lines = results.table(form.field("smokes"), rows, results.groups(survey))
        daily = next(line for line in lines if line.option == "1" and line.group.id == "all")
        assert (daily.value, daily.estimate.people) == (D("75.00"), 3)
        mean = results.table(form.field("per_day"), rows, results.groups(survey))[0]
        assert (mean.value, mean.is_share) == (D("20.00"), False)
        found = quality.reached(survey)
        assert (found.drawn, found.interviewed, found.declined, found.response) == (4, 3, 1, D("75.00"))
        per_day = next(q for q in quality.asked(form, quality.standing(survey)) if q.field.name == "per_day")
        assert (per_day.asked, per_day.missing) == (2, 1)


def test_who_is_asked_is_the_tables_choice_and_a_second_time_another_asks(world):
    survey = world.drawn()
    with acting(world.accounts.epidemiologist) as by:
        place = next(row for row in places(survey) if row.is_repeated)
        with pytest.raises(NotDue):
            asks(by, place, "1")
        place = lists(by, place)
        chosen = next(row for row in place.roster if row["code"] == place.asked)
        wanted = "2" if place.kish_table >= 5 else "1"  # of two, tables D to F ask the second: the woman
        assert (chosen["sex"], place.eligible) == (wanted, 2)
        made = asks(by, place, "1", minutes=2)
        assert str(made.person_id) == place.asked
        assert place in interviewing.still_to_do(survey)
        with pytest.raises(SameInterviewer):
            asks(by, place, "1", round=2)
        again = Given(made.pk, {"smokes": "1"}, NOW)
        assert interviewing.interview(place=place.pk, given=again, by=by, now=NOW).pk == made.pk
        with pytest.raises(OtherContent):
            interviewing.interview(place=place.pk, given=Given(made.pk, {"smokes": "2"}, NOW), by=by, now=NOW)
    doctor = "a" if place.scope_path == world.county.clinic_a1.path else "b"
    with acting(getattr(world.accounts, f"village_doctor_{doctor}")) as by:
        asks(by, place, "2", round=2)
    with acting(world.accounts.epidemiologist) as by:
        assert place not in interviewing.still_to_do(survey)
        standing = quality.standing(survey)
        smokes = quality.asked(results.Form.from_json(survey.form), standing)[0]
        assert (smokes.pairs, smokes.agreement) == (1, D("0.00"))
        assert sum(one.short for one in quality.interviewers(survey, standing)) == 1
        with pytest.raises(BadInput):
            interviewing.withdraw(interview=made.pk, reason=" ", by=by, now=NOW)
        interviewing.withdraw(interview=made.pk, reason="问错了人", by=by, now=NOW)
        assert quality.standing(survey) == []
        designing.close(survey=survey.pk, by=by, now=NOW)
        with pytest.raises(WrongState):
            asks(by, place, "1")


def test_kappa_is_agreement_beyond_chance():
    pairs = [("1", "1")] * 20 + [("1", "2")] * 5 + [("2", "1")] * 10 + [("2", "2")] * 15
    assert kappa(pairs) == D("0.40")
    assert kappa([("1", "1")]) is None


def test_the_pages_from_the_design_to_the_spreadsheet(world, client):
    sign_in(client, world.accounts.epidemiologist)
    given = {
        "title": "两慢病基线调查", "form_id": "survey.adult_tobacco", "first_on": "2026-01-01",
        "last_on": "2030-01-01", "clusters": "2", "households": "2", "age_from": "18",
        "repeats": "0", "shortest": "5",
    }  # fmt: skip
    assert client.post(reverse("surveys:new"), {**given, "clusters": "x"}).status_code == 422
    at = client.post(reverse("surveys:new"), given).headers["Location"]
    assert client.post(at, {"act": "draw"}).status_code == 302
    with acting(world.accounts.epidemiologist):
        survey = Survey.objects.get(state=State.RUNNING)
        place = places(survey)[0]
        members = interviewing.registered(place, china_today())
    house = reverse("surveys:household", args=[place.pk])
    assert members[0].name in client.get(house).content.decode()
    listed = {
        "act": "members", "lives": ["0"], "code": [members[0].code], "name": [members[0].name],
        "sex": [members[0].sex], "age": ["56"],
    }  # fmt: skip
    assert client.post(house, {**listed, "age": ["?"]}).status_code == 422
    assert client.post(house, listed).status_code == 302
    ask = reverse("surveys:interview", args=[place.pk, 1])
    assert client.post(ask, {"record_id": str(new_id())}).status_code == 422
    assert client.post(ask, {"record_id": str(new_id()), "a-smokes": "1"}).status_code == 302
    page = client.get(reverse("surveys:results", args=[survey.pk]))
    assert "100.00%" in page.content.decode()
    book = load_workbook(BytesIO(client.get(reverse("surveys:sheet", args=[survey.pk])).content))
    assert len(book.worksheets) == 3
    assert not any(members[0].name in str(cell) for page in book for row in page.values for cell in row)
    assert client.get(reverse("surveys:list")).status_code == 200
    sign_in(client, world.accounts.village_doctor_a)
    assert client.get(reverse("surveys:results", args=[survey.pk])).status_code == 403


def test_a_member_added_at_the_door_may_be_chosen(world):
    survey = world.drawn()
    with acting(world.accounts.epidemiologist) as by:
        place = places(survey)[0]
        alone = [Listed("line-1", "新来的", "2", 40), Listed("line-2", "小孩", "1", 9)]
        place = interviewing.list_members(place=place.pk, members=alone, by=by, now=NOW)
        assert (place.asked, place.eligible) == ("line-1", 1)
        assert asks(by, place, "4").person_id is None
        nobody = interviewing.list_members(place=places(survey)[1].pk, members=alone[1:], by=by, now=NOW)
        assert nobody.outcome == "nobody"
