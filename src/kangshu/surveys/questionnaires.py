"""The questionnaires that stand ready; any declared form that fits may be chosen besides.

Questions about conduct in the last days follow the order of the national sheets in brief; the words are ours.
Only what an interview is worthless without is required: what was not answered is counted as missing.
"""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, several_of, yes_no
from kangshu.catalogue.judging import part
from kangshu.declare import Check, Form
from kangshu.declare.expression import answer
from kangshu.declare.form import Field, FieldType
from kangshu.kernel.text import Text

_OFTEN = coded(
    ("1", "每天", "every day"),
    ("2", "有时", "on some days"),
    ("3", "以前有，现在没有", "formerly"),
    ("4", "从不", "never"),
)
_SCHOOL = coded(
    ("1", "小学及以下", "primary school or less"),
    ("2", "初中", "lower secondary"),
    ("3", "高中或中专", "upper secondary"),
    ("4", "大专及以上", "college or more"),
)


def _pressure(name: str, zh: str, en: str, hard: tuple[int, int]) -> Field:
    return number(name, zh, en, "mmHg", hard)


CHRONIC = Form(
    id="survey.chronic_baseline",
    version=1,
    title=Text("两慢病基线调查问卷", "Baseline survey of hypertension and diabetes"),
    sections=(
        part(
            "person",
            "基本情况",
            "About the person",
            one_of("school", "文化程度", "Education", _SCHOOL),
            yes_no("insured", "是否参加基本医疗保险", "Has basic medical insurance"),
        ),
        part(
            "known",
            "患病与管理",
            "Illness and care",
            yes_no(
                "hypertension",
                "医生是否告诉过您患高血压",
                "Was told by a doctor of high blood pressure",
                required=True,
            ),
            yes_no(
                "hypertension_drugs",
                "近两周是否服降压药",
                "Took drugs for it in the last two weeks",
                visible=answer("hypertension").equals(True),
            ),
            yes_no("diabetes", "医生是否告诉过您患糖尿病", "Was told by a doctor of diabetes", required=True),
            yes_no(
                "diabetes_drugs",
                "近两周是否用降糖药或胰岛素",
                "Took drugs or insulin in the last two weeks",
                visible=answer("diabetes").equals(True),
            ),
            yes_no(
                "managed",
                "近一年是否接受过基层随访",
                "Was followed up by a clinic in the last year",
                visible=answer("hypertension").equals(True) | answer("diabetes").equals(True),
            ),
        ),
        part(
            "risk",
            "危险因素",
            "Risk factors",
            one_of("smokes", "吸烟", "Smoking", _OFTEN),
            one_of("drinks", "饮酒", "Drinking", _OFTEN),
            number(
                "exercise",
                "每周中等强度以上运动天数",
                "Days of exercise a week",
                "天",
                (0, 7),
                measured=False,
            ),
            yes_no("salty", "口味是否偏咸", "Prefers salty food"),
        ),
        part(
            "measured",
            "测量",
            "Measurements",
            _pressure("sbp", "收缩压", "Systolic pressure", (60, 300)),
            _pressure("dbp", "舒张压", "Diastolic pressure", (30, 200)),
            number("glucose", "空腹血糖", "Fasting glucose", "mmol/L", (1, 40), places=1),
            number("waist", "腰围", "Waist", "cm", (40, 180), places=1),
            Field(
                "raised",
                Text("血压升高", "Raised pressure"),
                FieldType.COMPUTED,
                expression=(answer("sbp") >= 140) | (answer("dbp") >= 90),
            ),
        ),
    ),
    checks=(
        Check(
            "pressures",
            answer("sbp") > answer("dbp"),
            Text("收缩压应高于舒张压。", "The systolic pressure is above the diastolic."),
        ),
    ),
)

TOBACCO = Form(
    id="survey.adult_tobacco",
    version=1,
    title=Text("成人烟草流行调查问卷", "Adult tobacco survey"),
    sections=(
        part(
            "use",
            "烟草使用",
            "Use of tobacco",
            one_of("smokes", "现在吸烟吗", "Smokes now", _OFTEN, required=True),
            number(
                "age_begun",
                "开始吸烟的年龄",
                "Age when smoking began",
                "岁",
                (5, 100),
                measured=False,
                visible=answer("smokes").is_in("1", "2", "3"),
            ),
            number(
                "per_day",
                "平均每天吸烟支数",
                "Cigarettes a day",
                "支",
                (0, 100),
                (0, 60),
                measured=False,
                visible=answer("smokes").equals("1"),
            ),
            yes_no(
                "tried_to_stop",
                "近12个月是否尝试戒烟",
                "Tried to stop in the last 12 months",
                visible=answer("smokes").is_in("1", "2"),
            ),
            one_of("electronic", "使用电子烟", "Electronic cigarettes", _OFTEN),
        ),
        part(
            "smoke",
            "二手烟",
            "Smoke of others",
            one_of(
                "at_home",
                "家中有人在室内吸烟",
                "Somebody smokes inside at home",
                coded(
                    ("1", "每天", "every day"),
                    ("2", "每周", "every week"),
                    ("3", "少于每周", "less often"),
                    ("4", "没有", "no"),
                ),
            ),
            yes_no("at_work", "近30天工作场所有人吸烟", "Somebody smoked at work in the last 30 days"),
        ),
        part(
            "known",
            "知识与态度",
            "Knowledge",
            several_of(
                "causes",
                "吸烟可引起",
                "Smoking causes",
                coded(
                    ("1", "脑卒中", "stroke"),
                    ("2", "心肌梗死", "heart attack"),
                    ("3", "肺癌", "lung cancer"),
                    ("4", "阳痿", "impotence"),
                ),
            ),
            yes_no(
                "advised",
                "近12个月就诊时医生是否劝您戒烟",
                "A doctor advised to stop in the last 12 months",
                visible=answer("smokes").is_in("1", "2"),
            ),
            yes_no("ban", "赞成室内公共场所全面禁烟", "Is for a ban inside public places"),
        ),
    ),
)

