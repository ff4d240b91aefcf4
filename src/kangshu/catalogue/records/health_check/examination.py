"""Organ function and physical examination of the health check (norms A16)."""

from __future__ import annotations

from kangshu.catalogue.asking import (
    NO_YES,
    NONE_PRESENT,
    NORMAL_ABNORMAL,
    number,
    one_of,
    several_of,
    words,
)
from kangshu.declare import Field, Section, Text, numbered
from kangshu.declare.expression import answer, person

ORGANS = Section(
    "organs",
    Text("脏器功能", "Organ function"),
    (
        one_of(
            "lips",
            "口唇",
            "Lips",
            numbered(
                ("红润", "ruddy"),
                ("苍白", "pale"),
                ("发绀", "cyanotic"),
                ("皲裂", "cracked"),
                ("疱疹", "blisters"),
            ),
        ),
        several_of(
            "dentition",
            "齿列",
            "Teeth",
            numbered(
                ("正常", "normal"), ("缺齿", "missing"), ("龋齿", "caries"), ("义齿（假牙）", "denture")
            ),
            alone="1",
        ),
        *(
            words(
                f"teeth_{name}",
                f"{zh}（左上/右上/左下/右下）",
                f"{en} (upper left/upper right/lower left/lower right)",
                visible=answer("dentition").includes(code),
            )
            for name, zh, en, code in (
                ("missing", "缺齿", "Missing teeth", "2"),
                ("caries", "龋齿", "Caries", "3"),
                ("denture", "义齿", "Denture", "4"),
            )
        ),
        one_of(
            "pharynx",
            "咽部",
            "Pharynx",
            numbered(
                ("无充血", "not congested"), ("充血", "congested"), ("淋巴滤泡增生", "follicular hyperplasia")
            ),
        ),
        *(
            number(
                f"vision_{side}{kind}",
                f"{zh_side}视力{zh}",
                f"Vision, {en_side}{en}",
                "",
                (0, "5.3"),
                places=1,
            )
            for kind, zh, en in (("", "", ""), ("_corrected", "（矫正）", ", corrected"))
            for side, zh_side, en_side in (("left", "左眼", "left"), ("right", "右眼", "right"))
        ),
        one_of(
            "hearing",
            "听力",
            "Hearing",
            numbered(("听见", "hears"), ("听不清或无法听见", "does not hear clearly, or not at all")),
        ),
        one_of(
            "motor",
            "运动功能",
            "Motor function",
            numbered(("可顺利完成", "does it"), ("无法独立完成任何一个动作", "cannot do a movement alone")),
        ),
    ),
)


def _abnormal(name: str, zh: str, en: str) -> tuple[Field, Field]:
    return (
        one_of(name, zh, en, NORMAL_ABNORMAL),
        words(f"{name}_text", f"{zh}异常", f"{en}: what", visible=answer(name).equals("2")),
    )


def _present(name: str, zh: str, en: str) -> tuple[Field, Field]:
    return (
        one_of(name, zh, en, NONE_PRESENT),
        words(f"{name}_text", f"{zh}说明", f"{en}: what", visible=answer(name).equals("2")),
    )


IS_WOMAN = person.sex.equals("2")


def _gynaecology(name: str, zh: str, en: str) -> tuple[Field, Field]:
    choices = numbered(("未见异常", "nothing abnormal"), ("异常", "abnormal"))
    return (
        one_of(f"gynaecology_{name}", f"妇科*：{zh}", f"Gynaecology*: {en}", choices, visible=IS_WOMAN),
        words(
            f"gynaecology_{name}_text",
            f"{zh}异常",
            f"{en}: what",
            visible=IS_WOMAN & answer(f"gynaecology_{name}").equals("2"),
        ),
    )


