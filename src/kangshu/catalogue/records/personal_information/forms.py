"""The personal basic information form 个人基本信息表 of the health record (norms A1.3), in the paper's order.

Name, sex, birth date, documents, phones, residence type and ethnic group stand on the person itself and are
printed from there: asking them twice would let them disagree.
"""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, one_of, several_of, words
from kangshu.declare import Check, Field, Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "国家基本公共卫生服务规范（第三版）2017；norms A1.3"
FORM_ID = "records.personal_information"

MONTH_KNOWN = Text("只知道年月的，日填 1 日", "if only the month is known, give its first day")

_DISEASES = (
    ("hypertension", "高血压", "hypertension"),
    ("diabetes", "糖尿病", "diabetes"),
    ("coronary", "冠心病", "coronary heart disease"),
    ("copd", "慢性阻塞性肺疾病", "chronic obstructive pulmonary disease"),
    ("tumour", "恶性肿瘤", "malignant tumour"),
    ("stroke", "脑卒中", "stroke"),
    ("mental", "严重精神障碍", "severe mental disorder"),
    ("tuberculosis", "结核病", "tuberculosis"),
    ("hepatitis", "肝炎", "hepatitis"),
)
_TITLES = tuple((zh, en) for _name, zh, en in _DISEASES)

GENERAL = Section(
    "general",
    Text("一般情况", "General"),
    (
        words("work_unit", "工作单位", "Work unit", length=70),
        one_of(
            "blood_group",
            "血型",
            "Blood group",
            numbered(("A型", "A"), ("B型", "B"), ("O型", "O"), ("AB型", "AB"), ("不详", "unknown")),
            required=True,
        ),
        one_of(
            "rh",
            "RH",
            "Rh",
            numbered(("阴性", "negative"), ("阳性", "positive"), ("不详", "unknown")),
            required=True,
        ),
        one_of(
            "education",
            "文化程度",
            "Education",
            numbered(
                ("研究生", "postgraduate"),
                ("大学本科", "bachelor"),
                ("大学专科和专科学校", "junior college"),
                ("中等专业学校", "secondary vocational school"),
                ("技工学校", "technical school"),
                ("高中", "senior secondary school"),
                ("初中", "junior secondary school"),
                ("小学", "primary school"),
                ("文盲或半文盲", "illiterate or semi-literate"),
                ("不详", "unknown"),
            ),
        ),
        one_of(
            "occupation",
            "职业",
            "Occupation",
            coded(
                (
                    "0",
                    "国家机关、党群组织、企业、事业单位负责人",
                    "head of an office, party body or enterprise",
                ),
                ("1", "专业技术人员", "professional or technical"),
                ("2", "办事人员和有关人员", "clerical"),
                ("3", "商业、服务业人员", "commerce and services"),
                ("4", "农、林、牧、渔、水利业生产人员", "farming, forestry, herding, fishery, water works"),
                ("5", "生产、运输设备操作人员及有关人员", "production and transport"),
                ("6", "军人", "military"),
                ("7", "不便分类的其他从业人员", "other occupation"),
                ("8", "无职业", "none"),
            ),
        ),
        one_of(
            "marriage",
            "婚姻状况",
            "Marital status",
            numbered(
                ("未婚", "single"),
                ("已婚", "married"),
                ("丧偶", "widowed"),
                ("离婚", "divorced"),
                ("未说明的婚姻状况", "not stated"),
            ),
        ),
        several_of(
            "payment",
            "医疗费用支付方式",
            "Payment of care",
            numbered(
                ("城镇职工基本医疗保险", "urban employees' insurance"),
                ("城镇居民基本医疗保险", "urban residents' insurance"),
                ("新型农村合作医疗", "rural cooperative insurance"),
                ("贫困救助", "poverty relief"),
                ("商业医疗保险", "commercial insurance"),
                ("全公费", "all public"),
                ("全自费", "all private"),
                ("其他", "other"),
            ),
            hint=Text("城乡居民基本医疗保险按 2 填写", "residents' insurance of town and country is 2"),
        ),
        words("payment_other", "支付方式（其他）", "Payment, other", visible=answer("payment").includes("8")),
    ),
)

ALLERGY = Section(
    "allergy",
    Text("过敏史与暴露史", "Allergies and exposures"),
    (
        several_of(
            "drug_allergy",
            "药物过敏史",
            "Drug allergies",
            numbered(
                ("无", "none"),
                ("青霉素", "penicillin"),
                ("磺胺", "sulfonamides"),
                ("链霉素", "streptomycin"),
                ("其他", "other"),
            ),
            alone="1",
            required=True,
        ),
        words(
            "drug_allergy_other",
            "药物过敏史（其他）",
            "Drug allergies, other",
            visible=answer("drug_allergy").includes("5"),
            required=answer("drug_allergy").includes("5"),
        ),
        several_of(
            "exposure",
            "暴露史",
            "Exposures",
            numbered(("无", "none"), ("化学品", "chemicals"), ("毒物", "poison"), ("射线", "radiation")),
            alone="1",
            required=True,
        ),
    ),
)


def _confirmed_on(code: int, name: str, zh: str, en: str) -> Field:
    return day(
        f"{name}_since",
        f"{zh}确诊时间",
        f"{en}: confirmed on",
        visible=answer("past_diseases").includes(str(code)),
        hint=MONTH_KNOWN,
    )


