"""Health education activities 健康教育活动 (norms A2): lectures, consultation days, boards, material."""

from __future__ import annotations

from kangshu.catalogue.health_education.activities.form import (
    BOARD,
    CONSULTATION,
    FORM,
    LECTURE,
    PRINTED,
)
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, count, total
from kangshu.declare.report import Periodicity
from kangshu.kernel.text import Text

_KIND = answer("kind")

logbook = Logbook(
    id="health_education.activities",
    version=1,
    title=Text("健康教育活动台账", "Health education activities"),
    purpose=Text(
        "记录每次讲座、咨询、宣传栏更换和资料发放，按年对照规范最低要求。",
        "Every lecture, consultation day, board and leaflet, to be held against the norm's minimum.",
    ),
    keepers=frozenset(
        {"township_centre", "community_centre", "village_clinic", "hospital", "mch", "cdc", "supervision"}
    ),
    form=FORM,
    due=LogbookDue(Periodicity.MONTH, within_days=5, once=False),
    figures=(
        LogbookFigure(
            "health_education.activities",
            Text("健康教育活动次数", "Health education activities"),
            "次",
            count(),
            aliases=("开展健康教育活动", "健康宣传活动次数"),
        ),
        LogbookFigure(
            "health_education.lectures",
            Text("健康知识讲座次数", "Health lectures"),
            "次",
            count(),
            where=_KIND.equals(LECTURE),
            aliases=("健康知识宣讲次数", "举办健康知识讲座", "健康教育讲座"),
            source="norms A2：乡镇卫生院每月至少1次，村卫生室每两个月至少1次",
        ),
        LogbookFigure(
            "health_education.consultations",
            Text("公众健康咨询活动次数", "Public consultation days"),
            "次",
            count(),
            where=_KIND.equals(CONSULTATION),
            aliases=("健康咨询活动", "公众咨询"),
            source="norms A2：每年至少9次",
        ),
        LogbookFigure(
            "health_education.boards",
            Text("宣传栏更换次数", "Display boards changed"),
            "次",
            count(),
            where=_KIND.equals(BOARD),
            aliases=("更换宣传栏", "宣传栏更新"),
            source="norms A2：每块每两个月至少更换1次",
        ),
        LogbookFigure(
            "health_education.participants",
            Text("健康教育受众人次", "People reached by health education"),
            "人次",
            total(answer("participants")),
            aliases=("健康教育受益人次", "参加健康教育活动人数"),
        ),
        LogbookFigure(
            "health_education.lecture_audience",
            Text("讲座参加人次", "People at health lectures"),
            "人次",
            total(answer("participants")),
            where=_KIND.equals(LECTURE),
        ),
        LogbookFigure(
            "health_education.copies",
            Text("发放宣传资料份数", "Copies of material given out"),
            "份",
            total(answer("copies")),
            aliases=("发放各类宣传资料", "宣传资料发放数"),
        ),
        LogbookFigure(
            "health_education.printed_kinds",
            Text("发放印刷资料种类（各次合计）", "Kinds of printed material given out"),
            "种",
            total(answer("kinds")),
            where=_KIND.equals(PRINTED),
        ),
    ),
    list_fields=("kind", "subject", "participants", "copies"),
    source="国家基本公共卫生服务规范（第三版）2017；norms A2",
    tests=("tests/fieldwork/test_actions.py",),
)
