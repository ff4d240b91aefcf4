"""Expressions in words, Chinese or English: the manual prints conditions with it, screens explain with
it.

`words(answer("sbp") >= 140)` gives “收缩压 ≥ 140”. Names of fields and codes come from the form the answer
belongs to; where the form is not known the field's name stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.declare import expression as e
from kangshu.declare import registry
from kangshu.declare.binding import form_of
from kangshu.declare.form import Form
from kangshu.declare.terms import IDIOMS
from kangshu.kernel.text import Text


@dataclass(frozen=True)
class Speaker:
    """The language spoken, the form whose fields `answer` names, and the day whose parameters are quoted."""

    language: str = "zh"
    form: Form | None = None
    on: date | None = None

    def say(self, zh: str, en: str) -> str:
        return en if self.language.startswith("en") else zh

    def text(self, text: Text) -> str:
        return text.in_language(self.language)


def words(node: e.Node, language: str = "zh", form: Form | None = None, *, on: date | None = None) -> str:
    """The expression as a phrase. `form` is the form whose answers it speaks of; `on` quotes the
    parameters' values in force that day."""
    return _phrase(node, Speaker(language, form, on))


def text(node: e.Node, form: Form | None = None, *, on: date | None = None) -> Text:
    """The expression in both languages."""
    return Text(words(node, "zh", form, on=on), words(node, "en", form, on=on))


def _phrase(node: e.Node, speaker: Speaker) -> str:
    idiom = IDIOMS.get(node) if isinstance(node, e.Expression) else None
    if idiom is not None:
        return speaker.text(idiom)
    return _PHRASES[type(node)](node, speaker)


def _inner(node: e.Node, speaker: Speaker) -> str:
    """In brackets where it would run into its neighbours."""
    phrase = _phrase(node, speaker)
    joined = isinstance(node, e.All | e.Any_) and len(node.parts) > 1 and node not in IDIOMS
    if joined or isinstance(node, e.Arithmetic | e.Choose):
        return speaker.say(f"（{phrase}）", f"({phrase})")
    return phrase


def _plain(value: Any, speaker: Speaker) -> str:
    if value is True or value is False:
        return speaker.say("是" if value else "否", "yes" if value else "no")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _coded(part: e.Node, value: Any, speaker: Speaker) -> str:
    """A code with its title, where the part is a field with codes."""
    if isinstance(part, e.Picked):
        inner = replace(speaker, form=_form(part.source))
        return _coded(part.value, value, inner)
    if isinstance(part, e.Answer) and speaker.form is not None and isinstance(value, str):
        for field in speaker.form.fields:
            choice = field.choice(value) if field.name == part.name else None
            if choice is not None:
                return speaker.say(f"“{speaker.text(choice.title)}”", f'"{speaker.text(choice.title)}"')
    if isinstance(part, e.AssessmentValue) and speaker.form is not None:
        fields = [field for field in speaker.form.fields if field.assessed == part.name]
        choice = fields[0].choice(str(value)) if fields else None
        if choice is not None:
            return speaker.say(f"“{speaker.text(choice.title)}”", f'"{speaker.text(choice.title)}"')
    if isinstance(part, e.PersonAttribute) and part.name == "sex" and value in ("1", "2"):
        return speaker.say("男" if value == "1" else "女", "male" if value == "1" else "female")
    return _plain(value, speaker)


def _form(source: e.Events) -> Form | None:
    id = form_of(source)
    if id is None:
        return None
    try:
        return registry.form(id)
    except registry.UnknownDeclaration:
        return None


# ---------------------------------------------------------------- leaves


def _answer(node: e.Answer, speaker: Speaker) -> str:
    if speaker.form is not None:
        for field in speaker.form.fields:
            if field.name == node.name:
                return speaker.text(field.title)
    return node.name


_ASSESSMENT = {
    "class": Text("随访分类", "class"),
    "action": Text("处置", "action"),
    "outcome": Text("判定结果", "outcome"),
}


def _assessment(node: e.AssessmentValue, speaker: Speaker) -> str:
    known = _ASSESSMENT.get(node.name)
    return node.name if known is None else speaker.text(known)


