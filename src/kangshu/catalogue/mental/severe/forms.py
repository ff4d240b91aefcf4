"""The three forms of severe mental disorder: the supplement at enrolment, the follow-up, and the handling of
an emergency (norms A9)."""

from __future__ import annotations

from kangshu.catalogue.asking import GOOD_FAIR_POOR, coded, day, number, one_of, several_of, words, yes_no
from kangshu.catalogue.mental.severe.wording import OUTCOMES
from kangshu.declare import Check, Choice, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer, performed_on

SOURCE = "国家基本公共卫生服务规范（第三版）2017，严重精神障碍患者管理服务规范；norms A9"

SYMPTOMS = (
    ("幻觉", "hallucination"),
    ("交流困难", "communication difficulty"),
    ("猜疑", "suspicion"),
    ("喜怒无常", "mood swings"),
    ("行为怪异", "odd behaviour"),
    ("兴奋话多", "excited talk"),
    ("伤人毁物", "hurting, smashing"),
    ("悲观厌世", "pessimism"),
    ("无故外走", "aimless wandering"),
    ("自语自笑", "self-talk"),
    ("孤僻懒散", "withdrawn"),
    ("其他", "other"),
)
DISORDERS = coded(
    ("F20", "精神分裂症", "schizophrenia"),
    ("F25", "分裂情感性障碍", "schizo-affective disorder"),
    ("F22", "持久的妄想性障碍（偏执性精神病）", "paranoid psychosis"),
    ("F31", "双相（情感）障碍", "bipolar disorder"),
    ("F06", "癫痫所致精神障碍", "psychosis due to epilepsy"),
    ("F79", "精神发育迟滞伴发精神障碍", "mental disorder with intellectual disability"),
)
LOCKED_UP = numbered(("无关锁", "none"), ("关锁", "locked up"), ("关锁已解除", "released"))
DANGERS = (
    ("minor", "轻度滋事", "Minor disturbances"),
    ("trouble", "肇事", "Troubles made"),
    ("grave", "肇祸", "Grave incidents"),
    ("other_danger", "其他危害行为", "Other dangerous acts"),
    ("self_harm", "自伤", "Self-harm"),
    ("suicide", "自杀未遂", "Attempted suicides"),
)


def _dangers(prefix: str) -> tuple[Field, ...]:
    """How often each happened; none when left empty."""
    return tuple(
        number(f"{prefix}_{name}", f"{zh}次数", en, "次", (0, 999), measured=False, carried=False)
        for name, zh, en in DANGERS
    )


GUARDIAN = Section(
    "guardian",
    Text("监护与管理", "Guardian and team"),
    (
        words("guardian_name", "监护人姓名", "Guardian", length=40),
        words("guardian_relation", "与患者关系", "Relation", length=20),
        words("guardian_phone", "监护人电话", "Guardian's phone", length=20),
        words("guardian_address", "监护人住址", "Guardian's address"),
        words("committee_contact", "村（居）委会联系人及电话", "Committee: contact and phone", length=60),
        Field(
            "team",
            Text("关爱帮扶（五人监护）小组", "Guardianship team of five"),
            FieldType.ROWS,
            fields=(
                one_of(
                    "role",
                    "角色",
                    "Role",
                    numbered(
                        ("村（居）干部", "cadre"),
                        ("民警", "police"),
                        ("村医", "village doctor"),
                        ("监护人", "guardian"),
                        ("邻居或志愿者", "neighbour or volunteer"),
                    ),
                    carried=False,
                ),
                words("name", "姓名", "Name", length=40, carried=False),
                words("phone", "电话", "Phone", length=20, carried=False),
            ),
            most=8,
            carried=True,
        ),
        one_of("hukou", "户别", "Household", numbered(("城镇", "urban"), ("农村", "rural"))),
        one_of(
            "employment",
            "就业情况",
            "Employment",
            numbered(
                ("在岗工人", "worker"),
                ("在岗管理者", "manager"),
                ("农民", "farmer"),
                ("下岗或无业", "unemployed"),
                ("在校学生", "student"),
                ("退休", "retired"),
                ("专业技术人员", "professional"),
                ("其他", "other"),
                ("不详", "unknown"),
            ),
        ),
        one_of("economy", "经济状况", "Economy", numbered(("贫困", "poor"), ("非贫困", "not poor"))),
    ),
)

