"""Schistosomiasis in people: blood examined, the sero-positive treated, advanced patients followed."""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, yes_no
from kangshu.catalogue.judging import part
from kangshu.catalogue.managed import CLOSES_ON, Figures, enrolled_managed_closed
from kangshu.declare import Capability, Form, Interval, Opening, Schedule, Step, Text, Window, numbered
from kangshu.declare.expression import answer, records
from kangshu.declare.terms import IN_YEAR, MANAGED_IN_YEAR, MANAGED_ON_LAST_DAY

SOURCE = "血吸虫病防治条例；全国血吸虫病监测方案（2020年版）"
YEAR = Interval(months=12)

BLOOD = Form(
    id="schistosomiasis.blood",
    version=1,
    title=Text("血吸虫病血清学检查", "Schistosomiasis: blood examination"),
    sections=(
        part(
            "blood",
            "血清学检查",
            "Blood examination",
            one_of(
                "group",
                "人群类别",
                "Group",
                numbered(
                    ("当地居民", "residents"),
                    ("流动人口", "migrants"),
                    ("渔船民", "fishermen"),
                    ("其他", "other"),
                ),
                required=True,
            ),
            one_of(
                "method",
                "检测方法",
                "Method",
                numbered(("IHA", "IHA"), ("ELISA", "ELISA"), ("胶体染料试纸条", "DDIA"), ("其他", "other")),
                required=True,
            ),
            one_of(
                "result",
                "结果",
                "Result",
                numbered(("阴性", "negative"), ("阳性", "positive")),
                required=True,
                measured=True,
            ),
            one_of(
                "stool",
                "病原学检查",
                "Stool examination",
                numbered(("阴性", "negative"), ("阳性", "positive"), ("未做", "not done")),
                measured=True,
                visible=answer("result").equals("2"),
            ),
        ),
    ),
    source=SOURCE,
)

TREATMENT = Form(
    id="schistosomiasis.treatment",
    version=1,
    title=Text("血吸虫病血检阳性者治疗", "Schistosomiasis: treatment of the sero-positive"),
    sections=(
        part(
            "treatment",
            "治疗",
            "Treatment",
            one_of(
                "given",
                "治疗情况",
                "Treated",
                numbered(
                    ("已完成治疗", "treated"), ("有禁忌证未治", "contraindicated"), ("拒绝治疗", "declined")
                ),
                required=True,
                carried=False,
            ),
            number(
                "dose",
                "吡喹酮总剂量",
                "Praziquantel, in all",
                "mg",
                (100, 20_000),
                measured=False,
                carried=False,
                visible=answer("given").equals("1"),
                required=answer("given").equals("1"),
            ),
            yes_no("reaction", "出现不良反应", "Adverse reaction", visible=answer("given").equals("1")),
        ),
    ),
    source=SOURCE,
)

ADVANCED = Form(
    id="schistosomiasis.advanced",
    version=1,
    title=Text("晚期血吸虫病患者随访", "Advanced schistosomiasis: follow-up"),
    sections=(
        part(
            "advanced",
            "随访",
            "Follow-up",
            one_of(
                "type",
                "晚血类型",
                "Type",
                numbered(
                    ("巨脾型", "splenomegaly"),
                    ("腹水型", "ascites"),
                    ("结肠增殖型", "colonic"),
                    ("侏儒型", "dwarfism"),
                ),
                required=True,
            ),
            one_of(
                "condition",
                "病情",
                "Condition",
                numbered(("好转", "better"), ("稳定", "stable"), ("加重", "worse")),
                required=True,
                carried=False,
            ),
            yes_no(
                "relief", "本年度已申请或享受医疗救治", "Relief applied for or given this year", required=True
            ),
        ),
    ),
    source=SOURCE,
)

POSITIVE = answer("result").equals("2")
LAST_POSITIVE = records(BLOOD.id).where(POSITIVE).last()

SCHEDULE = Schedule(
    (
        Step(
            id="blood",
            title=BLOOD.title,
            form=BLOOD.id,
            first=Window(Interval(), Interval(months=6)),
            repeat=Window(Interval(months=11), YEAR),
            source=SOURCE,
        ),
        Step(
            id="treatment",
            title=TREATMENT.title,
            form=TREATMENT.id,
            origin=LAST_POSITIVE.performed_on,
            first=Window(Interval(), Interval(days=30)),
            source=SOURCE,
        ),
        Step(
            id="advanced",
            title=ADVANCED.title,
            form=ADVANCED.id,
            origin=records(ADVANCED.id).first().performed_on,
            first=Window(Interval(), Interval(days=1)),
            repeat=Window(Interval(months=5), Interval(months=6)),
            source=SOURCE,
        ),
    )
)

