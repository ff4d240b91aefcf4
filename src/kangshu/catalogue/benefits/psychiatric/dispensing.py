"""Free medicines at a re-examination, and the booking of the next one."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, day, number, one_of, words, yes_no
from kangshu.declare import (
    Begins,
    Check,
    Counts,
    Form,
    Indicator,
    Interval,
    Months,
    Section,
    Step,
    Text,
    Window,
)
from kangshu.declare.expression import answer, performed_on, records
from kangshu.declare.terms import IN_PERIOD

DRUGS = {
    "1": ("psychiatric.clozapine", Text("氯氮平片", "Clozapine tablets")),
    "2": ("psychiatric.risperidone", Text("利培酮片", "Risperidone tablets")),
    "3": ("psychiatric.olanzapine", Text("奥氮平片", "Olanzapine tablets")),
    "4": ("psychiatric.sulpiride", Text("舒必利片", "Sulpiride tablets")),
    "5": ("psychiatric.valproate", Text("丙戊酸钠片", "Sodium valproate tablets")),
}

DISPENSING = Form(
    id="benefits.psychiatric_dispensing",
    version=1,
    title=Text("精神专科复诊与免费发药", "Re-examination and free medicines"),
    sections=(
        Section(
            "visit",
            Text("复诊", "Re-examination"),
            (
                words("clinic", "精神专科门诊", "Outpatient clinic", length=60, required=True),
                yes_no("stable", "病情稳定", "Stable", required=True),
                words("adjustment", "用药调整", "Change of medicines", length=200, carried=False),
            ),
        ),
        Section(
            "medicine",
            Text("免费发药", "Free medicine"),
            (
                one_of(
                    "drug",
                    "药品",
                    "Medicine",
                    coded(*((code, title.zh, title.en) for code, (_, title) in DRUGS.items())),
                    required=True,
                ),
                number(
                    "boxes",
                    "发放盒数",
                    "Boxes",
                    "盒",
                    (1, 30),
                    (1, 6),
                    measured=False,
                    carried=False,
                    required=True,
                ),
                words("batch", "批号", "Batch", length=40, carried=False),
                words("receiver", "领药人", "Received by", length=40, required=True, carried=False),
                day("next_on", "预约复诊日期", "Next re-examination on", required=True, carried=False),
            ),
        ),
    ),
    checks=(
        Check(
            "booked_later",
            answer("next_on") > performed_on,
            Text("预约复诊日期应晚于本次。", "The next re-examination is after this one."),
            field="next_on",
        ),
    ),
    source="严重精神障碍患者免费服药（县级实施办法）",
)

DISPENSING_STEP = Step(
    id="dispensing",
    title=DISPENSING.title,
    form=DISPENSING.id,
    begins=Begins(DISPENSING.id),
    first=Window(Interval(days=21), Interval(months=1)),
    repeat=Window(Interval(days=21), Interval(months=1)),
    appointment="next_on",
)

ISSUES = (
    Indicator(
        id="benefits.psychiatric_free_medicine",
        version=1,
        title=Text("严重精神障碍患者免费服药人数", "People given free psychiatric medicines"),
        unit="人",
        numerator=records(DISPENSING.id).where(IN_PERIOD).exists(),
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内领到免费药品的人数", "people given medicines in the period"),
        aliases=("免费服药人数",),
        source="严重精神障碍患者免费服药（县级实施办法）",
    ),
    Indicator(
        id="benefits.psychiatric_boxes",
        version=1,
        title=Text("免费精神科药品发放盒数", "Boxes of free psychiatric medicines"),
        unit="盒",
        numerator=IN_PERIOD,
        total=answer("boxes"),
        counts=Counts.RECORDS,
        form=DISPENSING.id,
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内发放盒数", "boxes in the period"),
        source="严重精神障碍患者免费服药（县级实施办法）",
    ),
)