def _happened(name: str, zh: str, en: str, what: tuple[str, str]) -> tuple[Field, ...]:
    """None or yes, and if so up to two of them with their day, as the paper has it."""
    had = answer(name).equals("2")
    second = answer(f"{name}_1").is_known()
    return (
        one_of(name, zh, en, numbered(("无", "none"), ("有", "yes")), required=True),
        words(f"{name}_1", f"{what[0]}1", f"{what[1]} 1", length=60, visible=had, required=had),
        day(f"{name}_1_on", f"{what[0]}1 时间", f"{what[1]} 1: when", visible=had, hint=MONTH_KNOWN),
        words(f"{name}_2", f"{what[0]}2", f"{what[1]} 2", length=60, visible=had & second),
        day(f"{name}_2_on", f"{what[0]}2 时间", f"{what[1]} 2: when", visible=had & second, hint=MONTH_KNOWN),
    )


PAST = Section(
    "past",
    Text("既往史", "Past history"),
    (
        several_of(
            "past_diseases",
            "疾病",
            "Diseases",
            numbered(
                ("无", "none"),
                *_TITLES,
                ("其他法定传染病", "other notifiable disease"),
                ("职业病", "occupational disease"),
                ("其他", "other"),
            ),
            alone="1",
            required=True,
        ),
        *(_confirmed_on(code, *disease) for code, disease in enumerate(_DISEASES, start=2)),
        words(
            "tumour_name",
            "恶性肿瘤名称",
            "Malignant tumour: which",
            visible=answer("past_diseases").includes("6"),
        ),
        words(
            "occupational_name",
            "职业病名称",
            "Occupational disease: which",
            visible=answer("past_diseases").includes("12"),
        ),
        words(
            "past_other",
            "其他疾病名称",
            "Other disease: which",
            visible=answer("past_diseases").includes("13") | answer("past_diseases").includes("11"),
        ),
        *_happened("surgery", "手术", "Surgery", ("手术名称", "Operation")),
        *_happened("trauma", "外伤", "Trauma", ("外伤名称", "Injury")),
        *_happened("transfusion", "输血", "Transfusion", ("输血原因", "Transfusion for")),
    ),
)


def _relative(name: str, zh: str, en: str) -> tuple[Field, Field]:
    return (
        several_of(
            f"family_{name}",
            zh,
            en,
            numbered(("无", "none"), *_TITLES, ("先天畸形", "congenital malformation"), ("其他", "other")),
            alone="1",
            required=True,
        ),
        words(
            f"family_{name}_other",
            f"{zh}（其他）",
            f"{en}, other",
            visible=answer(f"family_{name}").includes("12"),
        ),
    )


FAMILY = Section(
    "family",
    Text("家族史", "Family history"),
    (
        *_relative("father", "父亲", "Father"),
        *_relative("mother", "母亲", "Mother"),
        *_relative("siblings", "兄弟姐妹", "Brothers and sisters"),
        *_relative("children", "子女", "Children"),
        one_of(
            "hereditary",
            "遗传病史",
            "Hereditary disease",
            numbered(("无", "none"), ("有", "yes")),
            required=True,
        ),
        words(
            "hereditary_name",
            "遗传病名称",
            "Hereditary disease: which",
            visible=answer("hereditary").equals("2"),
            required=answer("hereditary").equals("2"),
        ),
    ),
)

DISABILITY = Section(
    "disability",
    Text("残疾情况", "Disability"),
    (
        several_of(
            "disability",
            "残疾情况",
            "Disability",
            numbered(
                ("无残疾", "none"),
                ("视力残疾", "sight"),
                ("听力残疾", "hearing"),
                ("言语残疾", "speech"),
                ("肢体残疾", "limbs"),
                ("智力残疾", "intellectual"),
                ("精神残疾", "mental"),
                ("其他残疾", "other"),
            ),
            alone="1",
            required=True,
        ),
    ),
)

ENVIRONMENT = Section(
    "environment",
    Text("生活环境（农村地区填写）", "Living environment (rural areas)"),
    (
        one_of(
            "kitchen_exhaust",
            "厨房排风设施",
            "Kitchen exhaust",
            numbered(("无", "none"), ("油烟机", "range hood"), ("换气扇", "fan"), ("烟囱", "chimney")),
        ),
        one_of(
            "fuel",
            "燃料类型",
            "Fuel",
            numbered(
                ("液化气", "liquefied gas"),
                ("煤", "coal"),
                ("天然气", "natural gas"),
                ("沼气", "biogas"),
                ("柴火", "firewood"),
                ("其他", "other"),
            ),
        ),
        one_of(
            "water",
            "饮水",
            "Drinking water",
            numbered(
                ("自来水", "tap"),
                ("经净化过滤的水", "purified"),
                ("井水", "well"),
                ("河湖水", "river or lake"),
                ("塘水", "pond"),
                ("其他", "other"),
            ),
        ),
        one_of(
            "toilet",
            "厕所",
            "Toilet",
            numbered(
                ("卫生厕所", "sanitary"),
                ("一格或二格粪池式", "one- or two-compartment cesspit"),
                ("马桶", "bucket"),
                ("露天粪坑", "open pit"),
                ("简易棚厕", "simple shed"),
            ),
        ),
        one_of(
            "livestock",
            "禽畜栏",
            "Livestock pen",
            numbered(("无", "none"), ("单设", "separate"), ("室内", "indoors"), ("室外", "outdoors")),
        ),
        words("doctor", "填表人", "Filled in by", length=40, carried=False),
    ),
)

PERSONAL_INFORMATION = Form(
    id=FORM_ID,
    version=1,
    title=Text("个人基本信息表", "Personal basic information"),
    sections=(GENERAL, ALLERGY, PAST, FAMILY, DISABILITY, ENVIRONMENT),
    checks=(
        Check(
            "hereditary_named",
            answer("hereditary").differs_from("2") | answer("hereditary_name").is_known(),
            Text("有遗传病史的，请写明疾病名称。", "Name the hereditary disease."),
            field="hereditary_name",
        ),
    ),
    source=SOURCE,
)
