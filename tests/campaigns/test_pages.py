"""The screens of composing and of progress, through the client."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.campaigns.conftest import NOW, TODAY, running
from tests.support.accounts import Accounts, sign_in
from tests.support.county import County

from kangshu.campaigns.actions import enrol_everyone
from kangshu.campaigns.composition import How, StageKind
from kangshu.campaigns.models import Campaign, CampaignState
from kangshu.campaigns.queries import composition_of
from kangshu.campaigns.queries import running as running_composition
from kangshu.declare import registry


@pytest.fixture
def officer(people: Accounts) -> Client:
    return sign_in(Client(), people.bureau_officer)


def composed(officer: Client) -> Campaign:
    """A campaign begun on the list page."""
    answer = officer.post(reverse("campaigns:list"), {"title": "宫颈癌筛查"})
    assert answer.status_code == 302
    return Campaign.objects.get()


def post(client: Client, name: str, campaign: Campaign, *more: str, **given: object):
    return client.post(reverse(f"campaigns:{name}", args=[campaign.pk, *more]), given)


def test_an_officer_composes_a_campaign_and_it_runs(officer: Client, people: Accounts, county: County, women):
    campaign = composed(officer)
    days = {"first_on": TODAY.isoformat(), "last_on": (TODAY + timedelta(days=90)).isoformat()}
    answer = post(officer, "basics", campaign, title="宫颈癌筛查", enrols_all="1", go_on="1", **days)
    assert answer["Location"] == reverse("campaigns:who", args=[campaign.pk])
    post(officer, "who", campaign, sex="2", age_from="35", age_to="64", regions=["339901100", "339901100101"])
    page = officer.get(reverse("campaigns:who", args=[campaign.pk])).content.decode()
    assert "目前有2人符合" in page
    stage = reverse("campaigns:stage", args=[campaign.pk, "primary"])
    assert "收缩压" in officer.get(stage, {"find": "血压"}).content.decode()
    post(officer, "stage", campaign, "primary", do="take:chronic.hypertension.screening:sbp")
    post(
        officer, "stage", campaign, "primary", do="own", title="HPV检测", type="choice",
        choices="阴性 | negative\n阳性 | positive", required="1",
    )  # fmt: skip
    post(officer, "stage", campaign, "primary", do="up:own_1")
    post(officer, "stage", campaign, "primary", do="condition", field="own_1", how="eq", value="2")
    post(officer, "stage", campaign, "further", do="use")
    post(officer, "stage", campaign, "further", do="own", title="阴道镜", type="choice", choices="正常\n异常")
    post(officer, "stage", campaign, "further", do="settings", within_days="45", required=["own_1"])
    post(officer, "targets", campaign, **{f"target-{county.centre_a.pk}": "120"})
    check = officer.get(reverse("campaigns:check", args=[campaign.pk])).content.decode()
    assert "HPV检测为“阳性”" in check
    assert "还缺" not in check
    assert post(officer, "check", campaign).status_code == 302

    campaign.refresh_from_db()
    assert campaign.state == CampaignState.RUNNING
    made = running_composition(campaign)
    primary = made.stage(StageKind.PRIMARY)
    assert primary is not None
    assert [asked.field.name for asked in primary.questions] == ["own_1", "sbp"]
    assert primary.questions[1].field.measured
    assert primary.positive.conditions[0].how is How.IS
    assert made.who.regions == ("339901100",)  # the village lies in the township
    further = made.stage(StageKind.FURTHER)
    assert further is not None
    assert (further.within_days, further.questions[0].field.required) == (45, True)
    assert registry.form(f"{campaign.declaration}.primary").field("own_1").title.zh == "HPV检测"

    enrol_everyone(campaign=campaign.pk, now=NOW)
    doctor = sign_in(Client(), people.village_doctor_a)
    assert "宫颈癌筛查" in doctor.get(reverse("work:due_list")).content.decode()
    register = doctor.get(reverse("work:register", args=[campaign.declaration])).content.decode()
    assert "李秀英" in register
    form = doctor.get(reverse("work:record", args=[f"{campaign.declaration}.primary", women["li"].pk]))
    assert "HPV检测" in form.content.decode()
    shown = officer.get(reverse("campaigns:progress", args=[campaign.pk])).content.decode()
    assert "120" in shown
    assert reverse("indicators:indicator", args=[f"{campaign.declaration}.completed"]) in shown


@pytest.mark.parametrize(
    ("part", "given", "said"),
    [
        ("basics", {"title": ""}, "请填写项目名称"),
        (
            "basics",
            {"title": "甲", "first_on": "2027-02-01", "last_on": "2027-01-01"},
            "结束日期早于开始日期",
        ),
        ("who", {"age_from": "64", "age_to": "35"}, "年龄上限小于下限"),
        ("who", {"diagnoses": "高血压"}, "不是ICD-10编码"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(officer: Client, part: str, given: dict[str, str], said: str):
    answer = post(officer, part, composed(officer), **given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"do": "own", "title": "", "type": "integer"}, "请填写项目名称"),
        ({"do": "own", "title": "甲", "type": "choice", "choices": "一"}, "请至少写两个选项"),
        ({"do": "own", "title": "甲", "type": "integer", "least": "9", "greatest": "3"}, "上限小于下限"),
        ({"do": "condition", "field": "gone", "value": "1"}, "请选择判定所用的项目"),
        ({"do": "settings", "within_days": "0"}, "1～730"),
    ],
)
def test_a_stage_says_what_is_wrong(officer: Client, given: dict[str, str], said: str):
    answer = post(officer, "stage", composed(officer), "primary", **given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_an_unfinished_campaign_says_what_is_missing_and_does_not_start(officer: Client):
    campaign = composed(officer)
    page = officer.get(reverse("campaigns:check", args=[campaign.pk])).content.decode()
    assert "请填写开始日期和结束日期" in page
    assert "“初筛”还没有选择项目" in page
    assert post(officer, "check", campaign).status_code == 422


def test_every_page_opens_in_both_languages(officer: Client, people: Accounts, county: County):
    campaign = running(county, people)
    for language in ("zh-hans", "en"):
        officer.cookies["django_language"] = language
        for name, *more in (
            ("basics",), ("who",), ("stage", "primary"), ("stage", "treatment"), ("targets",), ("check",),
            ("progress",), ("stop",),
        ):  # fmt: skip
            url = reverse(f"campaigns:{name}", args=[campaign.pk, *more])
            assert officer.get(url).status_code == 200, url


def test_stopping_is_asked_and_seen(officer: Client, people: Accounts, county: County):
    campaign = running(county, people)
    assert post(officer, "stop", campaign).status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.STOPPED
    assert "已终止" in officer.get(reverse("campaigns:progress", args=[campaign.pk])).content.decode()
    assert composition_of(campaign).stopped_on == TODAY


def test_others_see_progress_and_compose_nothing(people: Accounts, county: County, officer: Client):
    draft = composed(officer)
    campaign = running(county, people)
    worker = sign_in(Client(), people.township_worker_a)
    listed = worker.get(reverse("campaigns:list")).content.decode()
    assert str(campaign.pk) in listed
    assert str(draft.pk) not in listed
    assert worker.get(reverse("campaigns:progress", args=[campaign.pk])).status_code == 200
    assert worker.get(reverse("campaigns:progress", args=[draft.pk])).status_code == 404
    assert worker.get(reverse("campaigns:basics", args=[campaign.pk])).status_code == 403
    assert worker.post(reverse("campaigns:list"), {"title": "x"}).status_code == 403
