"""The checks by age (norms A4.3), and the follow-up of a child who was referred or is at high risk (A4.4)."""

from __future__ import annotations

from kangshu.catalogue.asking import NONE_PRESENT, number, one_of, words
from kangshu.catalogue.children.health.ages import INFANT, PRESCHOOL, TODDLER
from kangshu.catalogue.children.health.newborn import NEWBORN_VISIT
from kangshu.catalogue.children.health.questions import (
    AGE,
    CARIES,
    FACES,
    FEEDING,
    HB,
    HEARING,
    OUTDOORS,
    POSTURE,
    RICKETS,
    SOURCE,
    TEETH,
    VITAMIN_D,
    conclusion,
    examined,
    growth_fields,
    since_last,
    warning_signs,
)
from kangshu.catalogue.children.health.wording import FOLLOW_UPS, OUTCOMES
from kangshu.declare import Check, Choice, Field, Form, Section, Text, numbered
from kangshu.declare.expression import answer

FONTANELLE = (
    one_of(
        "fontanelle",
        "前囟",
        "Fontanelle",
        numbered(("闭合", "closed"), ("未闭", "open")),
        measured=True,
    ),
    number(
        "fontanelle_length",
        "前囟（长）",
        "Fontanelle, length",
        "cm",
        (0, 6),
        places=1,
        visible=answer("fontanelle").equals("2"),
    ),
    number(
        "fontanelle_width",
        "前囟（宽）",
        "Fontanelle, width",
        "cm",
        (0, 6),
        places=1,
        visible=answer("fontanelle").equals("2"),
    ),
)
NECK_MASS = one_of("neck_mass", "颈部包块", "Neck mass", NONE_PRESENT, measured=True)
FACE = one_of("face", "面色", "Face", FACES, measured=True)

_CARIES_AMONG_TEETH = Check(
    "caries_among_teeth",
    answer("caries") <= answer("teeth"),
    Text("龋齿数不能多于出牙数。", "There cannot be more carious teeth than teeth."),
    field="caries",
)
_OUTCOMES = tuple(Choice(code, title) for code, title in OUTCOMES.items())


def _measures(*fields: Field) -> Section:
    return Section("measures", Text("体格测量", "Measurements"), fields)


def _examination(*fields: Field) -> Section:
    return Section("examination", Text("体格检查", "Examination"), fields)


INFANT_CHECK = Form(
    id="children.infant_check",
    version=1,
    title=Text("1岁以内儿童健康检查记录表（满月～8月龄）", "Check under 1 year (full month to 8 months)"),
    sections=(
        _measures(
            *growth_fields("身长", "Length", (1, "2.5", 13, 25), (35, 45, 82, 100)),
            number("head", "头围", "Head circumference", "cm", (25, 60), (32, 50), places=1),
            POSTURE,
        ),
        Section(
            "feeding",
            Text("喂养", "Feeding"),
            (
                one_of(
                    "feeding",
                    "过去24小时喂养方式",
                    "Feeding in the last 24 hours",
                    FEEDING,
                    carried=False,
                    required=AGE < 6,
                ),
            ),
        ),
        _examination(
            FACE,
            examined("skin", "皮肤", "Skin"),
            *FONTANELLE,
            NECK_MASS,
            examined("eyes", "眼睛", "Eyes"),
            examined("ears", "耳外观", "Ears"),
            HEARING,
            examined("mouth", "口腔", "Mouth"),
            TEETH,
            examined("chest", "胸部", "Chest"),
            examined("abdomen", "腹部", "Abdomen"),
            examined("umbilicus", "脐部", "Umbilicus"),
            examined("limbs", "四肢", "Limbs"),
            *RICKETS,
            examined("genitals", "肛门/外生殖器", "Anus and genitals"),
            HB,
            OUTDOORS,
            VITAMIN_D,
        ),
        warning_signs(*INFANT[1:]),
        since_last(),
        conclusion(),
    ),
    rule="assess_infant",
    outcomes=_OUTCOMES,
    source=SOURCE,
)

