"""Supervision assistance 卫生计生监督协管: what was found, reported and patrolled in a quarter (norms A13).

Reported by institution, because its subjects are premises, not people.
"""

from __future__ import annotations

from kangshu.catalogue.supervision_assist.reports.form import CONTENTS, FORM
from kangshu.declare.report import Periodicity, Report, ReportedFigure
from kangshu.kernel.text import Text

_LINES = (
    ("patrols", "实地巡查次数", "patrols on site", "次"),
    ("found", "发现事件或线索次数", "events or clues found", "次"),
    ("reported", "报告事件或线索次数", "events or clues reported", "次"),
)

report = Report(
    id="supervision_assist.reports",
    version=1,
    title=Text("卫生监督协管季度报表", "Supervision assistance, quarterly"),
    form=FORM,
    periodicity=Periodicity.QUARTER,
    institution_kinds=frozenset({"township_centre", "community_centre", "village_clinic"}),
    due_working_days=5,
    figures=(
        *(
            ReportedFigure(
                f"{content.name}_{line}",
                f"supervision_assist.{content.name}_{line}",
                Text(f"{content.title.zh}{zh}", f"{content.title.en}: {en}"),
                unit,
            )
            for content in CONTENTS
            for line, zh, en, unit in _LINES
        ),
        ReportedFigure(
            "total_patrols",
            "supervision_assist.patrols",
            Text("卫生监督协管巡查次数", "Supervision assistance: patrols"),
            "次",
            aliases=("协助开展监督监测次数", "监督协管巡查次数", "协管巡查"),
        ),
        ReportedFigure(
            "total_found",
            "supervision_assist.found",
            Text("发现的事件或线索次数", "Supervision assistance: events or clues found"),
            "次",
        ),
        ReportedFigure(
            "total_reported",
            "supervision_assist.reported",
            Text("报告的事件或线索次数", "Supervision assistance: events or clues reported"),
            "次",
            aliases=("卫生监督协管信息报告次数",),
        ),
    ),
    source="国家基本公共卫生服务规范（第三版）2017；norms A13",
)