CONSENT = Section(
    "consent",
    Text("知情同意", "Consent"),
    (
        one_of(
            "consent",
            "是否同意参加社区服务管理",
            "Agrees to be managed in the community",
            coded(("1", "同意", "agrees"), ("0", "不同意", "does not agree")),
            required=True,
        ),
        one_of(
            "check_consent",
            "是否同意每年健康体检",
            "Agrees to a yearly health check",
            coded(("1", "同意", "agrees"), ("0", "不同意", "does not agree")),
            required=True,
        ),
        day("consent_on", "签字日期", "Signed on"),
    ),
)

HISTORY = Section(
    "history",
    Text("病史与诊断", "History and diagnosis"),
    (
        day("first_onset_on", "初次发病日期", "First onset"),
        several_of("past_symptoms", "既往主要症状", "Past main symptoms", numbered(*SYMPTOMS)),
        one_of("past_locked_up", "既往关锁情况", "Locked up in the past", LOCKED_UP),
        one_of(
            "outpatient",
            "既往门诊治疗",
            "Past outpatient treatment",
            numbered(("未治", "none"), ("间断门诊治疗", "intermittent"), ("连续门诊治疗", "continuous")),
        ),
        day(
            "antipsychotic_since",
            "首次抗精神病药治疗日期",
            "First antipsychotic",
            visible=answer("outpatient").is_in("2", "3"),
        ),
        number(
            "inpatient_times",
            "曾住精神专科医院次数",
            "Times in a psychiatric hospital",
            "次",
            (0, 200),
            measured=False,
        ),
        one_of("diagnosis", "目前诊断", "Current diagnosis", DISORDERS, required=True),
        words("diagnosis_hospital", "确诊医院", "Diagnosed at"),
        day("diagnosed_on", "确诊日期", "Diagnosed on"),
        one_of(
            "last_effect",
            "最近一次治疗效果",
            "Effect of the last treatment",
            numbered(("临床痊愈", "cured"), ("好转", "improved"), ("无变化", "no change"), ("加重", "worse")),
        ),
        *_dangers("past"),
        words("specialist_advice", "专科医生的意见", "The specialist's advice", length=500, carried=False),
        words("doctor", "医生签名", "Doctor", length=40, carried=False),
    ),
)

SUPPLEMENT = Form(
    id="mental.severe.supplement",
    version=1,
    title=Text("严重精神障碍患者个人信息补充表", "Severe mental disorder: supplement"),
    sections=(GUARDIAN, CONSENT, HISTORY),
    checks=(
        Check(
            "onset_before_diagnosis",
            answer("first_onset_on") <= answer("diagnosed_on"),
            Text(
                "确诊日期早于初次发病日期，请核对。", "The diagnosis is before the first onset: please check."
            ),
            hard=False,
            field="diagnosed_on",
        ),
    ),
    source=SOURCE,
)

SEEN = answer("result").equals("1")

MEETING = Section(
    "meeting",
    Text("随访", "Visit"),
    (
        one_of(
            "mode",
            "随访方式",
            "Mode",
            numbered(("门诊", "clinic"), ("家庭", "home"), ("电话", "telephone")),
            required=True,
        ),
        one_of(
            "result",
            "本次是否随访到",
            "Was the patient followed",
            numbered(("随访到", "yes"), ("失访", "not found"), ("死亡", "has died")),
            required=True,
            carried=False,
        ),
        one_of(
            "lost_reason",
            "失访原因",
            "Why not found",
            numbered(
                ("外出打工", "works elsewhere"),
                ("迁居他处", "has moved"),
                ("走失", "has strayed"),
                ("连续3次未到访", "did not come three times"),
                ("其他", "other"),
            ),
            visible=answer("result").equals("2"),
            required=answer("result").equals("2"),
            carried=False,
        ),
        day("died_on", "死亡日期", "Died on", visible=answer("result").equals("3"), carried=False),
        one_of(
            "death_cause",
            "死亡原因",
            "Cause of death",
            numbered(
                ("躯体疾病", "physical illness"),
                ("自杀", "suicide"),
                ("他杀", "homicide"),
                ("意外", "accident"),
                ("精神疾病相关并发症", "complication of the disorder"),
                ("其他", "other"),
            ),
            visible=answer("result").equals("3"),
            required=answer("result").equals("3"),
            carried=False,
        ),
    ),
)