TODDLER_CHECK = Form(
    id="children.toddler_check",
    version=1,
    title=Text("1～2岁儿童健康检查记录表（12～30月龄）", "Check at 12 to 30 months"),
    sections=(
        _measures(
            *growth_fields("身长（高）", "Length or height", (3, 6, 22, 40), (50, 65, 105, 130)),
            number("head", "头围", "Head circumference", "cm", (30, 65), (40, 55), places=1),
            POSTURE,
        ),
        _examination(
            FACE,
            examined("skin", "皮肤", "Skin"),
            *FONTANELLE,
            examined("eyes", "眼睛", "Eyes"),
            examined("ears", "耳外观", "Ears"),
            HEARING,
            TEETH,
            CARIES,
            examined("chest", "胸部", "Chest"),
            examined("abdomen", "腹部", "Abdomen"),
            examined("limbs", "四肢", "Limbs"),
            one_of(
                "gait",
                "步态",
                "Gait",
                numbered(("正常", "normal"), ("异常", "abnormal")),
                measured=True,
                visible=AGE >= 17,
            ),
            *RICKETS,
            HB,
            OUTDOORS,
            VITAMIN_D,
        ),
        warning_signs(*TODDLER),
        since_last(),
        conclusion(),
    ),
    checks=(_CARIES_AMONG_TEETH,),
    rule="assess_toddler",
    outcomes=_OUTCOMES,
    source=SOURCE,
)

SEES = AGE >= 48

PRESCHOOL_CHECK = Form(
    id="children.preschool_check",
    version=1,
    title=Text("3～6岁儿童健康检查记录表", "Check at 3 to 6 years"),
    sections=(
        _measures(
            *growth_fields("身高", "Height", (5, 9, 40, 80), (60, 80, 140, 160)),
            POSTURE,
        ),
        _examination(
            examined("eyes", "眼外观", "Eyes"),
            number("vision_left", "左眼视力", "Vision, left", "", ("3.0", "5.3"), places=1, visible=SEES),
            number("vision_right", "右眼视力", "Vision, right", "", ("3.0", "5.3"), places=1, visible=SEES),
            HEARING,
            TEETH,
            CARIES,
            examined("chest", "胸部", "Chest"),
            examined("abdomen", "腹部", "Abdomen"),
            HB,
        ),
        warning_signs(*PRESCHOOL),
        since_last(),
        conclusion(),
    ),
    checks=(_CARIES_AMONG_TEETH,),
    rule="assess_preschool",
    outcomes=_OUTCOMES,
    source=SOURCE,
)

SEEN = answer("seen").equals("2")

FOLLOW_UP = Form(
    id="children.follow_up",
    version=1,
    title=Text("高危儿转诊追踪与专案随访记录表", "Follow-up of a child at high risk"),
    sections=(
        Section(
            "referral",
            Text("转诊结果", "What came of the referral"),
            (
                one_of(
                    "seen",
                    "是否已就诊",
                    "Seen by a doctor",
                    numbered(("未就诊", "no"), ("已就诊", "yes"), ("不需就诊", "need not")),
                    required=True,
                    carried=False,
                ),
                words("seen_at", "就诊机构", "Seen at", visible=SEEN, required=SEEN, carried=False),
                words("diagnosis", "诊断", "Diagnosis", visible=SEEN, required=SEEN, carried=False),
                words("treatment", "处理", "Treatment", visible=SEEN, length=300, carried=False),
            ),
        ),
        Section(
            "now",
            Text("目前情况", "Now"),
            (
                number("weight", "体重", "Weight", "kg", ("0.4", 80), places=2),
                HB,
                one_of(
                    "result",
                    "转归",
                    "Result",
                    numbered(("痊愈", "recovered"), ("好转", "better"), ("未愈", "not better")),
                    required=answer("seen").is_in("2", "3"),
                    visible=answer("seen").is_in("2", "3"),
                    carried=False,
                ),
                words("guidance_given", "指导内容", "Guidance", length=300, carried=False),
                words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    rule="assess_follow_up",
    outcomes=tuple(Choice(code, title) for code, title in FOLLOW_UPS.items()),
    source=SOURCE,
)

CHECKS = (INFANT_CHECK, TODDLER_CHECK, PRESCHOOL_CHECK)
FORMS = (NEWBORN_VISIT, *CHECKS, FOLLOW_UP)
