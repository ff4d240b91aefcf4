"""The records of a TB patient: first home visit, follow-up, end of treatment, confirmation (norms A10)."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, several_of, words, yes_no
from kangshu.catalogue.chronic.questions import now_and_target
from kangshu.catalogue.tuberculosis.patients.wording import ENDINGS, FIRST_VISITS, FOLLOW_UPS
from kangshu.declare import Check, Choice, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "国家基本公共卫生服务规范（第三版）2017，肺结核患者健康管理服务规范；norms A10"

SUPERVISORS = numbered(("医生", "doctor"), ("家属", "family"), ("自服药", "self"), ("其他", "other"))
SYMPTOMS = coded(
    ("0", "没有症状", "none"),
    ("1", "咳嗽咳痰", "cough, sputum"),
    ("2", "低热盗汗", "fever, night sweats"),
    ("3", "咯血或血痰", "haemoptysis"),
    ("4", "胸痛消瘦", "chest pain, weight loss"),
    ("5", "恶心纳差", "nausea, poor appetite"),
    ("6", "头痛失眠", "headache, sleeplessness"),
    ("7", "视物模糊", "blurred vision"),
    ("8", "皮肤瘙痒、皮疹", "itch, rash"),
    ("9", "耳鸣、听力下降", "tinnitus, hearing loss"),
    ("10", "其他", "other"),
)
TAUGHT = (
    ("place", "取药地点、时间", "where and when to fetch the drugs"),
    ("card", "服药记录卡的填写", "how to fill the drug card"),
    ("method", "服药方法及药品存放", "how to take and store the drugs"),
    ("course", "肺结核治疗疗程", "how long the treatment lasts"),
    ("danger", "不规律服药的危害", "the danger of missing doses"),
    ("reaction", "服药后不良反应及处理", "adverse reactions"),
    ("control", "治疗期间复诊查痰", "return visits and sputum"),
    ("travel", "外出期间如何坚持服药", "taking the drugs when away"),
    ("hygiene", "生活习惯及注意事项", "hygiene and nutrition"),
    ("contacts", "密切接触者检查", "examination of contacts"),
)
HABITS = (
    *now_and_target("smoking", ("日吸烟量", "Cigarettes a day"), "支", 200),
    *now_and_target("drinking", ("日饮酒量", "Alcohol a day"), "两", 50, FieldType.DECIMAL),
)
MET = answer("met").equals("1")

FIRST_VISIT = Form(
    id="tuberculosis.first_visit",
    version=1,
    title=Text("肺结核患者第一次入户随访记录表", "TB: first home visit"),
    sections=(
        Section(
            "notice",
            Text("通知与访视", "Notice and visit"),
            (
                Field(
                    "notified_at",
                    Text("收到管理通知的时间", "Notice received at"),
                    FieldType.MOMENT,
                    required=True,
                    carried=True,
                ),
                Field("visited_at", Text("本次访视时间", "Visited at"), FieldType.MOMENT, required=True),
                one_of(
                    "met",
                    "是否见到患者",
                    "Was the patient met",
                    numbered(("见到", "yes"), ("未见到", "no")),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "mode",
                    "随访方式",
                    "Mode",
                    numbered(("门诊", "clinic"), ("家庭", "home")),
                    visible=MET,
                    required=MET,
                    carried=False,
                ),
            ),
        ),
        Section(
            "patient",
            Text("患者情况", "The patient"),
            (
                one_of(
                    "patient_type",
                    "患者类型",
                    "Type",
                    numbered(("初治", "new"), ("复治", "retreatment")),
                    required=True,
                ),
                one_of(
                    "sputum",
                    "痰菌情况",
                    "Sputum",
                    numbered(("阳性", "positive"), ("阴性", "negative"), ("未查痰", "not done")),
                    required=True,
                ),
                one_of(
                    "resistance",
                    "耐药情况",
                    "Resistance",
                    numbered(("耐药", "yes"), ("非耐药", "no"), ("未检测", "not tested")),
                    required=True,
                ),
                several_of("symptoms", "症状及体征", "Symptoms", SYMPTOMS, alone="0", required=True),
                words("regimen", "化疗方案", "Regimen", required=True),
                one_of(
                    "use", "用法", "Use", numbered(("每日", "daily"), ("间歇", "intermittent")), required=True
                ),
                several_of(
                    "drug_form",
                    "药品剂型",
                    "Form of the drugs",
                    numbered(
                        ("固定剂量复合制剂", "fixed dose"),
                        ("散装药", "loose"),
                        ("板式组合药", "blister"),
                        ("注射剂", "injection"),
                    ),
                ),
                one_of("supervisor", "督导人员选择", "Who supervises", SUPERVISORS, required=True),
            ),
            visible=MET,
        ),
        Section(
            "home",
            Text("家庭居住环境与生活方式", "Home and habits"),
            (
                one_of(
                    "own_room",
                    "单独的居室",
                    "A room of one's own",
                    numbered(("有", "yes"), ("无", "no")),
                    required=True,
                ),
                one_of(
                    "ventilation",
                    "通风情况",
                    "Ventilation",
                    numbered(("良好", "good"), ("一般", "fair"), ("差", "poor")),
                    required=True,
                ),
                *HABITS,
            ),
            visible=MET,
        ),
        Section(
            "education",
            Text("健康教育及培训", "Education"),
            (
                several_of(
                    "taught",
                    "已掌握的内容",
                    "Understood",
                    numbered(*((zh, en) for _, zh, en in TAUGHT)),
                    carried=False,
                ),
                words("doctor", "评估医生签名", "Doctor", length=40, carried=False),
            ),
            visible=MET,
        ),
    ),
    checks=(
        Check(
            "visited_after_notice",
            answer("visited_at") >= answer("notified_at"),
            Text("访视时间不能早于收到通知的时间。", "The visit cannot be before the notice."),
            field="visited_at",
        ),
    ),
    rule="first_visit",
    outcomes=tuple(Choice(code, title) for code, title in FIRST_VISITS.items()),
    source=SOURCE,
)

REACTS = answer("adverse_reaction").equals("2")
COMPLICATED = answer("complication").equals("2")

FOLLOW_UP = Form(
    id="tuberculosis.follow_up",
    version=1,
    title=Text("肺结核患者随访服务记录表", "TB: follow-up"),
    sections=(
        Section(
            "visit",
            Text("随访", "Visit"),
            (
                number(
                    "month",
                    "治疗月序",
                    "Month of treatment",
                    "月",
                    (1, 36),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                one_of(
                    "phase",
                    "治疗阶段",
                    "Phase",
                    numbered(
                        ("强化期（或注射期）", "intensive (or injection)"),
                        ("继续期（或非注射期）", "continuation"),
                    ),
                    required=True,
                ),
                one_of("supervisor", "督导人员", "Supervised by", SUPERVISORS, required=True),
                one_of(
                    "mode",
                    "随访方式",
                    "Mode",
                    numbered(("门诊", "clinic"), ("家庭", "home"), ("电话", "telephone")),
                    required=True,
                ),
                several_of(
                    "symptoms", "症状及体征", "Symptoms", SYMPTOMS, alone="0", required=True, carried=False
                ),
                yes_no("no_improvement", "治疗后症状无改善", "No improvement under treatment"),
                *HABITS,
            ),
        ),
        Section(
            "treatment",
            Text("用药", "Treatment"),
            (
                words("regimen", "化疗方案", "Regimen", required=True),
                one_of("use", "用法", "Use", numbered(("每日", "daily"), ("间歇", "intermittent"))),
                number(
                    "doses_due",
                    "自上次随访应服药次数",
                    "Doses due since the last visit",
                    "次",
                    (0, 400),
                    measured=False,
                    carried=False,
                ),
                number(
                    "missed_doses",
                    "自上次随访漏服药次数",
                    "Doses missed since the last visit",
                    "次",
                    (0, 400),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                one_of(
                    "adverse_reaction",
                    "药物不良反应",
                    "Adverse reaction",
                    numbered(("无", "none"), ("有", "yes")),
                    required=True,
                    carried=False,
                ),
                words(
                    "adverse_reaction_text",
                    "不良反应说明",
                    "Which reaction",
                    length=200,
                    visible=REACTS,
                    required=REACTS,
                    carried=False,
                ),
                one_of(
                    "complication",
                    "并发症或合并症",
                    "Complication",
                    numbered(("无", "none"), ("有", "yes")),
                    required=True,
                    carried=False,
                ),
                words(
                    "complication_text",
                    "并发症说明",
                    "Which complication",
                    length=200,
                    visible=COMPLICATED,
                    required=COMPLICATED,
                    carried=False,
                ),
            ),
        ),
        Section(
            "plan",
            Text("处理", "Plan"),
            (
                words("referral_to", "转诊机构及科别", "Referred to", carried=False),
                words("referral_reason", "转诊原因", "Reason of referral", length=200, carried=False),
                words(
                    "referral_result",
                    "2周内转诊随访结果",
                    "What came of it within 2 weeks",
                    length=200,
                    carried=False,
                ),
                words("opinion", "处理意见", "Opinion", length=200, carried=False),
                Field(
                    "next_visit_on",
                    Text("下次随访日期", "Next visit"),
                    FieldType.DATE,
                    assessed="next_visit_on",
                ),
                words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "missed_within_due",
            answer("missed_doses") <= answer("doses_due"),
            Text("漏服次数不能多于应服次数。", "More doses missed than were due."),
            field="missed_doses",
        ),
    ),
    rule="follow_up",
    outcomes=tuple(Choice(code, title) for code, title in FOLLOW_UPS.items()),
    source=SOURCE,
)

REASONS = numbered(
    ("完成疗程", "completed"),
    ("死亡", "died"),
    ("丢失", "lost"),
    ("转入耐多药治疗", "to MDR treatment"),
)

ENDING = Form(
    id="tuberculosis.ending",
    version=1,
    title=Text("肺结核患者停止治疗及全程管理评估", "TB: end of treatment"),
    sections=(
        Section(
            "ending",
            Text("停止治疗", "End of treatment"),
            (
                Field("stopped_on", Text("停止治疗日期", "Stopped on"), FieldType.DATE, required=True),
                one_of("reason", "停止治疗原因", "Why", REASONS, required=True, carried=False),
                number(
                    "visits_due",
                    "应访视次数",
                    "Visits due",
                    "次",
                    (0, 200),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                number(
                    "visits_done",
                    "实际访视次数",
                    "Visits made",
                    "次",
                    (0, 200),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                number(
                    "doses_due",
                    "应服药次数",
                    "Doses due",
                    "次",
                    (1, 2000),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                number(
                    "doses_done",
                    "实际服药次数",
                    "Doses taken",
                    "次",
                    (0, 2000),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                Field(
                    "adherence",
                    Text("服药率", "Doses taken of those due"),
                    FieldType.COMPUTED,
                    unit="%",
                    places=1,
                    expression=(answer("doses_done") * 100 / answer("doses_due")).rounded(1),
                ),
                words("doctor", "评估医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "doses_within_due",
            answer("doses_done") <= answer("doses_due"),
            Text("实际服药次数不能多于应服次数。", "More doses taken than were due."),
            field="doses_done",
        ),
    ),
    rule="ending",
    outcomes=tuple(Choice(code, title) for code, title in ENDINGS.items()),
    source=SOURCE,
)

CONFIRMATION = Form(
    id="tuberculosis.confirmation",
    version=1,
    title=Text("肺结核患者转归确认", "TB: outcome confirmed"),
    sections=(
        Section(
            "confirmation",
            Text("定点医疗机构评估结果", "As the designated hospital found"),
            (
                one_of(
                    "went",
                    "是否已到定点医疗机构做治疗转归评估",
                    "Went to the hospital to have the outcome judged",
                    numbered(("是", "yes"), ("否", "no")),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "outcome",
                    "治疗转归",
                    "Outcome",
                    numbered(
                        ("治愈", "cured"),
                        ("完成治疗", "treatment completed"),
                        ("治疗失败", "failed"),
                        ("死亡", "died"),
                        ("丢失", "lost"),
                        ("转入耐多药治疗", "to MDR treatment"),
                    ),
                    visible=answer("went").equals("1"),
                    required=answer("went").equals("1"),
                    carried=False,
                ),
                words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    source=SOURCE,
)
