"""COPD: screening questionnaire, follow-up and lung function (norms A14, trial specification of 2024)."""

from __future__ import annotations

from kangshu.catalogue.asking import day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.chronic import questions
from kangshu.catalogue.chronic.copd.wording import ACTIONS, SCREENED
from kangshu.declare import Check, Choice, Form, Section, Text, numbered
from kangshu.declare.expression import answer, performed_on

SOURCE = "慢性阻塞性肺疾病患者健康服务规范（试行）2024；norms A14"

SCREENING = Form(
    id="chronic.copd.screening",
    version=1,
    title=Text("慢阻肺高风险人群筛查问卷", "COPD screening questionnaire"),
    sections=(
        Section(
            "questionnaire",
            Text("问卷", "Questionnaire"),
            (
                one_of(
                    "questionnaire",
                    "使用的问卷",
                    "Which questionnaire",
                    numbered(("COPD-SQ", "COPD-SQ"), ("COPD-PS", "COPD-PS")),
                    required=True,
                ),
                number(
                    "sq_score",
                    "COPD-SQ总分",
                    "COPD-SQ total",
                    "分",
                    (0, 38),
                    visible=answer("questionnaire").equals("1"),
                    required=answer("questionnaire").equals("1"),
                ),
                number(
                    "ps_score",
                    "COPD-PS总分",
                    "COPD-PS total",
                    "分",
                    (0, 10),
                    visible=answer("questionnaire").equals("2"),
                    required=answer("questionnaire").equals("2"),
                ),
                words("referral_to", "转诊机构及科别", "Referred to", carried=False),
                words("doctor", "筛查医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    rule="screen",
    outcomes=tuple(Choice(code, title) for code, title in SCREENED.items()),
    earliest_age=35,
    source=SOURCE,
)

FACE_TO_FACE = questions.FACE_TO_FACE

FOLLOW_UP = Form(
    id="chronic.copd.follow_up",
    version=1,
    title=Text("慢阻肺患者随访服务记录表", "COPD follow-up"),
    sections=(
        Section(
            "visit",
            Text("随访", "Visit"),
            (
                questions.MODE,
                several_of(
                    "symptoms",
                    "症状",
                    "Symptoms",
                    numbered(
                        ("无症状", "none"),
                        ("咳嗽", "cough"),
                        ("咳痰", "sputum"),
                        ("气短或呼吸困难", "short of breath"),
                        ("喘息", "wheeze"),
                        ("胸闷", "chest tightness"),
                        ("下肢水肿", "leg oedema"),
                        ("其他", "other"),
                    ),
                    alone="1",
                    required=True,
                ),
                several_of(
                    "emergency_signs",
                    "危急情况",
                    "Emergency signs",
                    numbered(
                        ("无", "none"),
                        ("静息时呼吸困难", "dyspnoea at rest"),
                        ("血氧饱和度明显下降", "a clear drop of saturation"),
                        ("发绀", "cyanosis"),
                        ("意识改变", "change of consciousness"),
                        ("新发或加重的水肿", "oedema, new or worse"),
                        ("其他不能处理的情况", "another condition beyond this institution"),
                    ),
                    alone="1",
                    carried=False,
                    hint=Text("有任何一项都须紧急转诊", "any of them calls for urgent referral"),
                ),
                one_of(
                    "mmrc",
                    "呼吸困难分级（mMRC）",
                    "Dyspnoea (mMRC)",
                    tuple(
                        Choice(str(grade), Text(zh, en))
                        for grade, (zh, en) in enumerate(
                            (
                                ("剧烈活动时", "only with strenuous exercise"),
                                ("快走或上缓坡时", "when hurrying or uphill"),
                                ("平路比同龄人慢或需停下", "slower than others on the level"),
                                ("平路走约100米即停", "stops after some 100 m"),
                                ("不能离家或穿脱衣时", "cannot leave the house, or when dressing"),
                            )
                        )
                    ),
                    required=True,
                    measured=True,
                ),
                number("cat", "CAT评分", "CAT score", "分", (0, 40), (0, 30)),
                number(
                    "exacerbations",
                    "近一年急性加重次数",
                    "Exacerbations in the last year",
                    "次",
                    (0, 60),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                yes_no(
                    "exacerbation",
                    "自上次随访以来有无急性加重",
                    "An exacerbation since the last visit",
                    required=True,
                ),
            ),
        ),
        Section(
            "signs",
            Text("体征", "Signs"),
            (
                number(
                    "spo2",
                    "血氧饱和度",
                    "Oxygen saturation",
                    "%",
                    (50, 100),
                    (90, 100),
                    required=FACE_TO_FACE,
                    fhir="59408-5",
                ),
                questions.HEART_RATE,
                *questions.BODY,
                questions.OTHER_SIGNS,
            ),
        ),
        Section(
            "lifestyle",
            questions.LIFESTYLE_TITLE,
            (*questions.HABITS, questions.PSYCHOLOGICAL, questions.COMPLIANCE),
        ),
        Section(
            "treatment",
            Text("治疗", "Treatment"),
            (
                one_of(
                    "inhaler",
                    "吸入装置使用",
                    "Inhaler technique",
                    numbered(("正确", "right"), ("不正确", "wrong"), ("未使用", "uses none")),
                    required=True,
                ),
                questions.ADHERENCE,
                *questions.REACTION,
                several_of(
                    "vaccinated",
                    "近一年接种疫苗",
                    "Vaccinated in the last year",
                    numbered(("无", "none"), ("流感疫苗", "influenza"), ("肺炎球菌疫苗", "pneumococcus")),
                    alone="1",
                ),
                one_of("oxygen", "家庭氧疗", "Oxygen at home", numbered(("无", "no"), ("有", "yes"))),
                *questions.drugs("copd_drug", "慢阻肺用药", "COPD drug"),
            ),
        ),
        Section(
            "outcome",
            Text("处置", "Plan"),
            (
                words("referral_reason", "转诊原因", "Reason of referral", length=200, carried=False),
                words("referral_to", "转诊机构及科别", "Referred to", carried=False),
                day("next_visit_on", "下次随访日期", "Next visit", assessed="next_visit_on"),
                words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "next_after_this",
            answer("next_visit_on") > performed_on,
            Text("下次随访日期须晚于本次随访日期。", "The next visit must be after this one."),
            field="next_visit_on",
        ),
        Check(
            "exacerbation_is_counted",
            ~(answer("exacerbation").equals(True) & (answer("exacerbations") < 1)),
            Text("有急性加重，近一年次数不应为0。", "There was an exacerbation: the year cannot have none."),
            field="exacerbations",
        ),
    ),
    rule="assess",
    outcomes=tuple(Choice(code, title) for code, title in ACTIONS.items()),
    source=SOURCE,
)

ABLE = answer("able").equals("1")

LUNG_FUNCTION = Form(
    id="chronic.copd.lung_function",
    version=1,
    title=Text("慢阻肺患者肺功能检查", "COPD lung function"),
    sections=(
        Section(
            "test",
            Text("肺功能检查", "Lung function"),
            (
                one_of(
                    "able",
                    "能否检查",
                    "Can it be done",
                    numbered(("能", "yes"), ("不能或禁忌", "no, or contraindicated")),
                    required=True,
                    carried=False,
                ),
                number(
                    "fev1_fvc",
                    "使用支气管舒张剂后FEV1/FVC",
                    "FEV1/FVC after bronchodilator",
                    "%",
                    (10, 100),
                    (10, 70),
                    places=1,
                    visible=ABLE,
                    required=ABLE,
                ),
                number(
                    "fev1_predicted",
                    "FEV1占预计值",
                    "FEV1 of predicted",
                    "%",
                    (5, 150),
                    places=1,
                    visible=ABLE,
                    required=ABLE,
                ),
                words("tested_at", "检查机构", "Tested at", carried=False),
            ),
        ),
    ),
    source=SOURCE,
)
