"""A summary from its draft to the signed paper; what a figure in it says; and what cannot be done."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from docx import Document
from tests.indicators.test_snapshot import JOB, NOW, World
from tests.support.accounts import acting, sign_in

from kangshu.figures.models import Snapshot
from kangshu.indicators.actions import take_snapshot
from kangshu.indicators.snapshot.store import forget
from kangshu.kernel.errors import NotAllowed
from kangshu.kernel.periods import parse_period
from kangshu.summaries import actions, review
from kangshu.summaries.binding import MISSING, pieces, tokens_in
from kangshu.summaries.models import Section, Summary
from kangshu.summaries.refusals import AlreadySigned, ChangedMeanwhile, NotReady, SummaryNotFound

pytestmark = pytest.mark.django_db(transaction=True)

RATE = "hypertension.control_rate"


@pytest.fixture
def world(settings, tmp_path):
    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    world = World()
    world.visit(world.li, date(2026, 2, 1))
    world.visit(world.wang, date(2026, 3, 1), sbp=158)
    take_snapshot(by=JOB, now=NOW + timedelta(minutes=1))
    yield world
    forget()


@pytest.fixture
def summary(world) -> Summary:
    with acting(world.accounts.bureau_officer) as by:
        made = actions.make_summary(
            title="2026年卫生健康工作总结",
            period=parse_period("2026"),
            institution=world.county.bureau,
            by=by,
            now=NOW,
        )
        for section in made.sections.exclude(key="public_health"):
            write(section, "", by)
        write(made.sections.get(key="public_health"), f"血压控制率[[{RATE}]]。", by)
    return made


def write(section: Section, text: str, by, seen: int | None = None) -> Section:
    return actions.write_section(
        section=section.pk, text=text, seen_version=seen or section.version, by=by, now=NOW
    )


def approve_all(world, summary: Summary) -> None:
    for section in summary.sections.exclude(text=""):
        with acting(world.accounts.bureau_officer) as by:
            review.submit(section=section.pk, by=by)
        with acting(world.accounts.director) as by:
            review.approve(section=section.pk, by=by, now=NOW)


def figure(world, summary: Summary, token: str):
    with acting(world.accounts.bureau_officer) as by:
        section = summary.sections.get(key="public_health")
        write(section, f"[[{token}]]", by)
        summary = Summary.objects.get(pk=summary.pk)
        return actions.figures_of(summary, by)[token]


def test_a_draft_comes_with_sentences_and_their_figures(world):
    with acting(world.accounts.bureau_officer) as by:
        made = actions.make_summary(
            title="总结", period=parse_period("2026"), institution=world.county.bureau, by=by, now=NOW
        )
        figures = actions.figures_of(made, by)
        text = made.sections.get(key="public_health").text
    assert figures["hypertension.managed_people"].text == "2"
    assert figures[RATE].text == "50.00%"
    said = ["".join(getattr(run, "text", run) for run in runs) for runs in pieces(text, figures)]
    assert any("血压控制率为50.00%" in sentence for sentence in said)


def test_a_figure_leads_to_its_indicator_on_its_snapshot(world, summary):
    bound = figure(world, summary, RATE)
    assert (bound.numerator, bound.denominator, bound.kind) == ("1", "2", "computed")
    assert bound.url.startswith(reverse("indicators:indicator", args=[RATE]))
    assert bound.snapshot in bound.url


def test_a_token_may_say_what_of_the_figure_it_wants(world, summary):
    wanted = {
        f"{RATE}|show=numerator": "1",
        f"{RATE}|show=denominator": "2",
        "hypertension.follow_ups": "2",
        "hypertension.follow_ups|period=2026-03": "1",
    }
    assert {token: figure(world, summary, token).text for token in wanted} == wanted


def test_a_figure_that_cannot_be_had_says_why_and_is_marked(world, summary):
    reasons = {
        "hypertension.nonsense": "没有指标",
        f"{RATE}|period=2031": "尚未到来",
        f"{RATE}|show=beauty": "show 只能是",
        f"{RATE}|colour=red": "看不懂",
        f"{RATE}|period=lately": "lately",
        f"{RATE}|place=0099.": "管辖范围",
        f"{RATE}|show=target": "没有设定目标",
        "workload.lectures|show=reported": "没有已审核的报表",
    }
    for token, why in reasons.items():
        bound = figure(world, summary, token)
        assert bound.text == MISSING, token
        assert why in bound.why, (token, bound.why)
    assert figure(world, summary, f"{RATE}|show=best").title == "管理人群血压控制率"


def test_two_who_write_one_paragraph_at_once_lose_nothing(world, summary):
    section = summary.sections.get(key="problems")
    with acting(world.accounts.bureau_officer) as by:
        write(section, "甲的文字", by)
        with pytest.raises(ChangedMeanwhile) as clash:
            write(section, "乙的文字", by, seen=section.version)
    assert by.name in clash.value.message.zh
    assert [text.text for text in section.texts.all()][:1] == ["甲的文字"]


def test_two_who_write_different_paragraphs_at_once_are_joined(world, summary):
    with acting(world.accounts.bureau_officer) as by:
        section = write(summary.sections.get(key="problems"), "一是甲。\n二是乙。\n三是丙。", by)
        seen = section.version
        write(section, "一是甲，已改。\n二是乙。\n三是丙。", by, seen=seen)
        joined = write(section, "一是甲。\n二是乙。\n三是丙，也改了。", by, seen=seen)
    assert joined.text == "一是甲，已改。\n二是乙。\n三是丙，也改了。"
    assert joined.version == seen + 2


def test_a_signed_summary_keeps_its_figures_and_its_bytes(client, world, summary):
    approve_all(world, summary)
    with acting(world.accounts.director) as by:
        actions.sign(summary=summary.pk, by=by, now=NOW)
    before = docx_of(client, world.accounts.director, summary)
    world.visit(world.wang, date(2026, 4, 1), sbp=128)
    take_snapshot(by=JOB, now=NOW + timedelta(hours=1))
    assert docx_of(client, world.accounts.director, summary) == before
    assert Summary.objects.get(pk=summary.pk).figures[RATE]["text"] == "50.00%"
    assert Snapshot.objects.filter(pinned=True).count() == 1
    with acting(world.accounts.bureau_officer) as by, pytest.raises(AlreadySigned):
        write(Section.objects.get(summary=summary, key="problems"), "改一改", by)


def test_a_summary_with_a_hole_is_not_signed(world, summary):
    figure(world, summary, f"{RATE}|period=2031")
    approve_all(world, summary)
    with acting(world.accounts.director) as by, pytest.raises(NotReady):
        actions.sign(summary=summary.pk, by=by, now=NOW)


def test_who_writes_does_not_sign_and_who_is_elsewhere_does_not_see(world, summary):
    with acting(world.accounts.bureau_officer) as by, pytest.raises(NotAllowed):
        actions.sign(summary=summary.pk, by=by, now=NOW)
    with acting(world.accounts.township_worker_a) as by, pytest.raises(SummaryNotFound):
        actions.check_seen(summary, by)


def test_the_paper_has_the_sentence_the_link_and_the_annex(client, world, summary):
    document = Document(io.BytesIO(docx_of(client, world.accounts.bureau_officer, summary)))
    assert any("血压控制率50.00%。" in paragraph.text for paragraph in document.paragraphs)
    annex = document.tables[0]
    assert [cell.text for cell in annex.rows[1].cells][4:8] == ["50.00%", "1", "2", "系统统计"]
    links = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
    assert any(RATE in link for link in links)


def docx_of(client, account, summary: Summary) -> bytes:
    sign_in(client, account)
    response = client.get(reverse("summaries:docx", args=[summary.pk]))
    assert response.status_code == 200
    return response.content


def test_the_screens_draft_write_and_show(client, world):
    sign_in(client, world.accounts.bureau_officer)
    made = client.post(
        reverse("summaries:list"), {"place": world.county.bureau.pk, "period": "2026", "title": ""}
    )
    assert made.status_code == 302
    page = client.get(made.url).content.decode()
    assert "50.00%" in page
    assert reverse("indicators:indicator", args=[RATE]) in page
    section = Section.objects.get(key="problems")
    address = reverse("summaries:edit", args=[section.pk])
    assert client.post(address, {"text": "人员不足。", "version": section.version}).status_code == 302
    late = client.post(address, {"text": "另一种说法。", "version": section.version})
    assert late.status_code == 409
    shown = late.content.decode()
    assert "另一种说法。" in shown
    assert "人员不足。" in shown
    assert client.get(reverse("summaries:list")).content.decode().count("work-list") == 1


def test_tokens_are_found_in_order_and_once():
    assert tokens_in("[[b.x]]和[[a.y|show=best]]与[[b.x]]，[[]]不算") == ["b.x", "a.y|show=best"]