_ATTRIBUTES = {
    "sex": Text("性别", "sex"),
    "birth_date": Text("出生日期", "birth date"),
    "death_on": Text("死亡日期", "day of death"),
    "region": Text("居住地区", "region"),
    "opened_on": Text("建档日期", "day of enrolment"),
    "closed_on": Text("结案日期", "day of closing"),
    "closing_reason": Text("结案原因", "reason of closing"),
}


def _fact(node: e.CaseFact, speaker: Speaker) -> str:
    for capability in registry.capabilities():
        for fact in capability.facts:
            if fact.name == node.name:
                return speaker.text(fact.title)
    return node.name


def _parameter(node: e.ParameterValue, speaker: Speaker) -> str:
    try:
        found = registry.parameter(node.id)
    except registry.UnknownDeclaration:
        return node.id
    title = speaker.text(found.title)
    if speaker.on is None:
        return speaker.say(f"「{title}」", f"[{title}]")
    value = format(found.value_on(speaker.on), "f")
    return speaker.say(f"{value}（{title}）", f"{value} ({title})")


def _population(node: e.Population, speaker: Speaker) -> str:
    to = "" if node.age_to is None else str(node.age_to)
    zh = f"{node.age_from}～{to}岁" if to else f"{node.age_from}岁及以上" if node.age_from else ""
    en = (
        f" of {node.age_from} to {to} years"
        if to
        else f" of {node.age_from} and more"
        if node.age_from
        else ""
    )
    sex = {"1": Text("男性", " (men)"), "2": Text("女性", " (women)")}.get(node.sex or "")
    return speaker.say(
        f"{zh}{sex.zh if sex else ''}常住人口数", f"usual residents{en}{sex.en if sex else ''}"
    )


# ---------------------------------------------------------------- logic


def _joined(parts: tuple[e.Expression, ...], speaker: Speaker, zh: str, en: str) -> str:
    return speaker.say(f" {zh} ", f" {en} ").join(_inner(part, speaker) for part in parts)


def _all(node: e.All, speaker: Speaker) -> str:
    """With `x ≥ a and x ≤ b` said as one range."""
    if len(node.parts) == 2:
        least, greatest = node.parts
        if (
            isinstance(least, e.Compare)
            and isinstance(greatest, e.Compare)
            and (least.how, greatest.how) == ("ge", "le")
            and least.left == greatest.left
        ):
            part, first, last = (_inner(part, speaker) for part in (least.left, least.right, greatest.right))
            return speaker.say(f"{part}在{first}至{last}之间", f"{part} from {first} to {last}")
    return _joined(node.parts, speaker, "且", "and")


def _not(node: e.Not, speaker: Speaker) -> str:
    if isinstance(node.part, e.IsMissing):
        part = _inner(node.part.part, speaker)
        return speaker.say(f"有{part}", f"{part} is known")
    return speaker.say(f"并非（{_phrase(node.part, speaker)}）", f"not ({_phrase(node.part, speaker)})")


_SIGNS = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥"}


def _compare(node: e.Compare, speaker: Speaker) -> str:
    left = _inner(node.left, speaker)
    if isinstance(node.right, e.Literal):
        right = _coded(node.left, node.right.value, speaker)
    else:
        right = _inner(node.right, speaker)
    if node.how in ("eq", "ne") and isinstance(node.right, e.Literal):
        is_equal = node.how == "eq"
        return speaker.say(
            f"{left}{'为' if is_equal else '不为'}{right}", f"{left} is {'' if is_equal else 'not '}{right}"
        )
    return f"{left} {_SIGNS[node.how]} {right}"


def _is_in(node: e.IsIn, speaker: Speaker) -> str:
    values = [_coded(node.part, literal.value, speaker) for literal in node.values]
    part = _inner(node.part, speaker)
    return speaker.say(f"{part}为{'、'.join(values)}之一", f"{part} is one of {', '.join(values)}")


def _includes(node: e.Includes, speaker: Speaker) -> str:
    part, code = _inner(node.part, speaker), _coded(node.part, node.code, speaker)
    return speaker.say(f"{part}含{code}", f"{part} includes {code}")


