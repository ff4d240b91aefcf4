"""First visit, follow-up, treatment, laboratory and partner notification of somebody living with HIV."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.hiv.care.wording import FIRST, FOLLOW_UPS, LABORATORY
from kangshu.catalogue.judging import part, sheet
from kangshu.declare import Check, Form, Text, numbered
from kangshu.declare.expression import answer, performed_on

SOURCE = "艾滋病防治条例；艾滋病病毒感染者随访工作指南（2016年版）"

SEEN = answer("result").equals("1")
STAGES = numbered(("HIV感染者", "HIV infection"), ("艾滋病病人", "AIDS"))
SYMPTOMS = coded(
    ("0", "无", "none"),
    ("1", "发热超过1个月", "fever for over a month"),
    ("2", "腹泻超过1个月", "diarrhoea for over a month"),
    ("3", "体重减轻10%以上", "10 % of weight lost"),
    ("4", "反复口腔念珠菌感染", "recurrent oral thrush"),
    ("5", "皮疹或皮肤损害", "rash"),
    ("6", "视力下降", "failing sight"),
    ("7", "神经精神症状", "neurological signs"),
    ("9", "其他", "other"),
)
TB_SYMPTOMS = coded(
    ("0", "无", "none"),
    ("1", "咳嗽、咳痰2周以上", "cough for two weeks"),
    ("2", "反复咳出痰中带血", "blood in the sputum"),
    ("3", "反复发热2周以上", "fever for two weeks"),
    ("4", "夜间经常出汗", "night sweats"),
    ("5", "无法解释的体重明显下降", "unexplained loss of weight"),
)

FIRST_VISIT = sheet(
    "hiv.first_visit",
    Text("HIV感染者首次随访记录", "HIV: first visit"),
    "first_visit",
    FIRST,
    SOURCE,
    part(
        "meeting",
        "告知",
        "Telling",
        one_of(
            "result",
            "是否见到本人",
            "Was the person met",
            numbered(("见到", "yes"), ("未找到", "not found")),
            required=True,
            carried=False,
        ),
        yes_no("told", "是否已告知本人结果", "The result was told", visible=SEEN, required=SEEN),
        day("confirmed_on", "HIV确证日期", "Confirmed on", visible=SEEN, required=SEEN),
    ),
    part(
        "history",
        "流行病学调查",
        "History",
        one_of(
            "route",
            "可能感染途径",
            "Probable route",
            numbered(
                ("异性性行为", "heterosexual"),
                ("同性性行为", "homosexual"),
                ("注射吸毒", "injecting drugs"),
                ("母婴传播", "mother to child"),
                ("采血（浆）或输血", "blood"),
                ("不详", "unknown"),
            ),
            required=SEEN,
        ),
        one_of(
            "found_by",
            "样本来源",
            "Found by",
            numbered(
                ("自愿咨询检测", "voluntary testing"),
                ("医疗机构就诊检测", "in a hospital"),
                ("孕产期检查", "antenatal"),
                ("羁押场所检测", "closed setting"),
                ("高危行为干预", "outreach"),
                ("配偶或性伴检测", "partner"),
                ("其他", "other"),
            ),
            required=SEEN,
        ),
        one_of("stage", "疾病阶段", "Stage", STAGES, required=SEEN),
        yes_no("partner", "是否有配偶或固定性伴", "Has a regular partner", required=SEEN),
        several_of("tb_symptoms", "结核可疑症状筛查", "TB symptoms", TB_SYMPTOMS, alone="0", required=SEEN),
        yes_no("counselled", "已开展治疗和预防传播咨询", "Counselled on treatment and prevention"),
        visible=SEEN,
    ),
    checks=(
        Check(
            "confirmed_by_now",
            answer("confirmed_on") <= performed_on,
            Text("确证日期不能晚于随访日期。", "Confirmed after the visit."),
            field="confirmed_on",
        ),
    ),
)

FOLLOW_UP = sheet(
    "hiv.follow_up",
    Text("HIV感染者/艾滋病病人随访记录", "HIV: follow-up"),
    "follow_up",
    FOLLOW_UPS,
    SOURCE,
    part(
        "meeting",
        "随访",
        "Visit",
        one_of(
            "result",
            "本次随访结果",
            "Result",
            numbered(("随访到", "met"), ("失访", "not found"), ("死亡", "has died")),
            required=True,
            carried=False,
        ),
        one_of(
            "mode",
            "随访方式",
            "Mode",
            numbered(("门诊面访", "clinic"), ("其他地点面访", "elsewhere"), ("电话", "telephone")),
            visible=SEEN,
            required=SEEN,
        ),
    ),
    part(
        "state",
        "健康状况",
        "State",
        one_of("stage", "疾病阶段", "Stage", STAGES, required=SEEN),
        several_of(
            "symptoms", "艾滋病相关症状", "Symptoms", SYMPTOMS, alone="0", required=SEEN, carried=False
        ),
        several_of(
            "tb_symptoms",
            "结核可疑症状筛查",
            "TB symptoms",
            TB_SYMPTOMS,
            alone="0",
            required=SEEN,
            carried=False,
        ),
        one_of(
            "treated",
            "抗病毒治疗",
            "Treatment",
            numbered(("正在治疗", "under treatment"), ("从未治疗", "never"), ("已停药", "stopped")),
            required=SEEN,
            carried=False,
        ),
        number(
            "missed_doses",
            "近1个月漏服次数",
            "Doses missed in the last month",
            "次",
            (0, 90),
            measured=False,
            carried=False,
            visible=answer("treated").equals("1"),
            required=answer("treated").equals("1"),
        ),
        yes_no("adverse", "药物不良反应", "Adverse reaction", visible=answer("treated").equals("1")),
        one_of(
            "partner_test",
            "配偶或固定性伴检测",
            "Regular partner's test",
            numbered(("阴性", "negative"), ("阳性", "positive"), ("未检测", "not tested"), ("无", "none")),
            required=SEEN,
            carried=False,
        ),
        one_of(
            "condoms",
            "近3个月安全套使用",
            "Condoms in 3 months",
            numbered(
                ("每次使用", "always"), ("有时使用", "sometimes"), ("从不使用", "never"), ("无性行为", "n.a.")
            ),
            carried=False,
        ),
        visible=SEEN,
    ),
    part(
        "plan",
        "处理",
        "Plan",
        words("referral_to", "转诊机构", "Referred to", length=60, carried=False),
        words("note", "随访记录", "Note", length=300, carried=False),
        day("next_visit_on", "下次随访日期", "Next visit", assessed="next_visit_on"),
        words("doctor", "随访人员", "Seen by", length=40, carried=False),
    ),
    checks=(
        Check(
            "next_after_this",
            answer("next_visit_on") > performed_on,
            Text("下次随访日期须晚于本次随访日期。", "The next visit must be after this one."),
            field="next_visit_on",
        ),
    ),
)

TREATMENT = Form(
    id="hiv.treatment",
    version=1,
    title=Text("抗病毒治疗登记", "HIV: antiretroviral treatment"),
    sections=(
        part(
            "treatment",
            "抗病毒治疗",
            "Treatment",
            one_of(
                "change",
                "事项",
                "What",
                numbered(
                    ("启动治疗", "started"),
                    ("更换方案", "changed"),
                    ("停药", "stopped"),
                    ("恢复治疗", "resumed"),
                ),
                required=True,
                carried=False,
            ),
            words(
                "regimen",
                "治疗方案",
                "Regimen",
                length=60,
                visible=answer("change").differs_from("3"),
                required=answer("change").differs_from("3"),
            ),
            words(
                "reason",
                "停药或换药原因",
                "Why stopped or changed",
                length=120,
                visible=answer("change").is_in("2", "3"),
                required=answer("change").is_in("2", "3"),
                carried=False,
            ),
            words("hospital", "治疗机构", "Hospital", length=60, required=True),
            yes_no("consent", "已签署知情同意", "Consent signed", visible=answer("change").equals("1")),
        ),
    ),
    source=SOURCE,
)

CD4, VIRAL_LOAD = "1", "2"
TESTS_CD4, TESTS_LOAD = answer("test").equals(CD4), answer("test").equals(VIRAL_LOAD)
TESTED = sheet(
    "hiv.laboratory",
    Text("CD4与病毒载量检测结果", "HIV: CD4 or viral load"),
    "laboratory",
    LABORATORY,
    SOURCE,
    part(
        "test",
        "检测",
        "Test",
        one_of(
            "test",
            "检测项目",
            "Test",
            numbered(("CD4+T淋巴细胞", "CD4"), ("病毒载量", "viral load")),
            required=True,
            carried=False,
        ),
        number(
            "cd4",
            "CD4计数",
            "CD4 count",
            "个/μL",
            (0, 5000),
            (5, 2000),
            visible=TESTS_CD4,
            required=TESTS_CD4,
        ),
        number(
            "viral_load",
            "病毒载量（低于检测限填0）",
            "Viral load (0: below the limit)",
            "拷贝/mL",
            (0, 100_000_000),
            visible=TESTS_LOAD,
            required=TESTS_LOAD,
        ),
        words("laboratory", "检测实验室", "Laboratory", length=60),
    ),
)

PARTNER = Form(
    id="hiv.partner",
    version=1,
    title=Text("配偶或性伴告知与检测", "HIV: partner notification"),
    sections=(
        part(
            "partner",
            "配偶或性伴",
            "Partner",
            words(
                "code",
                "性伴编号",
                "Partner's code",
                length=20,
                required=True,
                carried=False,
                hint=Text("不写姓名", "no name"),
            ),
            one_of(
                "relation",
                "关系",
                "Relation",
                numbered(
                    ("配偶", "spouse"),
                    ("固定性伴", "regular"),
                    ("临时性伴", "casual"),
                    ("共用针具者", "shared needles"),
                ),
                required=True,
                carried=False,
            ),
            one_of(
                "way",
                "告知方式",
                "Told by",
                numbered(
                    ("本人告知", "the person"),
                    ("医务人员协助告知", "together"),
                    ("尚未告知", "not yet"),
                    ("拒绝告知", "refused"),
                ),
                required=True,
                carried=False,
            ),
            one_of(
                "result",
                "检测结果",
                "Test",
                numbered(("阴性", "negative"), ("阳性", "positive"), ("未检测", "not tested")),
                required=True,
                carried=False,
            ),
        ),
    ),
    source=SOURCE,
)
