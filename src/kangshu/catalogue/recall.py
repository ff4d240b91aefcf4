"""The call to somebody whom a screening found and who has not come (norms K10: three attempts, then lost)."""

from __future__ import annotations

from collections.abc import Iterable

from kangshu.catalogue.asking import day, one_of, words
from kangshu.declare import Form, Section, StateTransition, Text, numbered
from kangshu.declare.expression import answer

_REACHED = numbered(
    ("已通知，同意前往", "told, will come"),
    ("未联系上", "not reached"),
    ("本人拒绝", "refuses"),
    ("三次联系未果，按失访结束", "not reached three times: lost"),
)


def recall_form(id: str, title: Text, source: str) -> Form:
    """The call to somebody who was positive (norms K10: three attempts, then lost, with the reason)."""
    asked = (
        one_of(
            "way",
            "联系方式",
            "How",
            numbered(("电话", "telephone"), ("上门", "at home"), ("短信", "text message"), ("其他", "other")),
            required=True,
            carried=False,
        ),
        one_of("result", "联系结果", "Result", _REACHED, required=True, carried=False),
        day(
            "agreed_on",
            "约定检查日期",
            "Agreed day",
            visible=answer("result").equals("1"),
            carried=False,
        ),
        words(
            "reason",
            "未检查原因",
            "Why not yet",
            length=200,
            visible=answer("result").is_in("2", "3", "4"),
            required=answer("result").is_in("3", "4"),
            carried=False,
        ),
    )
    return Form(
        id=f"{id}.recall",
        version=1,
        title=Text(f"{title.zh}·召回记录", f"{title.en}: recall"),
        sections=(Section("recall", Text("召回", "Recall"), asked),),
        source=source,
    )


def recall_moves(form: Form, states: Iterable[str]) -> list[StateTransition]:
    """Refusing and giving up end the case; being told changes nothing but stays on record."""
    said = (("3", "refused", Text("拒绝", "refused")), ("4", "lost", Text("失访", "lost")))
    return [
        StateTransition(
            state, "ended", f"record:{form.id}", title, when=answer("result").equals(code), reason=reason
        )
        for state in states
        for code, reason, title in said
    ]
