"""One visit for several forms: common questions asked once, saved as a record of each form.

Somebody under care for hypertension and diabetes has one pressure and one weight. `join` lays the forms out
as one page of questions without any question twice; `record_joint` gives each form its own answers back and
saves all records together, or none. Two questions are one when they are declared alike (name, words, kind,
codes, limits, when they are asked); what a rule fills in, such as the class, belongs to each form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from kangshu.declare import registry
from kangshu.declare.binding import walk
from kangshu.declare.expression import Answer, Branch, Expression, Node, Score
from kangshu.declare.form import Field, FieldType, Form, Section
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.work import queries
from kangshu.work.actions import Saved, record_visit
from kangshu.work.models import Due

TODAY_TITLE = Text("本次测量", "Measured today")


@dataclass(frozen=True)
class Joint:
    """Several forms as one. `page` is a form made up for the screen: it is never stored. `own` gives, for
    each form, the name on the page of each of its questions."""

    forms: tuple[Form, ...]
    page: Form
    own: Mapping[str, Mapping[str, str]]

    @property
    def shared(self) -> frozenset[str]:
        """The questions that more than one form asks, by their name."""
        counts: dict[str, int] = {}
        for names in self.own.values():
            for name in names.values():
                counts[name] = counts.get(name, 0) + 1
        return frozenset(name for name, count in counts.items() if count > 1)

    def answers_for(self, form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
        """What of the page's answers (or of anything else kept by the page's names) belongs to a form."""
        return {name: answers[shown] for name, shown in self.own[form.id].items() if shown in answers}

    def last_answers(self, last: Mapping[str, tuple[date, Mapping[str, Any]]]) -> dict[str, Any]:
        """The answers of the last records, by form id with their day, under the page's names. A common
        question shows the latest answer that there is."""
        found: dict[str, Any] = {}
        for form_id in sorted(last, key=lambda id: last[id][0]):
            for name, shown in self.own.get(form_id, {}).items():
                if last[form_id][1].get(name) is not None:
                    found[shown] = last[form_id][1][name]
        return found


def join(forms: Sequence[Form]) -> Joint:
    """The forms as one page, in their order. Raises ValueError for fewer than two, or one twice."""
    if len(forms) < 2 or len({form.id for form in forms}) != len(forms):
        raise ValueError("a joint visit is of two or more different forms")
    return _join(tuple((form.id, form.version) for form in forms), _Forms(tuple(forms)))


class _Forms(tuple[Form, ...]):
    """Forms that take no part in the cache's key: their ids and versions do, and a form never changes."""

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Forms)


@lru_cache(maxsize=64)
def _join(key: tuple[tuple[str, int], ...], forms: _Forms) -> Joint:
    common = _common(forms)
    own = {
        form.id: {
            field.name: field.name if field.name in common[form.id] else f"{_stem(form)}_{field.name}"
            for field in form.fields
        }
        for form in forms
    }
    page = Form(
        id="work.joint_visit",
        version=1,
        title=Text("、".join(form.title.zh for form in forms), ", ".join(form.title.en for form in forms)),
        sections=tuple(_sections(forms, own, common)),
    )
    return Joint(tuple(forms), page, own)


def _stem(form: Form) -> str:
    """Begins the names of a form's own questions. It does not depend on the other forms, so that a draft in
    the browser fits when another form is chosen too."""
    return form.id.replace(".", "_")


def _common(forms: Sequence[Form]) -> dict[str, frozenset[str]]:
    """For each form, the names of those of its questions that another one asks too."""
    kept = {form.id: {field.name for field in form.fields if not field.assessed} for form in forms}
    for form in forms:  # what stands in a section that is not always asked belongs to its form
        hidden = (section for section in form.sections if section.visible is not None)
        kept[form.id] -= {field.name for section in hidden for field in section.fields}
    shrinking = True
    while shrinking:  # a question asked because of another one is common only if that one is
        before = {id: set(names) for id, names in kept.items()}
        alike = _alike(forms, kept)
        for form in forms:
            kept[form.id] = {
                name
                for name in kept[form.id]
                if form.id in alike.get(name, ()) and _asked_because_of(form.field(name)) <= kept[form.id]
            }
        shrinking = kept != before
    return {id: frozenset(names) for id, names in kept.items()}