FIGURES = Figures(
    prefix="schistosomiasis",
    kind="endemic.schistosomiasis",
    form=BLOOD,
    name=Text("血吸虫病", "Schistosomiasis"),
    patients=Text("血吸虫病查治对象", "people watched for schistosomiasis"),
    source=SOURCE,
)
EXAMINED = records(BLOOD.id).where(IN_YEAR)
FOUND = EXAMINED.where(POSITIVE)
FOLLOWED = records(ADVANCED.id).where(IN_YEAR)
SICK = FOLLOWED.exists()

INDICATORS = (
    FIGURES.people(
        "cohort_people",
        Text("血吸虫病监测队列人数", "Schistosomiasis: people of the cohort"),
        MANAGED_ON_LAST_DAY,
        Text("期末在监测队列的人数", "people of the cohort on the last day"),
        ("血吸虫病应查人数",),
    ),
    FIGURES.rate(
        "blood_examined_rate",
        Text("血吸虫病血检完成率", "Schistosomiasis: blood examined"),
        EXAMINED.exists(),
        Text("其中年内完成血检的人数", "of these, blood examined in the year"),
        ("血吸虫病血检", "人群血检完成率"),
        denominator=MANAGED_IN_YEAR,
        denominator_words=Text("年内在监测队列的人数", "people of the cohort in the year"),
    ),
    FIGURES.rate(
        "positive_rate",
        Text("血吸虫病血检阳性率", "Schistosomiasis: sero-positive"),
        FOUND.exists(),
        Text("其中血检阳性的人数", "of these, sero-positive"),
        ("血检阳性率",),
        denominator=EXAMINED.exists(),
        denominator_words=Text("年内血检人数", "people examined in the year"),
    ),
    FIGURES.rate(
        "treated_rate",
        Text("血吸虫病血检阳性者治疗率", "Schistosomiasis: sero-positive treated"),
        records(TREATMENT.id).where(IN_YEAR & answer("given").equals("1")).exists(),
        Text("其中年内完成治疗的人数", "of these, treated in the year"),
        ("阳性者治疗率",),
        denominator=FOUND.exists(),
        denominator_words=Text("年内血检阳性人数", "sero-positive in the year"),
    ),
    FIGURES.rate(
        "advanced_relief_rate",
        Text("晚期血吸虫病患者救治率", "Advanced schistosomiasis: given relief"),
        FOLLOWED.last().answer("relief").equals(True),
        Text("其中年内申请或享受医疗救治的人数", "of these, relief applied for or given"),
        ("晚血救治率", "晚血病人救治"),
        denominator=SICK,
        denominator_words=Text("年内随访的晚血患者人数", "advanced patients followed in the year"),
    ),
)

capability = Capability(
    id="endemic.schistosomiasis",
    version=1,
    title=Text("血吸虫病人群查治", "Schistosomiasis in people"),
    purpose=Text(
        "监测队列每年血检，阳性者30天内治疗，晚期患者每半年随访并帮助申请医疗救治",
        "Blood examined yearly, the sero-positive treated within 30 days, advanced patients seen half-yearly",
    ),
    subject=Text("监测队列人群和晚期血吸虫病患者", "people of the cohort and advanced patients"),
    rows=("D7-03",),
    opens_on=(
        Opening(f"record:{BLOOD.id}", Text("完成一次血检", "blood was examined"), enrols=True),
        Opening(f"record:{ADVANCED.id}", Text("登记晚血患者", "an advanced patient"), enrols=True),
    ),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(BLOOD, Text("第一次血检", "first blood examination")),
    forms=(BLOOD, TREATMENT, ADVANCED),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    screens=(
        "work:due_list",
        "work:register",
        "work:record",
        "work:print",
        "indicators:indicator",
        "fieldwork:logbook",
    ),
    tests=("tests/catalogue/endemic/test_schistosomiasis.py", "tests/catalogue/test_logbooks.py"),
    source=SOURCE,
)
