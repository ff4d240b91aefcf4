"""Questions that every contact with a pregnant or newly delivered woman asks: pressure, danger signs, the
colour of the risk, guidance and referral (norms A5.1 to A5.3)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, NORMAL_ABNORMAL, coded, day, one_of, several_of, words
from kangshu.declare import Check, Choice, Field, Section, Text, numbered
from kangshu.declare.expression import Expression, answer, performed_on

SOURCE = "国家基本公共卫生服务规范（第三版）2017，孕产妇健康管理服务规范；norms A5"
RISK_SOURCE = "孕产妇妊娠风险评估与管理工作规范，2017；norms A5.3"

RISKS = numbered(
    ("绿色（低风险）", "green (low)"),
    ("黄色（一般风险）", "yellow (general)"),
    ("橙色（较高风险）", "orange (higher)"),
    ("红色（高风险）", "red (high)"),
)
DANGERS = coded(
    ("0", "无", "none"),
    ("1", "阴道流血", "vaginal bleeding"),
    ("2", "腹痛或规律宫缩（未足月）", "abdominal pain, or contractions before term"),
    ("3", "阴道流液（胎膜早破）", "leaking of fluid (membranes ruptured)"),
    ("4", "剧烈头痛、视物模糊", "severe headache, blurred vision"),
    ("5", "抽搐或昏迷", "convulsion or coma"),
    ("6", "胎动减少或消失", "fewer fetal movements, or none"),
    ("7", "胸闷、气促、心悸", "breathless, palpitations"),
    ("8", "高热", "high fever"),
    ("9", "剧烈呕吐、不能进食", "severe vomiting, cannot eat"),
    ("10", "其他危急征象", "another sign of danger"),
)
DANGERS_AFTER = coded(
    ("0", "无", "none"),
    ("1", "阴道大量出血", "heavy vaginal bleeding"),
    ("2", "发热伴腹痛或恶露臭", "fever with abdominal pain or foul lochia"),
    ("3", "抽搐或昏迷", "convulsion or coma"),
    ("4", "剧烈头痛、视物模糊", "severe headache, blurred vision"),
    ("5", "胸痛、气促或下肢肿痛", "chest pain, breathless, or a swollen painful leg"),
    ("6", "自伤或伤害婴儿的念头", "thoughts of harming herself or the child"),
    ("7", "其他危急征象", "another sign of danger"),
)
GUIDANCE = numbered(
    ("生活方式", "way of life"),
    ("营养", "nutrition"),
    ("心理", "psychology"),
    ("运动", "exercise"),
    ("自我监护", "self-monitoring"),
    ("分娩准备", "preparing for delivery"),
    ("母乳喂养", "breastfeeding"),
    ("产前筛查及诊断宣传告知", "prenatal screening and diagnosis explained"),
    ("避免致畸因素和疾病", "avoiding teratogens and disease"),
    ("其他", "other"),
)
GUIDANCE_AFTER = numbered(
    ("个人卫生", "hygiene"),
    ("心理", "psychology"),
    ("营养", "nutrition"),
    ("母乳喂养", "breastfeeding"),
    ("新生儿护理与喂养", "care and feeding of the child"),
    ("避孕与性保健", "contraception and sexual health"),
    ("其他", "other"),
)


def pressure_check() -> Check:
    return Check(
        "sbp_above_dbp",
        answer("sbp") > answer("dbp"),
        Text("收缩压应高于舒张压。", "The systolic pressure is above the diastolic."),
        field="sbp",
    )


def finding(name: str, zh: str, en: str) -> tuple[Field, Field]:
    """Normal, or abnormal and what."""
    return (
        one_of(name, zh, en, NORMAL_ABNORMAL, measured=True),
        words(f"{name}_text", f"{zh}异常", f"{en}: what", visible=answer(name).equals("2"), carried=False),
    )


def risk_section(infected: Expression | None = None) -> Section:
    """The colour of the day; purple stands beside the others (norms A5.3). `infected` says of the form's
    own tests that they make her high-risk, whatever colour was given."""
    high = answer("risk").is_in("3", "4") | answer("purple").equals("2")
    high = high if infected is None else high | infected
    not_green = answer("risk").is_in("2", "3", "4") | answer("purple").equals("2")
    return Section(
        "risk",
        Text("妊娠风险评估", "Risk of the pregnancy"),
        (
            several_of(
                "danger", "危急征象", "Signs of danger", DANGERS, alone="0", required=True, carried=False
            ),
            words(
                "danger_text",
                "其他危急征象",
                "The other sign",
                visible=answer("danger").includes("10"),
                required=answer("danger").includes("10"),
                carried=False,
            ),
            one_of(
                "risk",
                "风险分级（颜色）",
                "Colour of the risk",
                RISKS,
                required=True,
                carried=False,
                hint=Text("有几种风险时按最高的一种", "of several risks, the highest"),
            ),
            one_of(
                "purple",
                "紫色（合并传染病）",
                "Purple (an infectious disease)",
                NO_YES,
                required=True,
                carried=False,
                hint=Text("可与其他颜色并存", "may stand beside another colour"),
            ),
            words("risk_factors", "高危因素", "Risk factors", length=200, visible=not_green),
            one_of(
                "special_file",
                "纳入高危孕产妇专案管理",
                "Under special (high-risk) management",
                NO_YES,
                visible=high,
                required=high,
                carried=False,
            ),
        ),
    )


def class_section(guidance: tuple[Choice, ...]) -> Section:
    """Normal or not, guidance, referral, the next visit, the doctor."""
    return Section(
        "result",
        Text("评估与指导", "Result and guidance"),
        (
            one_of("class", "总体评估", "Overall", NORMAL_ABNORMAL, required=True, carried=False),
            words(
                "class_text",
                "异常情况",
                "What is abnormal",
                length=200,
                visible=answer("class").equals("2"),
                required=answer("class").equals("2"),
                carried=False,
            ),
            several_of("guidance", "保健指导", "Guidance", guidance, carried=False),
            *referral(),
            day("next_visit_on", "下次随访日期", "Next visit", assessed="next_visit_on"),
            words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
        ),
    )


def referral() -> tuple[Field, ...]:
    went: Expression = answer("referred").equals("2")
    return (
        one_of("referred", "转诊", "Referred", NO_YES, required=True, carried=False),
        words("referral_reason", "转诊原因", "Why", visible=went, required=went, carried=False),
        words("referral_to", "转入机构及科室", "Where to", visible=went, required=went, carried=False),
    )


def next_visit_check() -> Check:
    return Check(
        "next_after_this",
        answer("next_visit_on") > performed_on,
        Text("下次随访日期应在本次之后。", "The next visit is after this one."),
        field="next_visit_on",
    )
