"""A form in the manual: every question with its codes, limits and conditions."""

from __future__ import annotations

from kangshu.declare.expression import Expression
from kangshu.declare.form import Field, FieldType, Form, Range, Section
from kangshu.declare.units import unit_in
from kangshu.declare.wording import words
from kangshu.work.manual.markdown import Tongue, page, table

TYPES = {
    FieldType.INTEGER: ("整数", "whole number"),
    FieldType.DECIMAL: ("小数", "number"),
    FieldType.TEXT: ("文字", "text"),
    FieldType.LONG_TEXT: ("长文字", "long text"),
    FieldType.DATE: ("日期", "date"),
    FieldType.CHOICE: ("单选", "one of"),
    FieldType.CHOICES: ("多选", "several of"),
    FieldType.YES_NO: ("是/否", "yes/no"),
    FieldType.COMPUTED: ("计算", "computed"),
    FieldType.ROWS: ("多行", "rows"),
    FieldType.MOMENT: ("日期时间", "day and time"),
}


def form_page(form: Form, tongue: Tongue) -> str:
    """A chapter about one form."""
    version = tongue.say(f"`{form.id}` 第{form.version}版", f"`{form.id}` version {form.version}")
    return page(
        f"### {tongue.text(form.title)}",
        f"{version} · {form.source}",
        *(_section(section, form, tongue) for section in form.sections),
        _checks(form, tongue),
    )


def _section(section: Section, form: Form, tongue: Tongue) -> str:
    heads = [
        tongue.say("项目", "Question"),
        tongue.say("字段", "Field"),
        tongue.say("类型", "Type"),
        tongue.say("代码", "Codes"),
        tongue.say("范围", "Limits"),
        tongue.say("条件", "When"),
        tongue.say("说明", "Notes"),
    ]
    rows = [
        [
            tongue.text(field.title) if field is asked else f"　· {tongue.text(field.title)}",
            f"`{field.name}`" if field is asked else f"`{asked.name}[].{field.name}`",
            _type(field, tongue),
            _codes(field, tongue),
            _limits(field, tongue),
            _conditions(field, form, tongue),
            _notes(field, form, tongue),
        ]
        for asked in section.fields
        for field in (asked, *asked.fields)
    ]
    title = f"#### {tongue.text(section.title)}"
    shown = ""
    if section.visible is not None:
        condition = words(section.visible, tongue.code, form)
        shown = tongue.say(f"仅当：{condition}", f"Only when: {condition}")
    return page(title, shown, table(heads, rows))


def _type(field: Field, tongue: Tongue) -> str:
    kind = tongue.say(*TYPES[field.type])
    return f"{kind} ({unit_in(field.unit, tongue.code)})" if field.unit else kind


def _codes(field: Field, tongue: Tongue) -> str:
    codes = "\n".join(f"{choice.code} {tongue.text(choice.title)}" for choice in field.choices)
    if field.exclusive:
        alone = "、".join(sorted(field.exclusive))
        codes += "\n" + tongue.say(f"（{alone} 与其他互斥）", f"({alone} excludes the others)")
    return codes


def _limits(field: Field, tongue: Tongue) -> str:
    parts = []
    if field.hard is not None:
        parts.append(tongue.say(f"拒收：{_range(field.hard)}之外", f"refused outside {_range(field.hard)}"))
    if field.soft is not None:
        parts.append(
            tongue.say(f"提醒：{_range(field.soft)}之外", f"asked again outside {_range(field.soft)}")
        )
    if field.max_length is not None:
        parts.append(tongue.say(f"至多{field.max_length}字", f"at most {field.max_length} characters"))
    return "\n".join(parts)


def _range(limits: Range) -> str:
    if limits.least is None:
        return f"≤ {limits.greatest}"
    if limits.greatest is None:
        return f"≥ {limits.least}"
    return f"{limits.least}–{limits.greatest}"


def _conditions(field: Field, form: Form, tongue: Tongue) -> str:
    parts = []
    if field.required is True:
        parts.append(tongue.say("必填", "required"))
    elif isinstance(field.required, Expression):
        condition = words(field.required, tongue.code, form)
        parts.append(tongue.say(f"必填，若{condition}", f"required if {condition}"))
    if field.visible is not None:
        condition = words(field.visible, tongue.code, form)
        parts.append(tongue.say(f"仅当{condition}", f"only if {condition}"))
    return "\n".join(parts)


def _notes(field: Field, form: Form, tongue: Tongue) -> str:
    parts = [tongue.text(field.hint)] if field.hint else []
    if field.expression is not None:
        parts.append("= " + words(field.expression, tongue.code, form))
    if field.assessed:
        parts.append(tongue.say("留空则由规则填入", "filled by the rule when left empty"))
    if field.measured:
        parts.append(tongue.say("测量值，从不预填", "measured, never prefilled"))
    if field.de:
        parts.append(field.de)
    return "\n".join(parts)


def _checks(form: Form, tongue: Tongue) -> str:
    rows = [
        [
            words(check.holds, tongue.code, form),
            tongue.say("拒收", "refused") if check.hard else tongue.say("提醒", "asked again"),
            tongue.text(check.message),
        ]
        for check in form.checks
    ]
    heads = [
        tongue.say("应成立", "Must hold"),
        tongue.say("否则", "Otherwise"),
        tongue.say("提示", "Message"),
    ]
    return page(tongue.say("#### 逻辑核对", "#### Checks"), table(heads, rows)) if rows else ""
