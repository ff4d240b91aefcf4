"""A section's way to approval; nobody approves his own text; what is changed is reviewed again."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.indicators.test_snapshot import NOW, World
from tests.support.accounts import acting, sign_in

from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.periods import parse_period
from kangshu.summaries import actions, review
from kangshu.summaries.models import Section, SectionState
from kangshu.summaries.refusals import NotReviewed, NotSubmitted, OwnText, SummaryNotFound

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings, tmp_path):
    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    return World()


@pytest.fixture
def section(world) -> Section:
    with acting(world.accounts.bureau_officer) as by:
        made = actions.make_summary(
            title="总结", period=parse_period("2026"), institution=world.county.bureau, by=by, now=NOW
        )
        made.sections.exclude(key="problems").update(text="")
        return write(made.sections.get(key="problems"), "一是人员不足。", by)


def write(section: Section, text: str, by) -> Section:
    return actions.write_section(section=section.pk, text=text, seen_version=section.version, by=by, now=NOW)


def state_of(section: Section) -> str:
    return Section.objects.get(pk=section.pk).state


def test_a_section_is_handed_in_and_approved_by_another(world, section, as_owner):
    with acting(world.accounts.bureau_officer) as by:
        review.submit(section=section.pk, by=by)
        with pytest.raises(OwnText):
            review.approve(section=section.pk, by=by, now=NOW)
    with acting(world.accounts.director) as by:
        approved = review.approve(section=section.pk, by=by, now=NOW)
    assert (approved.state, approved.reviewed_name) == (SectionState.APPROVED, "局长壬")
    with as_owner():
        kept = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"summary.submitted", "summary.approved"} <= kept


def test_a_text_changed_after_approval_is_written_again(world, section):
    with acting(world.accounts.bureau_officer) as by:
        review.submit(section=section.pk, by=by)
    with acting(world.accounts.director) as by:
        review.approve(section=section.pk, by=by, now=NOW)
    with acting(world.accounts.bureau_officer) as by:
        write(section, "一是人员不足，二是经费紧张。", by)
    assert state_of(section) == SectionState.WRITING
    with acting(world.accounts.director) as by, pytest.raises(NotReviewed) as refused:
        actions.sign(summary=section.summary_id, by=by, now=NOW)
    assert "存在的问题" in refused.value.message.zh


def test_what_is_sent_back_says_why_and_only_what_was_handed_in_is_reviewed(world, section):
    with acting(world.accounts.director) as by:
        with pytest.raises(NotSubmitted):
            review.approve(section=section.pk, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            review.submit(section=section.pk, by=by)
    with acting(world.accounts.bureau_officer) as by:
        review.submit(section=section.pk, by=by)
    with acting(world.accounts.director) as by:
        with pytest.raises(BadInput):
            review.send_back(section=section.pk, note="  ", by=by, now=NOW)
        returned = review.send_back(section=section.pk, note="请补充数字。", by=by, now=NOW)
    assert (returned.state, returned.review_note) == (SectionState.RETURNED, "请补充数字。")


def test_an_empty_section_is_not_handed_in(world, section):
    with acting(world.accounts.bureau_officer) as by:
        write(section, "  ", by)
        with pytest.raises(BadInput):
            review.submit(section=section.pk, by=by)


def test_a_remark_stands_until_somebody_settles_it(world, section):
    with acting(world.accounts.director) as by:
        remark = review.comment(section=section.pk, text="多少人？", quote="人员不足", by=by, now=NOW)
    with acting(world.accounts.bureau_officer) as by:
        settled = review.settle(comment=remark.pk, by=by, now=NOW)
    assert (settled.quote, settled.settled_name) == ("人员不足", "科员辛")


def test_nobody_from_elsewhere_takes_part(world, section):
    with acting(world.accounts.township_worker_a) as by, pytest.raises((NotAllowed, SummaryNotFound)):
        review.comment(section=section.pk, text="看看", by=by, now=NOW)


def test_composing_anew_keeps_the_text_in_the_history(world, section):
    with acting(world.accounts.bureau_officer) as by:
        composed = actions.compose_again(section=section.pk, by=by, now=NOW)
    assert composed.text != "一是人员不足。"
    assert "一是人员不足。" in [each.text for each in composed.texts.all()]


def test_the_screen_leads_through_every_step(client, world, section):
    address = reverse("summaries:act", args=[section.pk])
    sign_in(client, world.accounts.bureau_officer)
    client.post(address, {"step": "assign", "to": "bureau_officer"})
    client.post(address, {"step": "submit"})
    assert state_of(section) == SectionState.SUBMITTED
    refused = client.post(address, {"step": "approve"}, follow=True).content.decode()
    assert "请由另一位同事审核" in refused
    sign_in(client, world.accounts.director)
    client.post(address, {"step": "comment", "note": "多少人？"})
    client.post(address, {"step": "return", "note": "请补充。"})
    assert state_of(section) == SectionState.RETURNED
    page = client.get(reverse("summaries:read", args=[section.summary_id])).content.decode()
    for words in ("多少人？", "请补充。", "科员辛", "已退回"):
        assert words in page, words
    assert client.post(address, {"step": "nonsense"}).status_code == 404


def test_the_preview_shows_and_saves_nothing(client, world, section):
    sign_in(client, world.accounts.bureau_officer)
    shown = client.post(
        reverse("summaries:preview", args=[section.pk]), {"text": "率[[hypertension.nonsense]]"}
    ).content.decode()
    assert "还没有数据快照" in shown
    assert Section.objects.get(pk=section.pk).text == "一是人员不足。"
