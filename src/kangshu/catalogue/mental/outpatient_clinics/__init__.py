"""Psychiatric outpatient clinics as service points, and the sessions they hold."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, words
from kangshu.declare import Form, Section, Text, numbered
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookFigure, SiteKind, count, registered, total

SOURCE = "严重精神障碍管理治疗工作规范；精神专科门诊建设（县级）"

logbook = Logbook(
    id="mental.outpatient_clinics",
    version=1,
    title=Text("精神专科门诊台账", "Psychiatric outpatient clinics"),
    purpose=Text("登记精神专科门诊服务点和出诊情况", "Service points and the sessions they hold"),
    keepers=frozenset({"hospital", "township_centre", "community_centre", "mch"}),
    site=SiteKind(
        id="psychiatric_clinic",
        title=Text("精神专科门诊", "Outpatient clinic"),
        form=Form(
            id="mental.psychiatric_clinic",
            version=1,
            title=Text("精神专科门诊登记", "Outpatient clinic"),
            sections=(
                Section(
                    "clinic",
                    Text("门诊", "Clinic"),
                    (
                        one_of(
                            "days",
                            "出诊安排",
                            "Sessions",
                            numbered(("每日", "daily"), ("每周", "weekly"), ("每月", "monthly")),
                            required=True,
                        ),
                        number(
                            "doctors",
                            "精神科执业医师数",
                            "Psychiatrists",
                            "人",
                            (0, 200),
                            measured=False,
                            required=True,
                        ),
                        words("phone", "预约电话", "Telephone for bookings", length=20, required=True),
                    ),
                ),
            ),
            source=SOURCE,
        ),
    ),
    form=Form(
        id="mental.clinic_session",
        version=1,
        title=Text("精神专科门诊出诊登记", "Session"),
        sections=(
            Section(
                "session",
                Text("出诊", "Session"),
                (
                    number(
                        "seen",
                        "接诊人次",
                        "Seen",
                        "人次",
                        (0, 500),
                        measured=False,
                        carried=False,
                        required=True,
                    ),
                    number(
                        "booked",
                        "预约复诊人次",
                        "Re-examinations booked",
                        "人次",
                        (0, 500),
                        measured=False,
                        carried=False,
                    ),
                    words("doctor", "出诊医师", "Doctor", length=40, required=True, carried=False),
                ),
            ),
        ),
        source=SOURCE,
    ),
    figures=(
        LogbookFigure(
            id="outpatient_clinics.clinics",
            title=Text("设立精神专科门诊的服务点数", "Psychiatric outpatient clinics"),
            unit="处",
            of=registered(),
            standing=True,
            aliases=("精神专科门诊数",),
        ),
        LogbookFigure(
            id="outpatient_clinics.sessions",
            title=Text("精神专科门诊出诊次数", "Sessions"),
            unit="次",
            of=count(),
        ),
        LogbookFigure(
            id="outpatient_clinics.seen",
            title=Text("精神专科门诊接诊人次", "Seen at psychiatric clinics"),
            unit="人次",
            of=total(answer("seen")),
            aliases=("精神专科门诊人次",),
        ),
    ),
    source=SOURCE,
    tests=("tests/catalogue/benefits/test_logbooks.py",),
    screens=("fieldwork:logbook", "fieldwork:enter"),
)
