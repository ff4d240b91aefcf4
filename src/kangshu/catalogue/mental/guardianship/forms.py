"""Who watches over a patient, and the rounds they make together."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, one_of, several_of, words, yes_no
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Field, FieldType, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "严重精神障碍管理治疗工作规范（2018年版）：关爱帮扶小组；国家基本公共卫生服务规范（第三版）"

ROLES = numbered(
    ("村（居）干部", "cadre"),
    ("民警", "police"),
    ("村医（精防医生）", "village doctor"),
    ("监护人", "guardian"),
    ("邻居、网格员或志愿者", "neighbour or volunteer"),
)
# Coded as in the follow-up: the code is the grade.
RISK = coded(*((str(grade), f"{grade}级", f"grade {grade}") for grade in range(6)))

TEAMS = {
    "complete": said(
        "五人小组齐全", "All five are named", "按季度联合走访。", "Visit together every quarter."
    ),
    "incomplete": said(
        "五人小组不齐",
        "Not all five are named",
        "1个月内补齐缺少的成员。",
        "Name the missing within a month.",
    ),
}
ROUNDS = {
    "well": said("走访正常", "Nothing amiss", "3个月内再次联合走访。", "Visit again within 3 months."),
    "weak": said(
        "监护不到位",
        "Guardianship is weak",
        "落实监护责任，1个月内再次走访。",
        "Make the guardianship good; visit again within a month.",
    ),
    "alarm": said(
        "危险性3级及以上",
        "Risk 3 or more",
        "立即处置：通知民警和精神专科，24小时内填写应急处置记录，1周内再次走访。",
        "Act at once: police and psychiatrist; write the emergency record; visit again within a week.",
        refer=True,
        urgent=True,
    ),
    "absent": said(
        "未见到患者",
        "The patient was not met",
        "查明去向，1周内再次走访。",
        "Find out where they are; visit again within a week.",
    ),
}

TEAM = sheet(
    "mental.guardianship.team",
    Text("五人监护小组登记表", "Guardianship team of five"),
    "team",
    TEAMS,
    SOURCE,
    part(
        "team",
        "小组成员",
        "Members",
        Field(
            "members",
            Text("成员", "Members"),
            FieldType.ROWS,
            fields=(
                one_of("role", "角色", "Role", ROLES, required=True, carried=False),
                words("name", "姓名", "Name", length=40, required=True, carried=False),
                words("phone", "电话", "Telephone", length=20, carried=False),
            ),
            most=10,
            required=True,
            carried=True,
        ),
        yes_no("signed", "监护责任书已签订", "The guardian has signed", required=True),
        yes_no("reward", "已申请监护补助（以奖代补）", "Guardian's allowance applied for"),
    ),
)

MET = answer("met").equals(True)
ROUND = sheet(
    "mental.guardianship.round",
    Text("五人小组联合走访记录", "Joint round of the five"),
    "round_made",
    ROUNDS,
    SOURCE,
    part(
        "round",
        "走访",
        "Round",
        several_of("present", "参加人员", "Who took part", ROLES, required=True, carried=False),
        yes_no("met", "是否见到患者", "The patient was met", required=True),
        one_of("risk", "危险性评估", "Risk", RISK, visible=MET, required=MET, measured=True),
        yes_no("takes_drugs", "按医嘱服药", "Takes the drugs as ordered", visible=MET, required=MET),
        yes_no("guardian_able", "监护人能够履行监护", "The guardian can do it", required=True),
        yes_no("locked_up", "有无关锁", "Locked up", visible=MET),
        several_of(
            "needs",
            "发现的困难",
            "Needs found",
            numbered(
                ("服药就医", "treatment"),
                ("生活救助", "relief"),
                ("监护补助", "allowance"),
                ("康复就业", "rehabilitation"),
                ("家庭矛盾", "family"),
                ("无", "none"),
            ),
            alone="6",
            carried=False,
        ),
        words("measures", "处理情况", "What was done", length=300, carried=False),
    ),
)
