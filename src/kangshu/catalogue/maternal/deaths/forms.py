"""The card of a maternal death and the review of it (norms H1, H5)."""

from __future__ import annotations

from kangshu.catalogue import death_reviews
from kangshu.catalogue.asking import day, number, one_of, several_of, words
from kangshu.declare import Check, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, days_between, hours_between, person

SOURCE = "全国妇幼卫生监测方案；孕产妇死亡评审规范；norms H1, H5"
CARD_ID, REVIEW_ID = "maternal.death_card", "maternal.death_review"
ACCIDENT = "3"

CARD = Form(
    id=CARD_ID,
    version=1,
    title=Text("孕产妇死亡报告卡", "Card of a maternal death"),
    sections=(
        Section(
            "death",
            Text("死亡情况", "The death"),
            (
                Field("died_at", Text("死亡时间", "Died at"), FieldType.MOMENT, required=True),
                Field(
                    "reported_at",
                    Text("报告时间", "Reported at"),
                    FieldType.MOMENT,
                    required=True,
                    hint=Text("向县级妇幼保健机构报告的时间", "to the county's mother and child institution"),
                ),
                Field(
                    "hours_to_report",
                    Text("死亡至报告", "From death to report"),
                    FieldType.COMPUTED,
                    unit="小时",
                    expression=hours_between(answer("died_at"), answer("reported_at")),
                ),
                one_of(
                    "when",
                    "死亡时期",
                    "When",
                    numbered(
                        ("孕期", "in pregnancy"),
                        ("分娩时", "at the delivery"),
                        ("产后42天内", "within 42 days after it"),
                    ),
                    required=True,
                    carried=False,
                ),
                number("weeks", "孕周", "Weeks of pregnancy", "孕周", (0, 44), measured=False, carried=False),
                day(
                    "ended_on",
                    "妊娠终止日期",
                    "The pregnancy ended on",
                    carried=False,
                    visible=answer("when").is_in("2", "3"),
                    required=answer("when").equals("3"),
                ),
                one_of(
                    "place",
                    "死亡地点",
                    "Where",
                    numbered(
                        ("省、市级医院", "hospital of the province or prefecture"),
                        ("县级医院", "county hospital"),
                        ("乡镇卫生院", "township health centre"),
                        ("村卫生室", "village clinic"),
                        ("途中", "on the way"),
                        ("家中", "at home"),
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "residence",
                    "户籍",
                    "Registered",
                    numbered(
                        ("本县户籍", "in this county"),
                        ("本县居住半年以上的非户籍", "elsewhere, living here half a year or more"),
                        ("流动人口", "passing through"),
                    ),
                    required=True,
                    carried=False,
                ),
            ),
        ),
        Section(
            "cause",
            Text("死因", "Cause"),
            (
                one_of(
                    "kind",
                    "死因性质",
                    "Kind",
                    numbered(
                        ("直接产科原因", "direct obstetric"),
                        ("间接产科原因", "indirect obstetric"),
                        ("意外（不计入孕产妇死亡率）", "accident (not in the mortality ratio)"),
                        ("不明", "not known"),
                    ),
                    required=True,
                    carried=False,
                ),
                words("cause", "根本死因", "Underlying cause", length=100, required=True, carried=False),
                words("icd", "根本死因ICD-10编码", "ICD-10 code", length=10, carried=False),
                one_of(
                    "basis",
                    "诊断依据",
                    "Known by",
                    numbered(
                        ("尸检或病理", "post-mortem"),
                        ("临床", "clinically"),
                        ("推断", "inferred"),
                    ),
                    carried=False,
                ),
                number(
                    "antenatal_checks",
                    "产前检查次数",
                    "Antenatal checks",
                    "次",
                    (0, 30),
                    measured=False,
                    carried=False,
                ),
                one_of(
                    "risk",
                    "最后一次风险分级",
                    "Last colour of the risk",
                    numbered(
                        ("绿色", "green"),
                        ("黄色", "yellow"),
                        ("橙色", "orange"),
                        ("红色", "red"),
                        ("未评估", "never judged"),
                    ),
                    carried=False,
                ),
                words("course", "经过与抢救", "Course and treatment", length=1000, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "reported_after",
            hours_between(answer("died_at"), answer("reported_at")) >= 0,
            Text("报告时间早于死亡时间。", "Reported before the death."),
            field="reported_at",
        ),
        Check(
            "within_42_days",
            days_between(answer("ended_on"), person.death_on).between(0, 42),
            Text(
                "妊娠终止至死亡不在42天内，不属孕产妇死亡。",
                "The death is not within 42 days of the end of the pregnancy: no maternal death.",
            ),
            field="ended_on",
        ),
    ),
    source=SOURCE,
)

REVIEW = Form(
    id=REVIEW_ID,
    version=1,
    title=Text("孕产妇死亡评审", "Review of a maternal death"),
    sections=(
        Section(
            "review",
            Text("评审", "Review"),
            (
                death_reviews.met_on(),
                one_of(
                    "level",
                    "评审级别",
                    "Level",
                    numbered(
                        ("县级", "county"),
                        ("市级", "prefecture"),
                        ("省级", "province"),
                    ),
                    required=True,
                    carried=False,
                ),
                death_reviews.experts(),
                death_reviews.avoidable(),
                several_of(
                    "delays",
                    "影响因素",
                    "What contributed",
                    numbered(
                        ("个人家庭：未及时求医", "the family: late in seeking care"),
                        ("转运：途中延误", "transport: delay on the way"),
                        ("医疗机构：知识技能", "institution: knowledge and skill"),
                        ("医疗机构：管理与设备、血源", "institution: management, equipment, blood"),
                        ("社会其他部门", "other departments"),
                        ("无", "none"),
                    ),
                    alone="6",
                    required=True,
                    carried=False,
                ),
                death_reviews.cause("评审确定的根本死因", "Underlying cause as reviewed"),
                death_reviews.measures("整改措施与责任单位", "What is to be changed, and by whom"),
            ),
        ),
    ),
    source=SOURCE,
)
