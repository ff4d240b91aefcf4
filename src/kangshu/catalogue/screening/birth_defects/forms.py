"""The birth-defect card and the follow-up of the child (norms H1, H5). A stillborn child has no record of its
own: the card is then written for the mother."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, coded, day, number, one_of, several_of, words
from kangshu.catalogue.judging import part, said, sheet, treatment_sheet
from kangshu.declare import Text, numbered
from kangshu.declare.expression import answer

SOURCE = "中国出生缺陷监测方案；norms H1, H5"
ID = "screening.birth_defects"

# The 23 types that are watched, with their ICD-10 blocks.
DEFECTS = coded(
    ("Q00", "无脑畸形 Q00", "anencephaly"),
    ("Q05", "脊柱裂 Q05", "spina bifida"),
    ("Q01", "脑膨出 Q01", "encephalocele"),
    ("Q03", "先天性脑积水 Q03", "hydrocephalus"),
    ("Q35", "腭裂 Q35", "cleft palate"),
    ("Q36", "唇裂 Q36", "cleft lip"),
    ("Q37", "唇裂合并腭裂 Q37", "cleft lip and palate"),
    ("Q17.2", "小耳（包括无耳）Q17.2", "microtia"),
    ("Q17", "外耳其他畸形 Q17", "other ear"),
    ("Q39", "食道闭锁或狭窄 Q39", "oesophageal atresia"),
    ("Q42", "直肠肛门闭锁或狭窄 Q42", "anorectal atresia"),
    ("Q54", "尿道下裂 Q54", "hypospadias"),
    ("Q64.1", "膀胱外翻 Q64.1", "exstrophy of the bladder"),
    ("Q66.0", "马蹄内翻足 Q66.0", "club foot"),
    ("Q69", "多指（趾）Q69", "polydactyly"),
    ("Q70", "并指（趾）Q70", "syndactyly"),
    ("Q71", "肢体短缩 Q71～Q73", "limb reduction"),
    ("Q79.0", "先天性膈疝 Q79.0", "diaphragmatic hernia"),
    ("Q79.2", "脐膨出 Q79.2", "omphalocele"),
    ("Q79.3", "腹裂 Q79.3", "gastroschisis"),
    ("Q89.4", "联体双胎 Q89.4", "conjoined twins"),
    ("Q90", "唐氏综合征 Q90", "Down syndrome"),
    ("Q20", "先天性心脏病 Q20～Q26", "congenital heart disease"),
    ("other", "其他", "other"),
)
CARDED = {
    "perinatal": said(
        "围产期出生缺陷：上报并随访",
        "Perinatal defect: report, follow",
        "计入围产儿出生缺陷，1个月内随访。",
        "Counts as perinatal; ask within a month.",
    ),
    "later": said(
        "围产期外确诊：随访",
        "Found outside the perinatal period",
        "不计入围产期发生率，1个月内随访。",
        "Not in the perinatal rate; ask within a month.",
    ),
    "ended": said(
        "死胎死产或终止妊娠：不再随访",
        "No live child",
        "上报，提供再生育咨询。",
        "Report; counsel about another pregnancy.",
    ),
}

CARD = sheet(
    f"{ID}.card",
    Text("出生缺陷儿登记卡", "Birth-defect card"),
    "carded",
    CARDED,
    SOURCE,
    part(
        "child",
        "缺陷儿情况",
        "Child",
        number(
            "weeks",
            "出生孕周",
            "Gestation",
            "周",
            (12, 45),
            (20, 42),
            measured=False,
            carried=False,
            required=True,
        ),
        number("weight", "出生体重", "Birth weight", "g", (100, 7000), (500, 5000)),
        one_of(
            "fetuses",
            "胎数",
            "Foetuses",
            numbered(("单胎", "one"), ("双胎", "two"), ("多胎", "more")),
            carried=False,
        ),
        one_of(
            "ending",
            "转归",
            "Outcome",
            numbered(
                ("存活", "alive"),
                ("死胎死产", "stillborn"),
                ("七天内死亡", "died within 7 days"),
                ("治疗性引产", "ended for the defect"),
            ),
            required=True,
            carried=False,
        ),
        one_of(
            "found_when",
            "诊断时间",
            "Found",
            numbered(("产前", "before birth"), ("产后7天内", "within 7 days"), ("产后7天以后", "later")),
            required=True,
            carried=False,
        ),
    ),
    part(
        "defects",
        "出生缺陷诊断",
        "Defects",
        several_of("defects", "诊断（ICD-10）", "Diagnosis (ICD-10)", DEFECTS, required=True, carried=False),
        words(
            "other",
            "其他诊断与ICD编码",
            "Other, with its ICD code",
            length=100,
            visible=answer("defects").includes("other"),
            required=answer("defects").includes("other"),
            carried=False,
        ),
        several_of(
            "grounds",
            "诊断依据",
            "Grounds",
            numbered(
                ("临床", "clinical"),
                ("超声", "ultrasound"),
                ("尸解", "autopsy"),
                ("生化", "biochemistry"),
                ("染色体", "chromosomes"),
            ),
            carried=False,
        ),
    ),
    part(
        "mother",
        "孕早期情况与三级预防",
        "Early pregnancy and prevention",
        one_of(
            "illness", "孕早期患病或用药", "Illness or medicines in early pregnancy", NO_YES, carried=False
        ),
        one_of("family", "家族遗传史", "Family history", NO_YES, carried=False),
        several_of(
            "prevention",
            "已接受的预防措施",
            "Prevention that was done",
            numbered(
                ("婚检", "premarital examination"),
                ("叶酸", "folic acid"),
                ("产前筛查", "prenatal screening"),
                ("均无", "none"),
            ),
            alone="4",
            carried=False,
        ),
        day("confirmed_on", "确诊日期", "Confirmed on", carried=False),
    ),
)
FOLLOWED = treatment_sheet(
    f"{ID}.follow_up",
    Text("出生缺陷儿随访", "Child with a birth defect: follow-up"),
    SOURCE,
    ("手术治疗", "surgery"),
    ("康复训练", "training"),
    ("药物或饮食治疗", "medicine or diet"),
    ("定期观察", "watched"),
    ("死亡", "died"),
)
