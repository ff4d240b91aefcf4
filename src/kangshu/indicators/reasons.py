"""Why somebody who belongs to a figure does not count: the conditions of its numerator, in words.

A numerator that must hold in several parts is told part by part; what the reader sees is the first step of
bringing the person in.
"""

from __future__ import annotations

from typing import Any

from kangshu.declare import expression as e
from kangshu.declare import registry
from kangshu.declare.binding import form_of, walk
from kangshu.indicators.engine import analysis
from kangshu.indicators.engine.query import Query
from kangshu.kernel.text import Text


def missing_parts(query: Query) -> list[tuple[Text, Any]]:
    """(words, condition) for each part of the numerator of the query's one indicator."""
    ((numerator, _),) = query.conditions
    return [(in_words(part), query.holds(part)) for part in analysis.conjuncts(numerator)]


def in_words(condition: e.Expression) -> Text:
    """What is wanted, as a worker would say it."""
    if isinstance(condition, e.Not):
        inner = in_words(condition.part)
        return Text(f"不应有：{inner.zh}", f"there should not be: {inner.en}")
    if isinstance(condition, e.Compare) and isinstance(condition.left, e.Count):
        form = _form_title(condition.left.source)
        least = (
            "按期限应有的次数" if not isinstance(condition.right, e.Literal) else f"{condition.right.value}次"
        )
        least_en = (
            "the number due" if not isinstance(condition.right, e.Literal) else str(condition.right.value)
        )
        return Text(f"合格的“{form.zh}”达到{least}", f"complete {form.en}: {least_en}")
    if isinstance(condition, e.Exists):
        form = _form_title(condition.source)
        if any(isinstance(node, e.DaysToNext) for node in walk(condition)):
            return Text(f"“{form.zh}”后未按时再次随访", f"{form.en} without the next one in time")
        return Text(f"期内有“{form.zh}”", f"{form.en} in the period")
    picked = [node for node in walk(condition) if isinstance(node, e.Picked)]
    if picked:
        form = _form_title(picked[0].source)
        asked = dict.fromkeys(title for node in picked for title in _fields(node))
        zh, en = "、".join(title.zh for title in asked), ", ".join(title.en for title in asked)
        return Text(
            f"最近一次“{form.zh}”的{zh or '结果'}达标", f"{en or 'result'} of the latest {form.en} at target"
        )
    return Text("符合指标的条件", "meets the indicator's condition")


def _form_title(source: e.Events) -> Text:
    form = form_of(source)
    if form is None:
        return Text("诊断记录", "diagnosis")
    return registry.form(form).title


def _fields(node: e.Picked) -> list[Text]:
    """The questions that a value of a record leans on."""
    form = form_of(node.source)
    if form is None:
        return []
    asked = registry.form(form)
    return [asked.field(one.name).title for one in walk(node.value) if isinstance(one, e.Answer)]