RISK = coded(
    ("0", "无以下行为", "none of the others"),
    ("1", "口头威胁、喊叫，无打砸", "threats and shouting, no smashing"),
    ("2", "打砸限家中、针对财物，能劝阻", "smashes things at home, can be stopped"),
    ("3", "明显打砸不分场合、针对财物，不能劝阻", "smashes things anywhere, cannot be stopped"),
    (
        "4",
        "持续打砸，针对财物或人，不能劝阻（含自伤、自杀）",
        "goes on, at things or people (or self)",
    ),
    ("5", "持械暴力，或纵火、爆炸等", "violence with a weapon, arson, explosion"),
)


def _function(name: str, zh: str, en: str) -> Field:
    return one_of(name, zh, en, GOOD_FAIR_POOR, required=SEEN)


STATE = Section(
    "state",
    Text("目前情况", "Present state"),
    (
        # Judged at each visit: neither is ever taken over.
        one_of("risk", "危险性评估", "Risk", RISK, required=SEEN, measured=True),
        several_of("symptoms", "目前症状", "Symptoms", numbered(*SYMPTOMS), carried=False),
        one_of(
            "symptom_state",
            "精神症状总体",
            "Symptoms as a whole",
            numbered(("基本消失", "basically gone"), ("部分存在", "partly there"), ("明显", "obvious")),
            required=SEEN,
            measured=True,
        ),
        one_of(
            "insight",
            "自知力",
            "Insight",
            numbered(("完全", "full"), ("不全", "partial"), ("缺失", "lost")),
            required=SEEN,
            measured=True,
        ),
        one_of("sleep", "睡眠情况", "Sleep", GOOD_FAIR_POOR),
        one_of("diet", "饮食情况", "Diet", GOOD_FAIR_POOR),
        _function("self_care", "个人生活料理", "Self-care"),
        _function("housework", "家务劳动", "Housework"),
        one_of(
            "work",
            "生产劳动及工作",
            "Work",
            (*GOOD_FAIR_POOR, Choice("9", Text("此项不适用", "does not apply"))),
            required=SEEN,
        ),
        _function("learning", "学习能力", "Learning"),
        _function("interpersonal", "社会人际交往", "With other people"),
        *_dangers("since"),
        one_of("locked_up", "两次随访期间关锁情况", "Locked up since the last visit", LOCKED_UP),
        one_of(
            "hospitalised",
            "两次随访期间住院情况",
            "In hospital since the last visit",
            coded(
                ("0", "未住院", "no"),
                ("1", "目前正在住院", "is now"),
                ("2", "曾住院，现未住院", "was, not now"),
            ),
            carried=False,
        ),
        day("discharged_on", "末次出院日期", "Last discharge", visible=answer("hospitalised").equals("2")),
    ),
    visible=SEEN,
)

TREATMENT = Section(
    "treatment",
    Text("治疗与康复", "Treatment and rehabilitation"),
    (
        words("laboratory", "实验室检查", "Laboratory", length=300, carried=False),
        one_of(
            "medication_adherence",
            "用药依从性",
            "Medication adherence",
            numbered(
                ("按医嘱规律用药", "regular"),
                ("间断用药", "intermittent"),
                ("不用药", "takes none"),
                ("医嘱无需用药", "none ordered"),
            ),
            required=True,
        ),
        one_of(
            "adverse_reaction",
            "药物不良反应",
            "Adverse reaction",
            numbered(("无", "none"), ("有", "yes"), ("此项不适用", "does not apply")),
            required=True,
        ),
        words(
            "adverse_reaction_text",
            "不良反应说明",
            "Which reaction",
            length=200,
            visible=answer("adverse_reaction").equals("2"),
            carried=False,
        ),
        yes_no(
            "serious_reaction",
            "不良反应是否严重",
            "The reaction is serious",
            visible=answer("adverse_reaction").equals("2"),
        ),
        yes_no("serious_illness", "是否有严重躯体疾病", "A serious physical illness"),
        one_of(
            "effect",
            "治疗效果",
            "Effect",
            numbered(
                ("痊愈", "cured"),
                ("好转", "improved"),
                ("无变化", "no change"),
                ("加重", "worse"),
                ("此项不适用", "does not apply"),
            ),
            carried=False,
        ),
        Field(
            "drugs",
            Text("用药情况", "Drugs"),
            FieldType.ROWS,
            fields=(
                words("name", "药物名称", "Drug", length=60, carried=False),
                words("times", "用法（每日或每月几次）", "Times a day or month", length=30, carried=False),
                words("dose", "每次剂量（mg）", "Each time (mg)", length=30, carried=False),
            ),
            most=6,
            carried=True,
        ),
        several_of(
            "rehabilitation",
            "康复措施",
            "Rehabilitation",
            numbered(
                ("生活劳动能力", "daily life"),
                ("职业训练", "vocational"),
                ("学习能力", "learning"),
                ("社会交往", "social"),
                ("其他", "other"),
            ),
        ),
    ),
    visible=SEEN,
)

