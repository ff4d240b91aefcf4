"""Rehabilitation sites of pneumoconiosis 尘肺病康复站（点）: what they have, whom they trained each month."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of
from kangshu.catalogue.judging import part
from kangshu.declare import Check, Form, numbered
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, SiteKind, registered, total
from kangshu.declare.report import Periodicity
from kangshu.kernel.text import Text

SOURCE = "尘肺病防治攻坚行动方案；尘肺病康复站建设要求"

SITE = Form(
    id="occupational.rehabilitation_site",
    version=1,
    title=Text("尘肺病康复站（点）登记", "Rehabilitation site"),
    sections=(
        part(
            "site",
            "康复站（点）",
            "The site",
            one_of(
                "level", "级别", "Level", numbered(("康复站", "station"), ("康复点", "point")), required=True
            ),
            number("staff", "康复人员", "Staff", "人", (0, 100), measured=False, required=True),
            number("devices", "康复设备", "Devices", "台", (0, 500), measured=False, required=True),
        ),
    ),
    source=SOURCE,
)
MONTH = Form(
    id="occupational.rehabilitation_month",
    version=1,
    title=Text("尘肺病康复服务月报", "A month of rehabilitation"),
    sections=(
        part(
            "month",
            "本月服务",
            "The month",
            number(
                "patients", "康复患者人数", "Patients trained", "人", (0, 5000), measured=False, required=True
            ),
            number("sessions", "康复人次", "Sessions", "次", (0, 50_000), measured=False, required=True),
        ),
    ),
    checks=(
        Check(
            "sessions",
            answer("sessions") >= answer("patients"),
            Text("康复人次不能少于人数。", "No fewer sessions than patients."),
            field="sessions",
        ),
    ),
    source=SOURCE,
)

logbook = Logbook(
    id="occupational.rehabilitation",
    version=1,
    title=Text("尘肺病康复站（点）台账", "Pneumoconiosis rehabilitation"),
    purpose=Text(
        "登记尘肺病康复站（点），每月记录康复人数和人次",
        "Sites are registered, and each month how many patients were trained how often",
    ),
    rows=("D7-06",),
    keepers=frozenset({"hospital", "township_centre", "community_centre", "cdc"}),
    overseer="cdc",
    site=SiteKind("rehabilitation_site", Text("尘肺病康复站（点）", "Rehabilitation site"), SITE),
    form=MONTH,
    due=LogbookDue(Periodicity.MONTH, within_days=5),
    figures=(
        LogbookFigure(
            "occupational.rehabilitation_sites",
            Text("尘肺病康复站（点）数", "Rehabilitation sites of pneumoconiosis"),
            "个",
            registered(),
            aliases=("尘肺病康复站",),
        ),
        LogbookFigure(
            "occupational.rehabilitation_sessions",
            Text("尘肺病康复服务人次", "Sessions of rehabilitation"),
            "次",
            total(answer("sessions")),
        ),
    ),
    source=SOURCE,
    tests=("tests/catalogue/test_pneumoconiosis.py",),
    screens=("fieldwork:logbook", "fieldwork:sites", "fieldwork:enter"),
)