def _is_missing(node: e.IsMissing, speaker: Speaker) -> str:
    part = _inner(node.part, speaker)
    return speaker.say(f"没有{part}", f"{part} is not known")


# ---------------------------------------------------------------- numbers and dates

MANY_ITEMS = 4
_OPERATORS = {"add": "+", "sub": "−", "mul": "×", "div": "÷"}


def _arithmetic(node: e.Arithmetic, speaker: Speaker) -> str:
    return f"{_inner(node.left, speaker)} {_OPERATORS[node.how]} {_inner(node.right, speaker)}"


def _extreme(node: e.Extreme, speaker: Speaker) -> str:
    parts = [_inner(part, speaker) for part in node.parts]
    least = node.which == "least"
    return speaker.say(
        f"{'、'.join(parts)}中较{'早或较小' if least else '晚或较大'}者",
        f"the {'least' if least else 'greatest'} of {', '.join(parts)}",
    )


_UNITS = {
    "days": Text("天", "days"),
    "weeks": Text("周", "weeks"),
    "months": Text("月", "months"),
    "years": Text("年", "years"),
    "hours": Text("小时", "hours"),
    "working_days": Text("工作日", "working days"),
}


def _between(node: e.Between, speaker: Speaker) -> str:
    first, last = _inner(node.first, speaker), _inner(node.last, speaker)
    unit = speaker.text(_UNITS[node.unit])
    return speaker.say(f"{first}至{last}的整{unit}数", f"full {unit} from {first} to {last}")


def _add_time(node: e.AddTime, speaker: Speaker) -> str:
    start = _inner(node.start, speaker)
    unit = speaker.say("天" if node.unit == "days" else "个月", node.unit)
    amount = node.amount
    if isinstance(amount, e.Literal) and isinstance(amount.value, int):
        number, after = abs(amount.value), amount.value >= 0
        unit = unit if number != 1 or not speaker.language.startswith("en") else unit.removesuffix("s")
        return speaker.say(
            f"{start}{'后' if after else '前'}{number}{unit}",
            f"{number} {unit} {'after' if after else 'before'} {start}",
        )
    return speaker.say(
        f"{start}后{_inner(amount, speaker)}{unit}", f"{_inner(amount, speaker)} {unit} after {start}"
    )


def _choose(node: e.Choose, speaker: Speaker) -> str:
    parts = [
        speaker.say(
            f"若{_phrase(branch.when, speaker)}则为{_phrase(branch.then, speaker)}",
            f"{_phrase(branch.then, speaker)} if {_phrase(branch.when, speaker)}",
        )
        for branch in node.branches
    ]
    if node.default is not None:
        default = _phrase(node.default, speaker)
        parts.append(speaker.say(f"否则为{default}", f"otherwise {default}"))
    return speaker.say("，", ", ").join(parts)


def _row_count(node: e.RowCount, speaker: Speaker) -> str:
    part = _inner(node.part, speaker)
    return speaker.say(f"{part}的条数", f"number of rows of {part}")


def _enrolled_in(node: e.EnrolledIn, speaker: Speaker) -> str:
    titles = []
    for kind in node.kinds:
        try:
            titles.append(speaker.text(registry.capability(kind).title))
        except registry.UnknownDeclaration:
            titles.append(kind)
    listed = speaker.say("或", " or ").join(titles)
    return speaker.say(f"在“{listed}”管理中", f"enrolled in {listed}")


def _score(node: e.Score, speaker: Speaker) -> str:
    titles = [_answer(e.Answer(item), speaker) for item in node.items]
    number = len(titles)
    if number > MANY_ITEMS:
        listed = speaker.say(
            f"{titles[0]}至{titles[-1]}共{number}项", f"{titles[0]} to {titles[-1]}, {number} items"
        )
    else:
        listed = speaker.say("、", ", ").join(titles)
    return speaker.say(f"{listed}的得分之和", f"the sum of the scores of {listed}")


# ---------------------------------------------------------------- events


def _records(node: e.Records, speaker: Speaker) -> str:
    form = _form(node)
    title = node.form if form is None else speaker.text(form.title)
    return speaker.say(f"《{title}》", f'"{title}" records')


