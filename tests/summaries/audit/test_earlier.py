"""A summary against an earlier one of the same bureau: last year's values, changes since, and kept
history."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support.accounts import accounts, sign_in
from tests.support.county import small_county

from kangshu.summaries.audit.auditing import audit_text, history_of

OLD = (
    "某县卫生健康局2022年工作总结\n"
    "2022年，全县参保人数42.36万人，参保率96.2%。县医院门诊量48.9万人次，孕产妇系统管理率95.1%。\n"
)
NEW = (
    "某县卫生健康局2023年工作总结\n"
    "2023年，全县参保人数43.10万人，同比增长1.75%，参保率97.1%，比上年的{rate}%提高{points}个百分点。"
    "县医院门诊量52.6万人次，同比增长{growth}%。孕产妇系统管理率95.6%，比上年提高0.5个百分点。\n"
)


def findings(**said: str) -> list[tuple[str, str]]:
    history = history_of(OLD, "2022.docx")
    audit = audit_text(NEW.format(**said), "2023.docx", history)
    return [(str(one.kind), one.why.zh) for one in audit.findings]


def test_what_agrees_with_last_year_is_left_alone_and_reported_as_checked():
    history = history_of(OLD, "2022.docx")
    audit = audit_text(NEW.format(rate="96.2", points="0.9", growth="7.57"), "2023.docx", history)
    assert audit.findings == ()
    assert len([one for one in audit.held if "2022.docx" in one.why.zh]) == 4


def test_another_value_for_last_year_than_last_year_told_is_found():
    (found,) = findings(rate="95.2", points="1.9", growth="7.57")
    assert found[0] == "same_quantity_two_values"
    assert "96.2%" in found[1]


def test_a_change_that_last_years_value_does_not_give_is_found():
    (found,) = findings(rate="96.2", points="0.9", growth="9.57")
    assert found[0] == "change"
    assert "7.57%" in found[1]


def test_history_is_by_period_and_leaves_aims_and_other_years_out():
    text = (
        "某县2022年上半年工作总结\n上半年，全县参保率96.2%，上年同期参保率95.0%。\n"
        "二、下半年打算\n参保率达到98%。\n"
    )
    assert [(one.period, one.name, one.words) for one in history_of(text, "a")] == [
        ("2022-H1", "参保率", "96.2%")
    ]


@pytest.fixture
def office(db, client):
    return sign_in(client, accounts(small_county()).bureau_officer)


def send(client, text: str, name: str, **more: str):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("summaries:audit"), {"file": file, **more})


def test_an_old_summary_is_kept_as_history_and_the_next_one_compared_with_it(office):
    kept = send(office, OLD, "2022.txt", keep="1")
    assert kept.status_code == 200
    assert "42.36万人" in office.get(reverse("summaries:history")).content.decode()
    page = send(office, NEW.format(rate="95.2", points="1.9", growth="7.57"), "2023.txt").content.decode()
    assert "上年的总结（2022.txt）写的是96.2%" in page


def test_loading_the_same_paper_again_replaces_what_was_kept(office):
    send(office, OLD, "2022.txt", keep="1")
    send(office, OLD.replace("96.2", "96.4"), "2022.txt", keep="1")
    page = office.get(reverse("summaries:history")).content.decode()
    assert "96.4%" in page
    assert "96.2%" not in page


def test_a_paper_without_a_year_is_not_kept(office):
    assert send(office, "全县参保率96.2%。", "a.txt", keep="1").status_code == 400
