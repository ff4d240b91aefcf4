"""The page of a capability: what it is for, whom it concerns, what is due, asked, decided and counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kangshu.declare import Capability, DatedValue, Example, Indicator, Parameter, registry
from kangshu.declare.expression import Expression, assessment
from kangshu.declare.form import Field, Form
from kangshu.declare.schedule import Interval, Step, Window
from kangshu.declare.units import unit_in
from kangshu.declare.wording import words
from kangshu.kernel.dates import age_on
from kangshu.work.manual.forms import form_page
from kangshu.work.manual.markdown import Tongue, page, table


def capability_page(capability: Capability, tongue: Tongue) -> str:
    """The whole page, as Markdown."""
    return page(
        f"# {tongue.text(capability.title)}",
        tongue.text(capability.purpose),
        _facts(capability, tongue),
        _states(capability, tongue),
        _schedule(capability, tongue),
        _decisions(capability, tongue),
        _examples(capability, tongue),
        tongue.say("## 表单", "## Forms") if capability.forms else "",
        *(form_page(form, tongue) for form in capability.forms),
        _parameters(capability, tongue),
        _indicators(capability, tongue),
    )


def _facts(capability: Capability, tongue: Tongue) -> str:
    rows = [
        [tongue.say("服务对象", "For"), tongue.text(capability.subject)],
        [tongue.say("依据", "Source"), capability.source],
        [
            tongue.say("标识", "Id"),
            tongue.say(
                f"`{capability.id}` 第{capability.version}版",
                f"`{capability.id}` version {capability.version}",
            ),
        ],
        [tongue.say("对应事项", "Answers"), _rows(capability, tongue)],
        [tongue.say("纳入条件", "Who may be enrolled"), _eligible(capability, tongue)],
        [
            tongue.say("发现途径", "Found by"),
            "\n".join(tongue.text(opening.title) for opening in capability.opens_on),
        ],
        [tongue.say("共用表单", "Shares"), "\n".join(_form_title(id, tongue) for id in capability.shares)],
        [tongue.say("保密范围", "Confidentiality"), capability.confidentiality],
    ]
    return table(["", ""], [row for row in rows if row[1]])


def _rows(capability: Capability, tongue: Tongue) -> str:
    note = tongue.text(capability.row_note)
    rows = "、".join(capability.rows)
    return f"{rows} ({note})" if note and rows else rows


def _eligible(capability: Capability, tongue: Tongue) -> str:
    return "" if capability.eligible is None else words(capability.eligible, tongue.code)


def _form_title(id: str, tongue: Tongue) -> str:
    return f"{tongue.text(registry.form(id).title)} `{id}`"


def _form(id: str) -> Form:
    return registry.form(id)


# ---------------------------------------------------------------- states and schedule


def _states(capability: Capability, tongue: Tongue) -> str:
    states = capability.states
    if states is None:
        return ""
    names = {state.id: tongue.text(state.title) for state in states.states}
    moves: dict[tuple[str, str], list[str]] = {}
    for move in states.transitions:
        moves.setdefault((move.from_state, move.to_state), []).append(tongue.text(move.title))
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{name}" as {id}' for id, name in names.items()]
    lines.append(f"    [*] --> {states.initial}")
    joined = tongue.say("、", ", ")
    lines += [f"    {first} --> {last}: {joined.join(titles)}" for (first, last), titles in moves.items()]
    lines += [f"    {state.id} --> [*]" for state in states.states if not state.is_open]
    return page(tongue.say("## 状态", "## States"), "```mermaid\n" + "\n".join(lines) + "\n```")


def _schedule(capability: Capability, tongue: Tongue) -> str:
    steps = capability.schedule.steps
    if not steps:
        return ""
    heads = [
        tongue.say("何时", "After"),
        tongue.say("可做", "Opens"),
        tongue.say("应于", "Due"),
        tongue.say("由谁完成", "Fulfilled by"),
    ]
    parts = []
    for step in steps:
        title = f"### {tongue.text(step.title)}"
        form = _form_title(step.form, tongue)
        often = (
            ""
            if step.per_year is None
            else tongue.say(f"每年至少{step.per_year}次。", f"At least {step.per_year} a year.")
        )
        about = " ".join(part for part in (form, often, _asked_of(step, tongue), step.source) if part)
        parts.append(page(title, about, table(heads, _windows(step, tongue))))
    return page(tongue.say("## 时间安排", "## Schedule"), *parts)


def _windows(step: Step, tongue: Tongue) -> list[list[str]]:
    form = _form(step.form)
    counts = _any_record(step.counts, form, tongue)
    start = tongue.say("建档", "enrolment")
    if step.begins is not None:
        start = tongue.text(_form(step.begins.form).title)
        if step.begins.when is not None:
            start += f" ({words(step.begins.when, tongue.code, _form(step.begins.form))})"
    if step.origin is not None:
        start = words(step.origin, tongue.code)
    firsts = step.series or ((step.first,) if step.first is not None else ())
    rows = [_window(start, window, counts, tongue) for window in firsts]
    for branch in step.branches:
        rows.append(
            _window(
                tongue.text(branch.title),
                branch.window,
                _any_record(branch.fulfilled_by, form, tongue),
                tongue,
            )
        )
    if step.repeat is not None:
        rows.append(_window(tongue.say("上一次", "the one before"), step.repeat, counts, tongue))
    return rows


def _asked_of(step: Step, tongue: Tongue) -> str:
    """Of which cases a step is asked, and until when."""
    said = []
    if step.when is not None:
        asked = words(step.when, tongue.code)
        said.append(tongue.say(f"仅当{asked}。", f"Only when {asked}."))
    if step.until is not None:
        end = words(step.until, tongue.code)
        said.append(tongue.say(f"至{end}为止。", f"Until {end}."))
    return " ".join(said)


def _any_record(condition: Expression | None, form: Form, tongue: Tongue) -> str:
    return tongue.say("任何一次", "any") if condition is None else words(condition, tongue.code, form)


def _window(after: str, window: Window, fulfilled_by: str, tongue: Tongue) -> list[str]:
    return [after, _interval(window.opens, tongue), _interval(window.due, tongue), fulfilled_by]


def _interval(interval: Interval, tongue: Tongue) -> str:
    parts = [
        tongue.say(f"{count}{zh}", f"{count} {en if count == 1 else en + 's'}")
        for count, zh, en in (
            (interval.years, "年", "year"),
            (interval.months, "个月", "month"),
            (interval.weeks, "周", "week"),
            (interval.days, "天", "day"),
            (interval.hours, "小时", "hour"),
            (interval.working_days, "个工作日", "working day"),
        )
        if count
    ]
    return tongue.say("", " ").join(parts) or tongue.say("当天", "at once")


# ---------------------------------------------------------------- decisions and examples


def _decisions(capability: Capability, tongue: Tongue) -> str:
    if not capability.decisions:
        return ""
    heads = [tongue.say("情况", "When"), tongue.say("处置", "Then"), tongue.say("条款", "Clause")]
    rows = [
        [tongue.text(each.condition), tongue.text(each.outcome), each.clause] for each in capability.decisions
    ]
    note = tongue.say("自上而下，先符合者为准。", "From the top down; the first line that holds counts.")
    return page(tongue.say("## 判定规则", "## Decisions"), note, table(heads, rows))


def _examples(capability: Capability, tongue: Tongue) -> str:
    if not capability.examples:
        return ""
    heads = [
        tongue.say("例", "Example"),
        tongue.say("对象", "Who"),
        tongue.say("此前", "Before"),
        tongue.say("本次", "This time"),
        tongue.say("结果", "Outcome"),
        tongue.say("条款", "Clause"),
    ]
    rows = [
        [
            tongue.text(example.title),
            _who(example, tongue),
            "\n".join(_past(visit, _form(example.form), tongue) for visit in example.earlier),
            _values(example.answers, _form(example.form), tongue),
            tongue.say("拒绝：", "refused: ") + example.refused
            if example.refused
            else _values(example.expected, _form(example.form), tongue),
            example.clause,
        ]
        for example in capability.examples
    ]
    note = tongue.say("每一例都是一项自动测试。", "Every example is a test that runs.")
    return page(tongue.say("## 示例", "## Examples"), note, table(heads, rows))


def _who(example: Example, tongue: Tongue) -> str:
    sex = {"1": tongue.say("男", "man"), "2": tongue.say("女", "woman")}.get(
        example.person.get("sex", ""), ""
    )
    birth = example.person.get("birth_date")
    if birth is None:
        return sex
    age = age_on(date.fromisoformat(birth), example.performed_on)
    return tongue.say(f"{sex}，{age}岁", f"{sex}, {age}".strip(", "))


def _past(visit: Mapping[str, Any], form: Form, tongue: Tongue) -> str:
    return f"{visit['performed_on']}: {_values(visit.get('answers', {}), form, tongue)}"


def _values(values: Mapping[str, Any], form: Form, tongue: Tongue) -> str:
    """Answers and outcomes in words, a pressure as one writes it."""
    rest = dict(values)
    parts = []
    if "sbp" in rest and "dbp" in rest:
        parts.append(f"{rest.pop('sbp')}/{rest.pop('dbp')}")
    fields = {field.name: field for field in form.fields}
    for name, value in rest.items():
        field = fields.get(name)
        title = words(assessment(name), tongue.code) if field is None else tongue.text(field.title)
        parts.append(f"{title}: {_value(value, field, form, tongue)}")
    return tongue.say("；", "; ").join(parts)


def _value(value: Any, field: Field | None, form: Form, tongue: Tongue) -> str:
    if isinstance(value, list):
        return tongue.say("、", ", ").join(_value(item, field, form, tongue) for item in value)
    if isinstance(value, bool):
        return tongue.say("是" if value else "否", "yes" if value else "no")
    choice = form.outcome(str(value)) if field is None else field.choice(str(value))
    return str(value) if choice is None else tongue.text(choice.title)


# ---------------------------------------------------------------- parameters and indicators


def _parameters(capability: Capability, tongue: Tongue) -> str:
    if not capability.parameters:
        return ""
    heads = [
        tongue.say("参数", "Parameter"),
        tongue.say("标识", "Id"),
        tongue.say("取值", "Value"),
        tongue.say("由县定", "Set by the county"),
        tongue.say("条款", "Clause"),
    ]
    rows = [
        [
            tongue.text(parameter.title),
            f"`{parameter.id}`",
            "\n".join(_dated(value, parameter, tongue) for value in parameter.values),
            tongue.say("是", "yes") if parameter.local else "",
            parameter.source,
        ]
        for parameter in capability.parameters
    ]
    return page(tongue.say("## 参数", "## Parameters"), table(heads, rows))


def _dated(value: DatedValue, parameter: Parameter, tongue: Tongue) -> str:
    amount = f"{value.value} {unit_in(parameter.unit, tongue.code)}"
    return tongue.say(f"{value.from_on}起 {amount}", f"from {value.from_on} {amount}")


def _indicators(capability: Capability, tongue: Tongue) -> str:
    if not capability.indicators:
        return ""
    return page(
        tongue.say("## 指标", "## Indicators"), *(_indicator(each, tongue) for each in capability.indicators)
    )


def _indicator(indicator: Indicator, tongue: Tongue) -> str:
    form = _form(indicator.form) if indicator.form else None
    lower = indicator.denominator if indicator.denominator is not None else indicator.estimate
    rows = [
        [
            tongue.say("分子", "Numerator"),
            tongue.text(indicator.numerator_words),
            words(indicator.numerator, tongue.code, form),
        ],
        [
            tongue.say("分母", "Denominator"),
            tongue.text(indicator.denominator_words),
            "" if lower is None else words(lower, tongue.code, form),
        ],
    ]
    heads = ["", tongue.say("规范用语", "In the norm's words"), tongue.say("准确定义", "Exactly")]
    about = [
        f"`{indicator.id}`",
        tongue.say(f"第{indicator.version}版", f"version {indicator.version}"),
        unit_in(indicator.unit, tongue.code),
    ]
    if indicator.aliases:
        about.append(tongue.say("又称：", "also called ") + "、".join(indicator.aliases))
    if indicator.source:
        about.append(indicator.source)
    return page(
        f"### {tongue.text(indicator.title)}",
        " · ".join(about),
        table(heads, [row for row in rows if row[1] or row[2]]),
    )
