"""Referring a suspect to the designated hospital, and asking whether they arrived (norms A10)."""

from __future__ import annotations

from kangshu.catalogue.asking import one_of, several_of, words
from kangshu.catalogue.tuberculosis.suspects.wording import ARRIVALS, REFERRALS
from kangshu.declare import Choice, Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "国家基本公共卫生服务规范（第三版）2017，肺结核患者健康管理服务规范；norms A10"

REFERRAL = Form(
    id="tuberculosis.referral",
    version=1,
    title=Text("肺结核可疑症状者推介转诊单", "TB suspect: referral"),
    sections=(
        Section(
            "symptoms",
            Text("可疑症状", "Suspicious symptoms"),
            (
                several_of(
                    "symptoms",
                    "症状",
                    "Symptoms",
                    numbered(
                        ("咳嗽、咳痰2周及以上", "cough or sputum for two weeks or more"),
                        ("咯血或血痰", "haemoptysis or blood in the sputum"),
                        ("发热", "fever"),
                        ("夜间盗汗", "night sweats"),
                        ("胸痛", "chest pain"),
                        ("不明原因体重下降", "weight loss without a cause"),
                        ("以上均无", "none of these"),
                    ),
                    alone="7",
                    required=True,
                    carried=False,
                ),
                words("symptoms_text", "症状说明", "More about them", length=200, carried=False),
                words(
                    "referral_to",
                    "推介转诊到（定点医疗机构）",
                    "Referred to (designated hospital)",
                    required=answer("symptoms").includes_any("1", "2", "3", "4", "5", "6"),
                    carried=False,
                ),
                words("doctor", "转诊医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    rule="suspect",
    outcomes=tuple(Choice(code, title) for code, title in REFERRALS.items()),
    source=SOURCE,
)

ARRIVAL = Form(
    id="tuberculosis.arrival",
    version=1,
    title=Text("肺结核可疑症状者转诊追踪", "TB suspect: did they arrive"),
    sections=(
        Section(
            "arrival",
            Text("追踪结果", "What came of it"),
            (
                one_of(
                    "arrived",
                    "是否已到定点医疗机构就诊",
                    "Went to the designated hospital",
                    numbered(("已就诊", "yes"), ("未就诊", "no")),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "result",
                    "就诊结果",
                    "Result",
                    numbered(("确诊肺结核", "confirmed"), ("排除", "excluded"), ("尚无结果", "none yet")),
                    visible=answer("arrived").equals("1"),
                    required=answer("arrived").equals("1"),
                    carried=False,
                ),
                words(
                    "reason",
                    "未就诊原因与督促情况",
                    "Why not, and what was said",
                    length=200,
                    visible=answer("arrived").equals("2"),
                    carried=False,
                ),
                words("doctor", "追踪人签名", "Asked by", length=40, carried=False),
            ),
        ),
    ),
    rule="arrival",
    outcomes=tuple(Choice(code, title) for code, title in ARRIVALS.items()),
    source=SOURCE,
)
