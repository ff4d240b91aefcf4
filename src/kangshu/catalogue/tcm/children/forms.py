"""TCM for children: what was taught at 6, 12, 18, 24, 30 and 36 months (norms A11.2)."""

from __future__ import annotations

from kangshu.catalogue.asking import one_of, several_of, words
from kangshu.catalogue.tcm.children.wording import OUTCOMES
from kangshu.declare import Choice, Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "国家基本公共卫生服务规范（第三版）2017，0～36个月儿童中医药健康管理服务规范；norms A11.2"

GUIDANCE = Form(
    id="tcm.children.guidance",
    version=1,
    title=Text("0～36个月儿童中医药健康管理服务记录表", "TCM for children of 0 to 36 months"),
    sections=(
        Section(
            "guidance",
            Text("中医药健康指导", "Advice and techniques"),
            (
                several_of(
                    "advice",
                    "指导内容",
                    "Advice on",
                    numbered(
                        ("饮食调养", "diet"),
                        ("起居活动", "daily life"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                words(
                    "advice_other",
                    "其他指导",
                    "Other advice",
                    visible=answer("advice").includes("3"),
                    carried=False,
                ),
                several_of(
                    "techniques",
                    "向家长传授的方法",
                    "Techniques taught to the parents",
                    numbered(
                        ("摩腹、捏脊（6、12月龄）", "abdomen rubbing, spine pinching (6, 12 months)"),
                        ("按揉迎香、足三里（18、24月龄）", "Yingxiang and Zusanli massage (18, 24 months)"),
                        ("按揉四神聪（30、36月龄）", "Sishencong massage (30, 36 months)"),
                        ("未传授", "none"),
                    ),
                    alone="4",
                    required=True,
                    carried=False,
                ),
                one_of(
                    "taught_to",
                    "传授对象",
                    "Taught to",
                    numbered(
                        ("母亲", "mother"),
                        ("父亲", "father"),
                        ("祖父母", "grandparent"),
                        ("其他", "other"),
                    ),
                ),
                words("doctor", "服务医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    rule="assess",
    outcomes=tuple(Choice(code, title) for code, title in OUTCOMES.items()),
    source=SOURCE,
)