def _diagnoses(node: e.Diagnoses, speaker: Speaker) -> str:
    codes = speaker.say("、", ", ").join(node.prefixes)
    return speaker.say(f"诊断（{codes}）", f"diagnoses ({codes})")


def _cases(node: e.Cases, speaker: Speaker) -> str:
    try:
        title = speaker.text(registry.capability(node.capability).title)
    except registry.UnknownDeclaration:
        title = node.capability
    return speaker.say(f"“{title}”的档案", f"cases of {title}")


def _where(node: e.Where, speaker: Speaker) -> str:
    source = _phrase(node.source, speaker)
    condition = _phrase(node.condition, replace(speaker, form=_form(node)))
    return speaker.say(f"{source}中（{condition}）者", f"{source} with ({condition})")


def _picked(node: e.Picked, speaker: Speaker) -> str:
    source = _phrase(node.source, speaker)
    value = _inner(node.value, replace(speaker, form=_form(node.source)))
    first = node.which == "first"
    return speaker.say(
        f"{'最早' if first else '最近'}一次{source}的{value}", f"{value} of the {node.which} of {source}"
    )


def _sum(node: e.Sum, speaker: Speaker) -> str:
    source = _phrase(node.source, speaker)
    value = _inner(node.value, replace(speaker, form=_form(node.source)))
    return speaker.say(f"{source}的{value}之和", f"the sum of {value} over {source}")


_PHRASES: dict[type[e.Node], Callable[[Any, Speaker], str]] = {
    e.Literal: lambda node, speaker: _plain(node.value, speaker),
    e.Answer: _answer,
    e.AssessmentValue: _assessment,
    e.PerformedOn: lambda node, speaker: speaker.say("服务日期", "day of service"),
    e.DaysToNext: lambda node, speaker: speaker.say("距下一次的天数", "days to the next one"),
    e.PersonAttribute: lambda node, speaker: speaker.text(_ATTRIBUTES[node.name]),
    e.CaseAttribute: lambda node, speaker: speaker.text(_ATTRIBUTES[node.name]),
    e.CaseFact: _fact,
    e.PeriodBoundary: lambda node, speaker: speaker.say(
        "期初" if node.which == "first" else "期末", f"{node.which} day of the period"
    ),
    e.ParameterValue: _parameter,
    e.Population: _population,
    e.All: _all,
    e.Any_: lambda node, speaker: _joined(node.parts, speaker, "或", "or"),
    e.Not: _not,
    e.Compare: _compare,
    e.IsIn: _is_in,
    e.Includes: _includes,
    e.IsMissing: _is_missing,
    e.Arithmetic: _arithmetic,
    e.Rounded: lambda node, speaker: _phrase(node.part, speaker),
    e.Ceil: lambda node, speaker: speaker.say(
        f"{_inner(node.part, speaker)}（进位取整）", f"{_inner(node.part, speaker)} rounded up"
    ),
    e.Extreme: _extreme,
    e.Between: _between,
    e.AgeOn: lambda node, speaker: speaker.say(
        f"{_inner(node.on, speaker)}的周岁", f"age on the {_inner(node.on, speaker)}"
    ),
    e.AddTime: _add_time,
    e.Choose: _choose,
    e.Records: _records,
    e.Diagnoses: _diagnoses,
    e.Cases: _cases,
    e.Where: _where,
    e.Count: lambda node, speaker: speaker.say(
        f"{_phrase(node.source, speaker)}的次数", f"number of {_phrase(node.source, speaker)}"
    ),
    e.Exists: lambda node, speaker: speaker.say(
        f"有{_phrase(node.source, speaker)}", f"there are {_phrase(node.source, speaker)}"
    ),
    e.Sum: _sum,
    e.Picked: _picked,
    e.RowCount: _row_count,
    e.Score: _score,
    e.LivesIn: lambda node, speaker: speaker.say(
        f"居住在{'、'.join(node.regions)}", f"lives in {', '.join(node.regions)}"
    ),
    e.EnrolledIn: _enrolled_in,
}
