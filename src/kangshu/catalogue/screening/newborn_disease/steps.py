"""The cascade: heel prick, laboratory, recall and diagnosis, treatment (norms K5)."""

from __future__ import annotations

from kangshu.catalogue.cascade import CLEAR, TREATED, Cascade, CascadeStep, Finding, Move, outcome
from kangshu.catalogue.screening.newborn_disease.forms import BLOOD, ID, LAB, RECALLED, SOURCE, TREATMENT
from kangshu.declare import Interval, Text, Window
from kangshu.declare.expression import answer

SHAPE = Cascade(
    id=ID,
    prefix="newborn_disease",
    title=Text("新生儿疾病筛查", "Newborn disease screening"),
    source=SOURCE,
    at_birth=Window(Interval(hours=72), Interval(days=7), closes=Interval(months=3)),
    steps=(
        CascadeStep(
            "blood",
            Text("新生儿疾病筛查采血", "Newborn screening: heel prick"),
            BLOOD,
            (Move(outcome("taken"), "laboratory", Text("已采血", "taken")),),
            again_when=outcome("too_early", "refused"),
        ),
        CascadeStep(
            "laboratory",
            Text("新生儿疾病筛查检测报告", "Newborn screening: laboratory"),
            LAB,
            (
                Move(outcome("negative"), CLEAR, Text("阴性", "negative")),
                Move(outcome("suspicious"), "retest", Text("可疑阳性", "suspicious")),
            ),
            within=Interval(days=14),
            again=Interval(days=14),
            again_when=outcome("unfit"),
        ),
        CascadeStep(
            "retest",
            Text("新生儿疾病筛查召回复查", "Newborn screening: recall"),
            RECALLED,
            (
                Move(outcome("excluded"), CLEAR, Text("排除", "excluded")),
                Move(outcome("confirmed"), "treatment", Text("确诊", "confirmed")),
            ),
            within=Interval(days=5),
            again=Interval(days=5),
            again_when=outcome("waiting"),
        ),
        CascadeStep(
            "treatment",
            Text("新生儿疾病治疗追踪", "Newborn disease: treatment"),
            TREATMENT,
            (Move(outcome("treated"), TREATED, Text("已治疗", "treated")),),
            within=Interval(days=7),
            again=Interval(days=7),
            again_when=outcome("waiting"),
        ),
    ),
    findings=(
        Finding(
            "ch",
            Text("先天性甲减", "CH"),
            "retest",
            outcome("confirmed") & answer("diseases").includes("1"),
            ("甲低确诊人数",),
        ),
        Finding(
            "pku",
            Text("苯丙酮尿症", "PKU"),
            "retest",
            outcome("confirmed") & answer("diseases").includes("2"),
            ("苯丙酮尿症确诊人数",),
        ),
    ),
)
