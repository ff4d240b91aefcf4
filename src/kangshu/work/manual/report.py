"""The page of a statistical report: who owes it, when, what is asked and which figures it gives."""

from __future__ import annotations

from kangshu.declare.report import Periodicity, Report
from kangshu.declare.units import unit_in
from kangshu.work.manual.forms import form_page
from kangshu.work.manual.markdown import Tongue, page, table

PERIODICITY = {
    Periodicity.MONTH: ("每月", "every month"),
    Periodicity.QUARTER: ("每季度", "every quarter"),
    Periodicity.YEAR: ("每年", "every year"),
}


def report_page(report: Report, tongue: Tongue) -> str:
    """The whole page, as Markdown."""
    days = report.due_working_days
    facts = [
        [
            tongue.say("标识", "Id"),
            tongue.say(f"`{report.id}` 第{report.version}版", f"`{report.id}` version {report.version}"),
        ],
        [tongue.say("周期", "Period"), tongue.say(*PERIODICITY[report.periodicity])],
        [
            tongue.say("报送时限", "Due"),
            tongue.say(f"期末后{days}个工作日内", f"within {days} working days after the period"),
        ],
        [tongue.say("填报机构类别", "Owed by"), "、".join(sorted(report.institution_kinds))],
        [tongue.say("依据", "Source"), report.source],
    ]
    heads = [
        tongue.say("指标", "Figure"),
        tongue.say("标识", "Id"),
        tongue.say("单位", "Unit"),
        tongue.say("字段", "Field"),
        tongue.say("又称", "Also called"),
        tongue.say("可对照的记录", "Records that say the same"),
    ]
    figures = [
        [
            tongue.text(each.title),
            f"`{each.indicator}`",
            unit_in(each.unit, tongue.code),
            f"`{each.field}`",
            "、".join(each.aliases),
            f"`{each.form}`" if each.form else "",
        ]
        for each in report.figures
    ]
    return page(
        f"# {tongue.text(report.title)}",
        table(["", ""], [row for row in facts if row[1]]),
        tongue.say("## 上报数字", "## Reported figures"),
        table(heads, figures),
        tongue.say("## 表单", "## Form"),
        form_page(report.form, tongue),
    )
