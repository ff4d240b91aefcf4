"""The crisis intervention team 心理危机干预队伍: its roster, trainings, drills and missions."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, words
from kangshu.catalogue.judging import part
from kangshu.catalogue.mental.crisis.forms import SOURCE
from kangshu.declare import Field, FieldType, Form, numbered
from kangshu.declare.expression import answer
from kangshu.declare.logbook import Logbook, LogbookDue, LogbookFigure, SiteKind, count, registered, total
from kangshu.declare.report import Periodicity
from kangshu.kernel.text import Text

TEAM = Form(
    id="mental.crisis_team",
    version=1,
    title=Text("心理危机干预队伍登记", "Crisis team"),
    sections=(
        part(
            "team",
            "队伍",
            "Team",
            words("phone", "值班电话", "Duty telephone", length=20, required=True),
            Field(
                "members",
                Text("队员名册", "Roster"),
                FieldType.ROWS,
                fields=(
                    words("name", "姓名", "Name", length=40, required=True, carried=False),
                    one_of(
                        "profession",
                        "专业",
                        "Profession",
                        numbered(
                            ("精神科医师", "psychiatrist"),
                            ("心理治疗师", "therapist"),
                            ("心理咨询师", "counsellor"),
                            ("护士", "nurse"),
                            ("社会工作者", "social worker"),
                            ("其他", "other"),
                        ),
                        required=True,
                        carried=False,
                    ),
                    words("certificate", "资质证书", "Certificate", length=40, carried=False),
                ),
                most=30,
                required=True,
                carried=True,
            ),
        ),
    ),
    source=SOURCE,
)
FORM = Form(
    id="mental.crisis_team_activity",
    version=1,
    title=Text("心理危机干预队伍活动记录", "Crisis team: activity"),
    sections=(
        part(
            "activity",
            "活动",
            "Activity",
            one_of(
                "kind",
                "类型",
                "Kind",
                numbered(
                    ("培训", "training"),
                    ("演练", "drill"),
                    ("现场干预", "mission"),
                    ("团体辅导", "group counselling"),
                    ("心理科普", "public talk"),
                ),
                required=True,
                carried=False,
            ),
            words("subject", "主题", "Subject", required=True, carried=False),
            number("members", "参加队员", "Members", "人", (0, 200), required=True, carried=False),
            number("served", "服务人数", "People served", "人", (0, 20_000), carried=False),
            number("hours", "时长", "Hours", "小时", (0, 100), places=1, carried=False),
        ),
    ),
    source=SOURCE,
)
_KIND = answer("kind")

logbook = Logbook(
    id="mental.crisis_team",
    version=1,
    title=Text("心理危机干预队伍台账", "Crisis team"),
    purpose=Text("队员名册、培训演练和服务活动", "The roster, trainings, drills and what the team did"),
    rows=("D6-04",),
    keepers=frozenset({"hospital", "cdc", "community_centre", "township_centre"}),
    site=SiteKind("crisis_team", Text("心理危机干预队伍", "crisis team"), TEAM),
    form=FORM,
    due=LogbookDue(Periodicity.QUARTER, within_days=15, once=False),
    figures=(
        LogbookFigure(
            "crisis_team.teams",
            Text("心理危机干预队伍数", "Crisis teams"),
            "支",
            registered(),
            aliases=("心理危机干预队伍",),
        ),
        LogbookFigure(
            "crisis_team.trainings",
            Text("心理危机干预培训次数", "Trainings of crisis teams"),
            "次",
            count(),
            where=_KIND.equals("1"),
            aliases=("心理危机干预培训",),
        ),
        LogbookFigure(
            "crisis_team.activities",
            Text("社会心理服务活动次数", "Activities of crisis teams"),
            "次",
            count(),
            aliases=("社会心理服务活动",),
        ),
        LogbookFigure(
            "crisis_team.served",
            Text("社会心理服务人次", "People served by crisis teams"),
            "人次",
            total(answer("served")),
            aliases=("心理服务人次",),
        ),
    ),
    list_fields=("kind", "subject", "members", "served"),
    source=SOURCE,
    tests=("tests/catalogue/mental/test_crisis.py",),
)