def _alike(forms: Sequence[Form], kept: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """For each name, the first forms that ask the very same question by it. A form that asks another question
    by that name goes without."""
    by_question: dict[str, list[tuple[Field, set[str]]]] = {}
    for form in forms:
        for field in form.fields:
            if field.name not in kept[form.id]:
                continue
            groups = by_question.setdefault(field.name, [])
            group = next((ids for first, ids in groups if first == _bare(field)), None)
            if group is None:
                groups.append((_bare(field), {form.id}))
            else:
                group.add(form.id)
    found = {}
    for name, groups in by_question.items():
        ids = next((ids for _, ids in groups if len(ids) > 1), None)
        if ids is not None:
            found[name] = ids
    return found


def _bare(field: Field) -> Field:
    """What makes a question this one: not whether it must be answered, where numbers ask again, nor its
    references."""
    return replace(field, required=False, soft=None, hint=None, de="", fhir="")


def _asked_because_of(field: Field) -> set[str]:
    """The questions whose answers decide whether this one is asked, or what it comes to."""
    conditions = (field.visible, field.required, field.expression)
    return {
        name
        for condition in conditions
        if isinstance(condition, Expression)
        for node in walk(condition)
        for name in _named(node)
    }


def _named(node: Node) -> tuple[str, ...]:
    if isinstance(node, Answer):
        return (node.name,)
    return node.items if isinstance(node, Score) else ()


# ---------------------------------------------------------------- the page


def _sections(
    forms: Sequence[Form], own: Mapping[str, Mapping[str, str]], common: Mapping[str, frozenset[str]]
) -> Iterable[Section]:
    """What is measured comes first, what must be measured before what may be: then the page goes from one
    instrument to the next. Then the common questions, then those of each form."""
    drawn = _questions(forms, own, common)
    measured = [field for *_, field in drawn if field.measured]
    if measured:
        asked = sorted(measured, key=lambda field: (field.required is not True, field.required is False))
        yield Section("measured_today", TODAY_TITLE, tuple(asked))
    rest = [(form, section, field) for form, section, field in drawn if not field.measured]
    number = 0
    for name in dict.fromkeys(section.name for _, section, _ in rest):
        for form in (None, *forms):
            chosen = [part for part in rest if part[1].name == name and part[0] is form]
            for section in dict.fromkeys(part[1] for part in chosen):
                number += 1
                title = section.title if form is None else _of(form, section)
                asked_here = tuple(field for _, other, field in chosen if other is section)
                yield Section(f"part_{number}", title, asked_here, section.visible)


def _questions(
    forms: Sequence[Form], own: Mapping[str, Mapping[str, str]], common: Mapping[str, frozenset[str]]
) -> list[tuple[Form | None, Section, Field]]:
    """Every question of the page once: the form it belongs to (None: common), its section, and itself under
    the page's names."""
    found: list[tuple[Form | None, Section, Field]] = []
    seen: set[str] = set()
    for form in forms:
        names = own[form.id]
        for section in form.sections:
            visible = None if section.visible is None else _renamed(section.visible, names)
            shown = replace(section, visible=visible, fields=section.fields[:1])
            for field in section.fields:
                if names[field.name] in seen:
                    continue
                seen.add(names[field.name])
                is_common = field.name in common[form.id]
                found.append((None if is_common else form, shown, _on_page(field, names, forms, is_common)))
    return found


def _on_page(field: Field, names: Mapping[str, str], forms: Sequence[Form], is_common: bool) -> Field:
    required = field.required
    if is_common and required is not True:  # whoever must know asks for all
        asking = [form.field(field.name) for form in forms if any(f.name == field.name for f in form.fields)]
        required = next((one.required for one in asking if one.required is True), required)
    return replace(
        field,
        name=names[field.name],
        required=_renamed(required, names) if isinstance(required, Expression) else required,
        visible=None if field.visible is None else _renamed(field.visible, names),
        expression=None if field.expression is None else _renamed(field.expression, names),
    )


def _of(form: Form, section: Section) -> Text:
    return Text(f"{section.title.zh}（{form.title.zh}）", f"{section.title.en} ({form.title.en})")


N = TypeVar("N")


def _renamed(node: N, names: Mapping[str, str]) -> N:
    """The same expression, speaking of the questions by the page's names."""
    if isinstance(node, Answer):
        return replace(node, name=names.get(node.name, node.name))
    if isinstance(node, Score):
        return replace(node, items=tuple(names.get(item, item) for item in node.items))
    if isinstance(node, Node | Branch):
        parts = {field.name: _renamed(getattr(node, field.name), names) for field in fields(node)}
        return replace(node, **parts)
    if isinstance(node, tuple):
        return tuple(_renamed(part, names) for part in node)  # type: ignore[return-value]
    return node


# ---------------------------------------------------------------- saving


def record_joint(
    *,
    joint: Joint,
    person: UUID,
    answers: Mapping[str, Any],
    provenance: Mapping[str, str],
    record_ids: Mapping[str, UUID],
    performed_on: date,
    performed_by: UUID | None,
    institution: UUID | None,
    by: Actor,
    now: datetime,
    confirmed: bool = False,
) -> tuple[Saved, ...]:
    """Save one visit as a record of every form, all in one transaction: with a problem in any of them nothing
    is saved. `answers` and `provenance` are under the page's names, `record_ids` by form id.

    Raises what `record_visit` raises; BadInput holds the problems of all forms, each once, under the page's
    names.
    """
    saved: list[Saved] = []
    problems: dict[tuple[str, str], Problem] = {}
    with transaction.atomic():
        for form in joint.forms:
            try:
                saved.append(
                    record_visit(
                        form_id=form.id,
                        person=person,
                        answers=joint.answers_for(form, answers),
                        provenance=joint.answers_for(form, provenance),
                        performed_on=performed_on,
                        performed_by=performed_by,
                        institution=institution,
                        record_id=record_ids[form.id],
                        confirmed=confirmed,
                        by=by,
                        now=now,
                    )
                )
            except BadInput as refusal:
                for problem in refusal.problems:
                    shown = joint.own[form.id].get(problem.field or "", problem.field)
                    problems.setdefault((shown or "", problem.code), replace(problem, field=shown))
        if problems:
            raise BadInput(list(problems.values()))
    return tuple(saved)


def is_short(form: Form, most: int = 80) -> bool:
    """Whether a form fits beside another one on a page. The yearly check, with its 150 questions, is a visit
    of its own unless somebody says otherwise."""
    return sum(field.type is not FieldType.COMPUTED for field in form.fields) <= most


# ---------------------------------------------------------------- what a visit could do


@dataclass(frozen=True)
class Waiting:
    """A form that a programme of the person waits for. `is_open`: it may be filled today."""

    form: Form
    programme: Text
    step: Text
    due: Due
    is_open: bool


def waiting_forms(person_id: UUID, today: date) -> list[Waiting]:
    """What the person's programmes wait for, each form once, the most pressing first; in the reader's
    scope."""
    cases = {case.id: case for case in queries.cases_of(person_id) if case.closed_on is None}
    found: dict[str, Waiting] = {}
    dues = [due for rows in queries.open_dues_of(cases.values(), today).values() for due in rows]
    for due in sorted(dues, key=lambda due: (due.due_on, due.step)):
        try:
            capability = registry.capability(cases[due.case_id].kind)
            step = capability.schedule.step(due.step)
            form = registry.form(step.form, on=today)
        except (UnknownDeclaration, KeyError):
            continue
        opened = due.opens_on <= today
        found.setdefault(form.id, Waiting(form, capability.title, step.title, due, opened))
    return sorted(found.values(), key=lambda waiting: not waiting.is_open)


def usually_together(waiting: Sequence[Waiting]) -> list[Form]:
    """What one visit does unless somebody chooses otherwise: the forms that may be filled today and fit on
    one page."""
    return [each.form for each in waiting if each.is_open and is_short(each.form)]