TUBERCULOSIS = Form(
    id="survey.tuberculosis",
    version=1,
    title=Text("结核病流行病学调查问卷", "Tuberculosis prevalence survey"),
    sections=(
        part(
            "symptoms",
            "症状",
            "Symptoms",
            yes_no("cough", "咳嗽、咳痰持续2周及以上", "Cough for two weeks or more", required=True),
            yes_no("blood", "咯血或痰中带血", "Coughs blood", required=True),
            several_of(
                "others",
                "其他症状",
                "Other symptoms",
                coded(
                    ("1", "发热", "fever"),
                    ("2", "盗汗", "night sweats"),
                    ("3", "胸痛", "chest pain"),
                    ("4", "体重下降", "loss of weight"),
                    ("9", "无", "none"),
                ),
                alone="9",
            ),
        ),
        part(
            "history",
            "既往与接触",
            "History and contacts",
            yes_no("treated", "曾接受抗结核治疗", "Was treated for tuberculosis"),
            yes_no(
                "contact", "近2年与肺结核病人密切接触", "Close contact of a patient in the last two years"
            ),
            yes_no(
                "consulted",
                "因上述症状就诊过",
                "Saw a doctor about the symptoms",
                visible=answer("cough").equals(True) | answer("blood").equals(True),
            ),
        ),
        part(
            "found",
            "检查结果",
            "Findings",
            one_of(
                "x_ray",
                "胸部X线",
                "Chest X-ray",
                coded(
                    ("1", "未见异常", "nothing abnormal"),
                    ("2", "疑似活动性结核", "suspected active tuberculosis"),
                    ("3", "陈旧性病灶", "old lesions"),
                    ("4", "其他异常", "other findings"),
                    ("9", "未做", "not done"),
                ),
                measured=True,
            ),
            one_of(
                "sputum",
                "痰检（涂片/分子）",
                "Sputum (smear or molecular)",
                coded(("1", "阴性", "negative"), ("2", "阳性", "positive"), ("9", "未做", "not done")),
                measured=True,
            ),
        ),
    ),
)

TRADITIONAL = Form(
    id="survey.traditional_medicine",
    version=1,
    title=Text("中医药服务利用现状调查问卷", "Use of traditional Chinese medicine"),
    sections=(
        part(
            "use",
            "利用",
            "Use",
            yes_no("used", "近一年使用过中医药服务", "Used it in the last year", required=True),
            several_of(
                "kinds",
                "使用的服务",
                "Services used",
                coded(
                    ("1", "中药饮片", "herbal decoctions"),
                    ("2", "中成药", "patent medicines"),
                    ("3", "针灸", "acupuncture"),
                    ("4", "推拿", "massage"),
                    ("5", "拔罐刮痧", "cupping, scraping"),
                    ("6", "体质辨识", "constitution test"),
                ),
                visible=answer("used").equals(True),
            ),
            one_of(
                "where",
                "最常去的机构",
                "Where mostly",
                coded(
                    ("1", "村卫生室", "village clinic"),
                    ("2", "乡镇卫生院", "township centre"),
                    ("3", "县级医院", "county hospital"),
                    ("4", "其他", "elsewhere"),
                ),
                visible=answer("used").equals(True),
            ),
            number(
                "satisfied",
                "满意度（1至10）",
                "Content with it, 1 to 10",
                "分",
                (1, 10),
                measured=False,
                visible=answer("used").equals(True),
            ),
        ),
        part(
            "known",
            "了解",
            "Knowledge",
            yes_no("knows", "知道本地基层可提供中医药服务", "Knows that local clinics offer it"),
            yes_no("would", "愿意首选中医药治疗常见病", "Would choose it first for common illness"),
        ),
    ),
)

READY = (CHRONIC, TOBACCO, TUBERCULOSIS, TRADITIONAL)
