"""The form of the home visit to a newborn, in the order of the paper (norms A4.2)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, NONE_PRESENT, coded, day, number, one_of, several_of, words
from kangshu.catalogue.children.health.questions import FACES, FEEDING, SOURCE, conclusion, examined
from kangshu.catalogue.children.health.wording import NEWBORN_OUTCOMES
from kangshu.declare import Check, Choice, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, performed_on, person

ASPHYXIATED = answer("asphyxia").equals("2")

BIRTH = Section(
    "birth",
    Text("出生情况", "Birth"),
    (
        number(
            "gestation_weeks",
            "出生孕周",
            "Gestation at birth",
            "周",
            (20, 45),
            (22, 44),
            measured=False,
            required=True,
        ),
        several_of(
            "mother_illness",
            "母亲妊娠期患病情况",
            "Mother's illness in pregnancy",
            numbered(
                ("无", "none"),
                ("糖尿病", "diabetes"),
                ("妊娠期高血压", "gestational hypertension"),
                ("其他", "other"),
            ),
            alone="1",
        ),
        words("birth_organisation", "助产机构名称", "Place of birth"),
        several_of(
            "birth_situation",
            "出生情况",
            "Birth",
            numbered(
                ("顺产", "normal"),
                ("胎头吸引", "vacuum"),
                ("产钳", "forceps"),
                ("剖宫", "caesarean"),
                ("双多胎", "twins or more"),
                ("臀位", "breech"),
                ("其他", "other"),
            ),
            required=True,
        ),
        day("discharged_on", "出院日期", "Discharged on"),
        one_of("asphyxia", "新生儿窒息", "Asphyxia", numbered(("无", "no"), ("有", "yes")), required=True),
        number(
            "apgar_1",
            "Apgar评分（1分钟）",
            "Apgar at 1 minute",
            "分",
            (0, 10),
            measured=False,
            visible=ASPHYXIATED,
        ),
        number(
            "apgar_5",
            "Apgar评分（5分钟）",
            "Apgar at 5 minutes",
            "分",
            (0, 10),
            measured=False,
            visible=ASPHYXIATED,
        ),
        one_of("malformation", "畸形", "Malformation", NONE_PRESENT, required=True),
        words(
            "malformation_kind", "畸形类型", "Which", visible=answer("malformation").equals("2"), length=60
        ),
        one_of(
            "hearing_screen",
            "新生儿听力筛查",
            "Newborn hearing screen",
            numbered(("通过", "passed"), ("未通过", "failed"), ("未筛查", "not done"), ("不详", "unknown")),
            required=True,
        ),
        Field(
            "disease_screen",
            Text("新生儿疾病筛查", "Newborn disease screen"),
            FieldType.CHOICES,
            choices=numbered(
                ("未进行", "not done"),
                ("检查均阴性", "all negative"),
                ("甲状腺功能减低", "hypothyroidism"),
                ("苯丙酮尿症", "phenylketonuria"),
                ("其他遗传代谢病", "another metabolic disease"),
            ),
            exclusive=frozenset({"1", "2"}),
            required=True,
            carried=True,
        ),
        number(
            "birth_weight",
            "新生儿出生体重",
            "Birth weight",
            "kg",
            ("0.4", 7),
            ("1.5", 5),
            places=2,
            measured=False,
            required=True,
        ),
        number(
            "birth_length",
            "出生身长",
            "Birth length",
            "cm",
            (30, 60),
            (40, 56),
            places=1,
            measured=False,
        ),
        several_of(
            "given",
            "已接种疫苗",
            "Vaccinated",
            coded(("0", "均未接种", "neither"), ("1", "卡介苗", "BCG"), ("2", "乙肝疫苗第1剂", "HepB 1")),
            alone="0",
            carried=False,
        ),
    ),
)

FEEDING_AND_STOOL = Section(
    "feeding",
    Text("喂养与大小便", "Feeding and stool"),
    (
        one_of("feeding", "喂养方式", "Feeding", FEEDING, required=True, carried=False),
        number("milk", "吃奶量", "Milk", "mL/次", (0, 200), (10, 150), measured=False, carried=False),
        number("milk_times", "吃奶次数", "Feeds", "次/日", (0, 30), (5, 15), measured=False, carried=False),
        one_of("vomiting", "呕吐", "Vomiting", NONE_PRESENT, carried=False),
        one_of(
            "stool",
            "大便",
            "Stool",
            numbered(("糊状", "paste"), ("稀", "watery"), ("其他", "other")),
            carried=False,
        ),
        number("stool_times", "大便次数", "Stools", "次/日", (0, 20), (0, 10), measured=False, carried=False),
    ),
)

EXAMINATION = Section(
    "examination",
    Text("体格检查", "Examination"),
    (
        number("weight", "目前体重", "Weight now", "kg", ("0.4", 7), ("1.5", 6), places=2, required=True),
        number("temperature", "体温", "Temperature", "℃", (34, 42), (36, 38), places=1, required=True),
        number("heart_rate", "心率", "Heart rate", "次/分", (40, 250), (80, 220)),
        number("respiration", "呼吸频率", "Respiration", "次/分", (10, 150), (20, 100)),
        one_of("face", "面色", "Face", FACES, measured=True, required=True),
        several_of(
            "jaundice",
            "黄疸部位",
            "Jaundice of",
            numbered(
                ("无", "none"),
                ("面部", "the face"),
                ("躯干", "the trunk"),
                ("四肢", "the limbs"),
                ("手足", "hands and feet"),
            ),
            alone="1",
            required=True,
            carried=False,
        ),
        number("fontanelle_length", "前囟（长）", "Fontanelle, length", "cm", (0, 6), places=1),
        number("fontanelle_width", "前囟（宽）", "Fontanelle, width", "cm", (0, 6), places=1),
        one_of(
            "fontanelle",
            "前囟状况",
            "Fontanelle",
            numbered(("正常", "normal"), ("膨隆", "bulging"), ("凹陷", "sunken"), ("其他", "other")),
            measured=True,
        ),
        examined("eyes", "眼睛", "Eyes"),
        examined("ears", "耳外观", "Ears"),
        examined("nose", "鼻", "Nose"),
        examined("mouth", "口腔", "Mouth"),
        examined("heart_lungs", "心肺听诊", "Heart and lungs"),
        examined("abdomen", "腹部触诊", "Abdomen"),
        examined("limbs", "四肢活动度", "Movement of the limbs"),
        one_of("neck_mass", "颈部包块", "Neck mass", NONE_PRESENT, measured=True),
        one_of(
            "skin",
            "皮肤",
            "Skin",
            numbered(("未见异常", "normal"), ("湿疹", "eczema"), ("糜烂", "erosion"), ("其他", "other")),
            measured=True,
        ),
        examined("anus", "肛门", "Anus"),
        examined("chest", "胸部", "Chest"),
        examined("spine", "脊柱", "Spine"),
        examined("genitals", "外生殖器", "Genitals"),
        one_of(
            "umbilicus",
            "脐带",
            "Umbilical cord",
            numbered(("未脱", "not off"), ("脱落", "off"), ("脐部有渗出", "exudate"), ("其他", "other")),
            measured=True,
            required=True,
        ),
        one_of("breathing_hard", "呼吸困难", "Hard breathing", NO_YES, measured=True),
    ),
)

NEWBORN_VISIT = Form(
    id="children.newborn_visit",
    version=1,
    title=Text("新生儿家庭访视记录表", "Home visit to a newborn"),
    sections=(BIRTH, FEEDING_AND_STOOL, EXAMINATION, conclusion()),
    checks=(
        Check(
            "discharged_before_visit",
            answer("discharged_on") <= performed_on,
            Text("出院日期不能晚于访视日期。", "The discharge cannot be after the visit."),
            field="discharged_on",
        ),
        Check(
            "discharged_after_birth",
            answer("discharged_on") >= person.birth_date,
            Text("出院日期不能早于出生日期。", "The discharge cannot be before the birth."),
            field="discharged_on",
        ),
        Check(
            "weight_kept",
            answer("weight") >= answer("birth_weight") * 9 / 10,
            Text("体重比出生时下降超过10%，请复测。", "More than 10% below the birth weight: measure again."),
            hard=False,
            field="weight",
        ),
    ),
    rule="assess_newborn",
    outcomes=tuple(Choice(code, title) for code, title in NEWBORN_OUTCOMES.items()),
    source=SOURCE,
)
