"""The records of a woman at high risk: special management, transfer to a higher level and its receipt, the
call-out of the emergency group, the review of a near miss (norms A5.3)."""

from __future__ import annotations

from kangshu.catalogue.asking import day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.maternal.care.questions import RISKS
from kangshu.declare import Check, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, hours_between

SOURCE = "孕产妇妊娠风险评估与管理工作规范（2017）；危重孕产妇救治；norms A5.3"
FOLLOW_ID, TRANSFER_ID = "maternal.high_risk_follow", "maternal.transfer"
RECEIPT_ID, CALL_OUT_ID, NEAR_MISS_ID = "maternal.transfer_receipt", "maternal.call_out", "maternal.near_miss"
RED, NO_LONGER = "4", "2"

FOLLOW = Form(
    id=FOLLOW_ID,
    version=1,
    title=Text("高危孕产妇专案随访", "Special management of a high-risk woman"),
    sections=(
        Section(
            "follow",
            Text("专案随访", "Special management"),
            (
                one_of(
                    "risk",
                    "当前风险分级（颜色）",
                    "Colour of the risk now",
                    RISKS,
                    required=True,
                    carried=False,
                ),
                yes_no("purple", "合并传染病（紫色）", "Purple (an infectious disease)", required=True),
                words("factors", "高危因素", "Risk factors", length=200, required=True),
                one_of(
                    "place",
                    "产检及拟分娩机构级别",
                    "Where she is seen and will deliver",
                    numbered(
                        ("乡镇卫生院", "township health centre"),
                        ("县级危重孕产妇救治中心", "county critical-maternal centre"),
                        ("市级及以上（三级医院）", "prefecture or above (level 3)"),
                    ),
                    required=True,
                    carried=True,
                ),
                words("doctor", "专人管理责任医生", "Doctor in charge", length=40, required=True),
                words("plan", "管理方案", "Plan", length=500, carried=False),
                one_of(
                    "goes_on",
                    "专案管理",
                    "Special management",
                    numbered(
                        ("继续", "goes on"),
                        ("风险解除，转常规管理", "risk is over: ordinary care"),
                        ("已分娩，产后专案至42天", "delivered: until 42 days"),
                    ),
                    required=True,
                    carried=False,
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "red_place",
            ~(answer("risk").equals(RED) & answer("place").equals("1")),
            Text(
                "红色风险应在三级医院诊治，不应留在乡镇。",
                "Red belongs to a level-3 hospital, not a township.",
            ),
            hard=False,
            field="place",
        ),
        Check(
            "orange_place",
            ~(answer("risk").equals("3") & answer("place").equals("1")),
            Text(
                "橙色风险应在县级及以上危重孕产妇救治中心。", "Orange belongs to a critical-maternal centre."
            ),
            hard=False,
            field="place",
        ),
    ),
    source=SOURCE,
)

TRANSFER = Form(
    id=TRANSFER_ID,
    version=1,
    title=Text("高危孕产妇转诊单", "Transfer of a high-risk woman"),
    sections=(
        Section(
            "transfer",
            Text("转出", "Sent"),
            (
                one_of("risk", "风险分级（颜色）", "Colour of the risk", RISKS, required=True, carried=False),
                words("reason", "转诊原因", "Reason", length=200, required=True, carried=False),
                words("to", "转往机构", "To which institution", length=60, required=True, carried=False),
                one_of(
                    "level",
                    "转往机构级别",
                    "Its level",
                    numbered(
                        ("县级", "county"),
                        ("市级", "prefecture"),
                        ("省级", "province"),
                    ),
                    required=True,
                    carried=False,
                ),
                Field("sent_at", Text("转出时间", "Sent at"), FieldType.MOMENT, required=True),
                yes_no("green_channel", "启用高危抢救绿色通道", "Green channel opened", required=True),
                words(
                    "contact",
                    "对方联系人及电话（已提前联系）",
                    "Whom was told beforehand",
                    length=60,
                    required=True,
                    carried=False,
                ),
                one_of(
                    "escort",
                    "护送",
                    "Escorted by",
                    numbered(
                        ("医护人员护送", "a doctor or nurse"),
                        ("120救护车", "the ambulance (120)"),
                        ("自行前往", "nobody"),
                    ),
                    required=True,
                    carried=False,
                ),
                words(
                    "condition",
                    "病情摘要与已做处理",
                    "Condition and treatment so far",
                    length=500,
                    carried=False,
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "red_is_escorted",
            ~(answer("risk").equals(RED) & answer("escort").equals("3")),
            Text("红色风险不应自行前往。", "Red is not sent alone."),
            hard=False,
            field="escort",
        ),
    ),
    source=SOURCE,
)

RECEIPT = Form(
    id=RECEIPT_ID,
    version=1,
    title=Text("高危孕产妇转诊回执", "Receipt of a transferred woman"),
    sections=(
        Section(
            "receipt",
            Text("接收", "Received"),
            (
                yes_no("arrived", "已到达", "She arrived", required=True),
                Field(
                    "received_at",
                    Text("接收时间", "Received at"),
                    FieldType.MOMENT,
                    visible=answer("arrived"),
                    required=answer("arrived"),
                ),
                words(
                    "by",
                    "接收机构及医生",
                    "Received by",
                    length=60,
                    visible=answer("arrived"),
                    required=answer("arrived"),
                    carried=False,
                ),
                words(
                    "why_not",
                    "未到达原因",
                    "Why she did not",
                    length=200,
                    visible=~answer("arrived"),
                    required=~answer("arrived"),
                    carried=False,
                ),
                words("diagnosis", "接诊诊断", "Diagnosis there", length=100, carried=False),
                one_of(
                    "result",
                    "处理结果",
                    "What was done",
                    numbered(
                        ("收住院", "admitted"),
                        ("门诊处理后返回", "treated and sent back"),
                        ("再上转", "sent on to a higher level"),
                        ("已分娩", "delivered"),
                    ),
                    visible=answer("arrived"),
                    required=answer("arrived"),
                    carried=False,
                ),
                words("advice", "后续管理建议", "Advice for the time after", length=300, carried=False),
            ),
        ),
    ),
    source=SOURCE,
)

CALL_OUT = Form(
    id=CALL_OUT_ID,
    version=1,
    title=Text("产科急救小组出诊（会诊）记录", "Call-out of the obstetric emergency group"),
    sections=(
        Section(
            "call",
            Text("呼叫与到达", "Call and arrival"),
            (
                Field("called_at", Text("呼叫时间", "Called at"), FieldType.MOMENT, required=True),
                Field(
                    "arrived_at",
                    Text("急救小组到达时间", "The group arrived at"),
                    FieldType.MOMENT,
                    required=True,
                ),
                Field(
                    "hours",
                    Text("呼叫至到达", "From call to arrival"),
                    FieldType.COMPUTED,
                    unit="小时",
                    expression=hours_between(answer("called_at"), answer("arrived_at")),
                ),
                words("called_by", "呼叫机构", "Called by", length=60, required=True, carried=False),
                words("members", "到场成员", "Who came", length=100, required=True, carried=False),
                yes_no("green_channel", "启用绿色通道", "Green channel opened", required=True),
            ),
        ),
        Section(
            "rescue",
            Text("抢救", "Rescue"),
            (
                several_of(
                    "reasons",
                    "急救原因",
                    "Reason",
                    numbered(
                        ("产后出血", "postpartum haemorrhage"),
                        ("子痫、重度子痫前期", "eclampsia, severe pre-eclampsia"),
                        ("羊水栓塞", "amniotic-fluid embolism"),
                        ("妊娠合并心脏病", "heart disease"),
                        ("胎盘早剥、前置胎盘", "abruption, placenta praevia"),
                        ("子宫破裂", "uterine rupture"),
                        ("重症感染", "severe infection"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                number("blood_loss", "累计出血量", "Blood lost", "mL", (0, 20000), (0, 5000)),
                number(
                    "transfused", "输血量", "Blood given", "mL", (0, 20000), measured=False, carried=False
                ),
                words("measures", "抢救措施", "What was done", length=1000, carried=False),
                one_of(
                    "outcome",
                    "结局",
                    "Outcome",
                    numbered(
                        ("抢救成功，留原机构", "saved, stays"),
                        ("抢救成功，上转", "saved, sent on"),
                        ("死亡", "died"),
                    ),
                    required=True,
                    carried=False,
                ),
                yes_no(
                    "near_miss",
                    "属危重孕产妇（幸存）",
                    "A near miss",
                    required=True,
                    hint=Text("属危重的须组织评审", "a near miss is to be reviewed"),
                ),
            ),
        ),
    ),
    checks=(
        Check(
            "arrived_after",
            hours_between(answer("called_at"), answer("arrived_at")) >= 0,
            Text("到达时间早于呼叫时间。", "Arrived before the call."),
            field="arrived_at",
        ),
    ),
    source=SOURCE,
)

NEAR_MISS = Form(
    id=NEAR_MISS_ID,
    version=1,
    title=Text("危重孕产妇评审", "Review of a near miss"),
    sections=(
        Section(
            "review",
            Text("评审", "Review"),
            (
                day("met_on", "评审会日期", "Meeting on", required=True, carried=False),
                words("experts", "参加人员", "Who took part", length=200, required=True, carried=False),
                words("diagnosis", "危重诊断", "Diagnosis", length=100, required=True, carried=False),
                words("good", "做得好的方面", "What went well", length=500, carried=False),
                several_of(
                    "problems",
                    "存在问题",
                    "What went wrong",
                    numbered(
                        ("风险识别或分级不及时", "the risk was seen late"),
                        ("转诊不及时", "transferred late"),
                        ("抢救技术", "skill"),
                        ("血源、设备、药品", "blood, equipment, medicines"),
                        ("多学科协作", "teamwork"),
                        ("孕妇及家属依从性", "the woman or her family did not follow"),
                        ("无", "none"),
                    ),
                    alone="7",
                    required=True,
                    carried=False,
                ),
                words(
                    "measures",
                    "改进措施与责任人",
                    "What is to be changed, and by whom",
                    length=1000,
                    required=True,
                    carried=False,
                ),
            ),
        ),
    ),
    source=SOURCE,
)
FORMS = (FOLLOW, TRANSFER, RECEIPT, CALL_OUT, NEAR_MISS)