PLAN = Section(
    "plan",
    Text("分类与处置", "Class and plan"),
    (
        one_of(
            "class",
            "本次随访分类",
            "Class of this visit",
            numbered(("不稳定", "unstable"), ("基本稳定", "basically stable"), ("稳定", "stable")),
            assessed="class",
            hint=Text("留空则按规则分类", "left empty, the rules classify"),
        ),
        words("referral_reason", "转诊原因", "Reason of referral", length=200, carried=False),
        words("referral_to", "转诊机构及科别", "Referred to", carried=False),
        day("next_visit_on", "下次随访日期", "Next visit", assessed="next_visit_on"),
        words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
    ),
)

FOLLOW_UP = Form(
    id="mental.severe.follow_up",
    version=1,
    title=Text("严重精神障碍患者随访服务记录表", "Severe mental disorder: follow-up"),
    sections=(MEETING, STATE, TREATMENT, PLAN),
    checks=(
        Check(
            "next_after_this",
            answer("next_visit_on") > performed_on,
            Text("下次随访日期须晚于本次随访日期。", "The next visit must be after this one."),
            field="next_visit_on",
        ),
        Check(
            "died_by_now",
            answer("died_on") <= performed_on,
            Text("死亡日期不能晚于随访日期。", "The death cannot be after the visit."),
            field="died_on",
        ),
    ),
    rule="assess",
    outcomes=tuple(Choice(code, title) for code, title in OUTCOMES.items()),
    source=SOURCE,
)

EMERGENCY = Form(
    id="mental.severe.emergency",
    version=1,
    title=Text("严重精神障碍患者应急处置记录", "Severe mental disorder: emergency"),
    sections=(
        Section(
            "emergency",
            Text("应急处置", "Emergency"),
            (
                Field("called_at", Text("接报时间", "Called at"), FieldType.MOMENT),
                one_of("risk", "危险性评估", "Risk", RISK, required=True, measured=True),
                several_of(
                    "reasons",
                    "处置原因",
                    "Why",
                    numbered(
                        ("伤人或有伤人危险", "hurts others, or may"),
                        ("自伤、自杀或有危险", "hurts self, or may"),
                        ("毁物、扰乱秩序", "smashes, disturbs"),
                        ("急性或严重药物不良反应", "acute or serious reaction"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                several_of(
                    "present",
                    "参加处置人员",
                    "Who took part",
                    numbered(
                        ("精神科医生", "psychiatrist"),
                        ("基层医生", "primary doctor"),
                        ("民警", "police"),
                        ("村（居）委会", "committee"),
                        ("监护人", "guardian"),
                    ),
                    required=True,
                    carried=False,
                ),
                yes_no("police_told", "是否报告公安机关", "Reported to the police", required=True),
                words("measures", "处置措施", "What was done", length=500, required=True, carried=False),
                one_of(
                    "result",
                    "处置结果",
                    "Result",
                    numbered(
                        ("住院治疗", "admitted"),
                        ("门诊或留观治疗", "treated as outpatient or observed"),
                        ("现场缓解，居家观察", "calmed, watched at home"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                words(
                    "hospital",
                    "收治医院",
                    "Hospital",
                    visible=answer("result").is_in("1", "2"),
                    carried=False,
                ),
                words("doctor", "记录人", "Recorded by", length=40, carried=False),
            ),
        ),
    ),
    source=SOURCE,
)