EXAMINATION = Section(
    "examination",
    Text("查体", "Examination"),
    (
        *_abnormal("fundus", "眼底*", "Fundus*"),
        one_of(
            "skin",
            "皮肤",
            "Skin",
            numbered(
                ("正常", "normal"),
                ("潮红", "flushed"),
                ("苍白", "pale"),
                ("发绀", "cyanotic"),
                ("黄染", "jaundiced"),
                ("色素沉着", "pigmented"),
                ("其他", "other"),
            ),
        ),
        words("skin_other", "皮肤（其他）", "Skin, other", visible=answer("skin").equals("7")),
        one_of(
            "sclera",
            "巩膜",
            "Sclera",
            numbered(("正常", "normal"), ("黄染", "jaundiced"), ("充血", "congested"), ("其他", "other")),
        ),
        words("sclera_other", "巩膜（其他）", "Sclera, other", visible=answer("sclera").equals("4")),
        one_of(
            "lymph_nodes",
            "淋巴结",
            "Lymph nodes",
            numbered(
                ("未触及", "none felt"),
                ("锁骨上", "supraclavicular"),
                ("腋窝", "axillary"),
                ("其他", "other"),
            ),
        ),
        words(
            "lymph_nodes_other", "淋巴结（其他）", "Nodes, other", visible=answer("lymph_nodes").equals("4")
        ),
        one_of("barrel_chest", "桶状胸", "Barrel chest", NO_YES),
        *_abnormal("breath_sounds", "呼吸音", "Breath sounds"),
        one_of(
            "rales",
            "罗音",
            "Rales",
            numbered(("无", "none"), ("干罗音", "dry"), ("湿罗音", "moist"), ("其他", "other")),
        ),
        words("rales_other", "罗音（其他）", "Rales, other", visible=answer("rales").equals("4")),
        number(
            "heart_rate",
            "心率",
            "Heart rate",
            "次/分",
            (20, 250),
            (50, 120),
            de="DE04.10.206.00",
            fhir="8867-4",
        ),
        one_of(
            "heart_rhythm",
            "心律",
            "Rhythm",
            numbered(("齐", "regular"), ("不齐", "irregular"), ("绝对不齐", "absolutely irregular")),
            de="DE04.10.205.00",
        ),
        *_present("heart_murmur", "心脏杂音", "Murmur"),
        *_present("abdomen_tenderness", "腹部压痛", "Abdominal tenderness"),
        *_present("abdomen_mass", "腹部包块", "Abdominal mass"),
        *_present("hepatomegaly", "肝大", "Enlarged liver"),
        *_present("splenomegaly", "脾大", "Enlarged spleen"),
        *_present("shifting_dullness", "移动性浊音", "Shifting dullness"),
        one_of(
            "leg_oedema",
            "下肢水肿",
            "Leg oedema",
            numbered(
                ("无", "none"),
                ("单侧", "one side"),
                ("双侧不对称", "both sides, unequal"),
                ("双侧对称", "both sides, equal"),
            ),
            de="DE04.10.201.00",
        ),
        one_of(
            "dorsalis_pedis",
            "足背动脉搏动",
            "Dorsalis pedis pulse",
            numbered(
                ("未触及", "not felt"),
                ("触及双侧对称", "felt, equal"),
                ("触及左侧弱或消失", "left weak or absent"),
                ("触及右侧弱或消失", "right weak or absent"),
            ),
            de="DE04.10.238.00",
        ),
        one_of(
            "anal_exam",
            "肛门指诊*",
            "Anal examination*",
            numbered(
                ("未及异常", "nothing abnormal"),
                ("触痛", "tender"),
                ("包块", "mass"),
                ("前列腺异常", "prostate abnormal"),
                ("其他", "other"),
            ),
        ),
        words(
            "anal_exam_other",
            "肛门指诊（其他）",
            "Anal examination, other",
            visible=answer("anal_exam").equals("5"),
        ),
        several_of(
            "breast",
            "乳腺*",
            "Breast*",
            numbered(
                ("未见异常", "nothing abnormal"),
                ("乳房切除", "mastectomy"),
                ("异常泌乳", "abnormal discharge"),
                ("乳腺包块", "lump"),
                ("其他", "other"),
            ),
            alone="1",
            visible=IS_WOMAN,
        ),
        words(
            "breast_other", "乳腺（其他）", "Breast, other", visible=IS_WOMAN & answer("breast").includes("5")
        ),
        *_gynaecology("vulva", "外阴", "vulva"),
        *_gynaecology("vagina", "阴道", "vagina"),
        *_gynaecology("cervix", "宫颈", "cervix"),
        *_gynaecology("uterus", "宫体", "uterus"),
        *_gynaecology("adnexa", "附件", "adnexa"),
        words("examination_other", "查体其他*", "Examination, other*", length=200),
    ),
)
