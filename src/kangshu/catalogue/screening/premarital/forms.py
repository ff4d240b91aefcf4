"""Forms of the premarital examination: findings by sex, the opinion, what came of it (婚前保健工作规范)."""

from __future__ import annotations

from kangshu.catalogue.asking import NO_YES, NORMAL_ABNORMAL, day, number, one_of, several_of, words
from kangshu.catalogue.judging import part, said, sheet, treatment_sheet
from kangshu.declare import Check, Form, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "婚前保健工作规范（修订）；norms H1"
ID = "screening.premarital"

EXAMINED = {
    "clear": said(
        "未发现影响婚育的疾病",
        "Nothing that bears on marriage",
        "出具婚前医学检查证明。",
        "Issue the certificate.",
    ),
    "postpone": said(
        "建议暂缓结婚",
        "Advise to wait",
        "传染病传染期或精神病发病期：治疗后复查。",
        "Infectious or acutely ill: treat, examine again.",
        refer=True,
    ),
    "no_children": said(
        "建议不宜生育",
        "Advise against children",
        "严重遗传性疾病：长效避孕或绝育咨询。",
        "Severe hereditary disease: counselling.",
        refer=True,
    ),
    "measures": said(
        "建议采取医学措施，尊重受检者意愿",
        "Medical measures, as they wish",
        "医学指导后尊重双方意愿。",
        "Advise, and respect what both want.",
        refer=True,
    ),
    "found": said(
        "检出疾病：咨询、转诊",
        "Disease found: counselling, referral",
        "告知本人，转诊治疗，1个月内随访。",
        "Tell the person, refer, ask within a month.",
        refer=True,
    ),
}

EXAMINATION = sheet(
    f"{ID}.examination",
    Text("婚前医学检查表", "Premarital examination"),
    "examined",
    EXAMINED,
    SOURCE,
    part(
        "couple",
        "婚检对象",
        "Couple",
        words(
            "couple_number",
            "婚检编号（双方相同）",
            "Number of the couple",
            length=30,
            required=True,
            carried=False,
        ),
        words("partner", "对方姓名", "Partner's name", length=40, required=True, carried=False),
        one_of(
            "partner_examined", "对方同时受检", "Partner examined too", NO_YES, required=True, carried=False
        ),
        one_of("related", "双方有近亲血缘关系", "Related by blood", NO_YES, required=True, carried=False),
        one_of(
            "family", "家族遗传病史", "Hereditary disease in the family", NO_YES, required=True, carried=False
        ),
    ),
    part(
        "general",
        "体格检查",
        "Examination",
        number("sbp", "收缩压", "Systolic pressure", "mmHg", (50, 300), (80, 180)),
        number("dbp", "舒张压", "Diastolic pressure", "mmHg", (30, 200), (50, 110)),
        one_of("general", "全身检查", "General examination", NORMAL_ABNORMAL, required=True, measured=True),
        one_of(
            "genitals", "生殖系统检查", "Reproductive organs", NORMAL_ABNORMAL, required=True, measured=True
        ),
        one_of("chest", "胸部检查（X线）", "Chest", NORMAL_ABNORMAL, measured=True),
        one_of("blood", "血、尿常规", "Blood and urine", NORMAL_ABNORMAL, measured=True),
        one_of("liver", "肝功能、乙肝表面抗原", "Liver, HBsAg", NORMAL_ABNORMAL, measured=True),
        one_of(
            "tests",
            "梅毒、艾滋病检测",
            "Syphilis and HIV tests",
            numbered(("已检测", "done"), ("未检测", "not done")),
            required=True,
            measured=True,
        ),
    ),
    part(
        "result",
        "检出疾病与医学意见",
        "Findings and opinion",
        several_of(
            "diseases",
            "检出疾病",
            "Found",
            numbered(
                ("指定传染病", "designated infectious disease"),
                ("其中性传播疾病", "of these, sexually transmitted"),
                ("严重遗传性疾病", "severe hereditary disease"),
                ("有关精神病", "mental disorder that bears on it"),
                ("生殖系统疾病", "disease of the reproductive organs"),
                ("内科系统疾病", "internal disease"),
                ("未检出", "none"),
            ),
            alone="7",
            required=True,
            carried=False,
        ),
        one_of(
            "infectious_now",
            "处于传染期或发病期",
            "Infectious or acutely ill now",
            NO_YES,
            visible=answer("diseases").includes_any("1", "2", "4"),
            required=answer("diseases").includes_any("1", "2", "4"),
            measured=True,
        ),
        one_of("counselled", "婚前卫生咨询", "Counselled", NO_YES, required=True, carried=False),
        words("certificate", "婚前医学检查证明编号", "Certificate number", length=30, carried=False),
        day("certified_on", "出具日期", "Issued on", carried=False),
    ),
    checks=(
        Check(
            "std_is_infectious",
            ~answer("diseases").includes("2") | answer("diseases").includes("1"),
            Text("性传播疾病同时计入指定传染病。", "A sexually transmitted disease is a designated one too."),
            hard=True,
            field="diseases",
        ),
    ),
)
FOLLOWED = treatment_sheet(
    f"{ID}.follow_up",
    Text("婚检异常随访", "Premarital finding: follow-up"),
    SOURCE,
    ("已治疗", "treated"),
    ("已咨询指导", "counselled"),
    ("已转诊", "referred"),
)
SETTLEMENT = Form(
    id=f"{ID}.settlement",
    version=1,
    title=Text("免费婚检结算", "Free premarital examination: settlement"),
    sections=(
        part(
            "settlement",
            "结算",
            "Settlement",
            words(
                "couple_number", "婚检编号", "Number of the couple", length=30, required=True, carried=False
            ),
            number(
                "amount",
                "结算金额",
                "Amount",
                "元",
                (0, 2000),
                (0, 600),
                places=2,
                measured=False,
                carried=False,
                required=True,
            ),
        ),
    ),
    source=SOURCE,
)
