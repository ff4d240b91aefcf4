"""Opening the record to its own person 健康档案向个人开放: the resident consents on their own page or on
paper at the clinic, and takes it back the same way. The latest consent holds."""

from __future__ import annotations

from kangshu.catalogue.asking import one_of, words
from kangshu.declare import Form, Section, Text, numbered

OPENING_ID = "records.opening"

OPENING = Form(
    id=OPENING_ID,
    version=1,
    title=Text("健康档案向本人开放知情同意书", "Consent to the opening of the own record"),
    sections=(
        Section(
            "opening",
            Text("知情同意", "Consent"),
            (
                one_of(
                    "agreed",
                    "本人（监护人）意见",
                    "The resident (guardian)",
                    numbered(
                        ("同意开放", "agrees"), ("不同意或撤回同意", "does not agree, or takes it back")
                    ),
                    required=True,
                    carried=False,
                ),
                one_of(
                    "given",
                    "方式",
                    "How",
                    numbered(
                        ("本人网上确认", "on the own page"),
                        ("本人书面", "on paper"),
                        ("监护人代为同意", "by the guardian"),
                    ),
                    required=True,
                    carried=False,
                ),
                words("note", "备注", "Remark", carried=False),
            ),
        ),
    ),
    source="norms A1.5（电子健康档案向个人开放率）；个人信息保护法第四十五条",
)
