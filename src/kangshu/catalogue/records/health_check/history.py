"""Present problems, hospital stays, medication, evaluation and guidance of the health check (norms A16)."""

from __future__ import annotations

from kangshu.catalogue.asking import day, number, one_of, several_of, words
from kangshu.declare import Field, Section, Text, numbered
from kangshu.declare.expression import answer


def _problems(name: str, zh: str, en: str, *found: tuple[str, str]) -> tuple[Field, Field]:
    """A group of diseases: 1 none found, the named ones, and last "other" with words."""
    choices = numbered(("未发现", "none found"), *found, ("其他", "other"))
    return (
        several_of(name, zh, en, choices, alone="1"),
        words(
            f"{name}_other", f"{zh}（其他）", f"{en}, other", visible=answer(name).includes(choices[-1].code)
        ),
    )


def _whether(name: str, zh: str, en: str) -> tuple[Field, Field]:
    return (
        one_of(name, zh, en, numbered(("未发现", "none found"), ("有", "yes"))),
        words(f"{name}_text", f"{zh}说明", f"{en}: which", visible=answer(name).equals("2")),
    )


PROBLEMS = Section(
    "problems",
    Text("现存主要健康问题", "Present health problems"),
    (
        *_problems(
            "cerebrovascular",
            "脑血管疾病",
            "Cerebrovascular disease",
            ("缺血性卒中", "ischaemic stroke"),
            ("脑出血", "cerebral haemorrhage"),
            ("蛛网膜下腔出血", "subarachnoid haemorrhage"),
            ("短暂性脑缺血发作", "transient ischaemic attack"),
        ),
        *_problems(
            "renal",
            "肾脏疾病",
            "Renal disease",
            ("糖尿病肾病", "diabetic nephropathy"),
            ("肾功能衰竭", "renal failure"),
            ("急性肾炎", "acute nephritis"),
            ("慢性肾炎", "chronic nephritis"),
        ),
        *_problems(
            "heart",
            "心脏疾病",
            "Heart disease",
            ("心肌梗死", "myocardial infarction"),
            ("心绞痛", "angina"),
            ("冠状动脉血运重建", "coronary revascularisation"),
            ("充血性心力衰竭", "congestive heart failure"),
            ("心前区疼痛", "precordial pain"),
        ),
        *_problems(
            "vascular",
            "血管疾病",
            "Vascular disease",
            ("夹层动脉瘤", "dissecting aneurysm"),
            ("动脉闭塞性疾病", "arterial occlusion"),
        ),
        *_problems(
            "eye",
            "眼部疾病",
            "Eye disease",
            ("视网膜出血或渗出", "retinal bleeding or exudate"),
            ("视乳头水肿", "papilloedema"),
            ("白内障", "cataract"),
        ),
        *_whether("nervous", "神经系统疾病", "Nervous system"),
        *_whether("other_systems", "其他系统疾病", "Other systems"),
    ),
)


def _stay(kind: str, zh: str, en: str, number_: int) -> tuple[Field, ...]:
    name = f"{kind}_{number_}"
    known = None if number_ == 1 else answer(f"{kind}_{number_ - 1}_from").is_known()
    return (
        day(f"{name}_from", f"{zh}{number_}：入院/建床日期", f"{en} {number_}: from", visible=known),
        *(
            field
            for field in (
                day(f"{name}_to", "出院/撤床日期", "to", visible=answer(f"{name}_from").is_known()),
                words(f"{name}_reason", "原因", "reason", visible=answer(f"{name}_from").is_known()),
                words(
                    f"{name}_place", "医疗机构名称", "institution", visible=answer(f"{name}_from").is_known()
                ),
                words(f"{name}_number", "病案号", "record number", visible=answer(f"{name}_from").is_known()),
            )
        ),
    )


INPATIENT = Section(
    "inpatient",
    Text("住院治疗情况", "Hospital stays"),
    (
        *_stay("inpatient", "住院史", "Hospital stay", 1),
        *_stay("inpatient", "住院史", "Hospital stay", 2),
        *_stay("home_bed", "家庭病床史", "Home bed", 1),
        *_stay("home_bed", "家庭病床史", "Home bed", 2),
    ),
)


def _drug(number_: int) -> tuple[Field, ...]:
    name = f"drug_{number_}"
    given = answer(f"{name}_name").is_known()
    before = None if number_ == 1 else answer(f"drug_{number_ - 1}_name").is_known()
    return (
        words(f"{name}_name", f"药物{number_}名称", f"Drug {number_}", length=60, visible=before),
        words(f"{name}_usage", "用法", "usage", length=30, visible=given),
        words(f"{name}_dose", "用量", "dose", length=30, visible=given),
        words(f"{name}_duration", "用药时间", "since", length=30, visible=given),
        one_of(
            f"{name}_adherence",
            "服药依从性",
            "adherence",
            numbered(("规律", "regular"), ("间断", "intermittent"), ("不服药", "does not take it")),
            visible=given,
        ),
    )


MEDICATION = Section(
    "medication",
    Text("主要用药情况", "Medication"),
    tuple(field for number_ in range(1, 7) for field in _drug(number_)),
)


def _vaccine(number_: int) -> tuple[Field, ...]:
    name = f"vaccine_{number_}"
    given = answer(f"{name}_name").is_known()
    before = None if number_ == 1 else answer(f"vaccine_{number_ - 1}_name").is_known()
    return (
        words(f"{name}_name", f"疫苗{number_}名称", f"Vaccine {number_}", length=60, visible=before),
        day(f"{name}_on", "接种日期", "given on", visible=given),
        words(f"{name}_place", "接种机构", "institution", visible=given),
    )


VACCINATION = Section(
    "vaccination",
    Text("非免疫规划预防接种史", "Vaccinations outside the programme"),
    tuple(field for number_ in range(1, 4) for field in _vaccine(number_)),
)

EVALUATION = Section(
    "evaluation",
    Text("健康评价与指导", "Evaluation and guidance"),
    (
        one_of(
            "evaluation",
            "健康评价",
            "Evaluation",
            numbered(("体检无异常", "nothing abnormal"), ("有异常", "abnormal")),
            required=True,
        ),
        *(
            words(
                f"abnormal_{number_}",
                f"异常{number_}",
                f"Abnormal {number_}",
                length=200,
                visible=answer("evaluation").equals("2"),
                carried=False,
            )
            for number_ in range(1, 5)
        ),
        several_of(
            "guidance",
            "健康指导",
            "Guidance",
            numbered(
                ("纳入慢性病患者健康管理", "enrol in chronic-disease management"),
                ("建议复查", "check again"),
                ("建议转诊", "refer"),
            ),
        ),
        several_of(
            "risk_control",
            "危险因素控制",
            "Risk control",
            numbered(
                ("戒烟", "stop smoking"),
                ("健康饮酒", "drink moderately"),
                ("饮食", "diet"),
                ("锻炼", "exercise"),
                ("减体重", "lose weight"),
                ("建议接种疫苗", "vaccination"),
                ("其他", "other"),
            ),
        ),
        number(
            "weight_target",
            "减体重目标",
            "Target weight",
            "kg",
            (20, 300),
            places=1,
            measured=False,
            visible=answer("risk_control").includes("5"),
        ),
        words(
            "vaccine_advised",
            "建议接种的疫苗",
            "Vaccine advised",
            visible=answer("risk_control").includes("6"),
        ),
        words(
            "risk_control_other",
            "危险因素控制（其他）",
            "Risk control, other",
            visible=answer("risk_control").includes("7"),
        ),
        words("doctor", "责任医生", "Doctor", length=40),
    ),
)
