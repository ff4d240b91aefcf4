"""How well a survey was carried out: who was reached, how long it took, what was left out, and whether two
interviewers heard the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from kangshu.declare.evaluate import Context, form_context, holds
from kangshu.declare.form import Field, FieldType, Form, Section
from kangshu.kernel.money import percentage
from kangshu.surveys.models import Interview, Outcome, Survey, SurveyHousehold
from kangshu.surveys.results import OUT
from kangshu.work.validation import AnswerContext, check_answers


@dataclass(frozen=True)
class Reached:
    """Households of the sample. `response` is interviewed ÷ (drawn − without anybody to ask) in per cent."""

    drawn: int
    interviewed: int
    out: int
    waiting: int
    declined: int

    @property
    def response(self) -> Decimal | None:
        wanted = self.drawn - self.out
        return percentage(Decimal(self.interviewed), Decimal(wanted)) if wanted else None


@dataclass(frozen=True)
class Interviewer:
    """`minutes` is the median; `short` how many took less than the shortest that can be."""

    name: str
    interviews: int
    minutes: int
    short: int


@dataclass(frozen=True)
class Asked:
    """One question: how many were asked it, how many answers are missing, and in how many of the households
    asked twice both answers agree. `kappa` is Cohen's, of a question with codes; None where all are alike."""

    field: Field
    asked: int
    missing: int
    pairs: int
    agreed: int
    kappa: Decimal | None

    @property
    def missing_share(self) -> Decimal | None:
        return percentage(Decimal(self.missing), Decimal(self.asked)) if self.asked else None

    @property
    def agreement(self) -> Decimal | None:
        return percentage(Decimal(self.agreed), Decimal(self.pairs)) if self.pairs else None


def reached(survey: Survey) -> Reached:
    """What became of the households, of those the reader may see."""
    found = Counter(SurveyHousehold.objects.filter(survey=survey).values_list("outcome", flat=True))
    out = sum(found[one] for one in OUT)
    done, declined = found[Outcome.INTERVIEWED], found[Outcome.REFUSED]
    drawn = sum(found.values())
    return Reached(drawn, done, out, drawn - done - declined - out, declined)


def standing(survey: Survey) -> list[Interview]:
    """The interviews that stand, both rounds."""
    return list(Interview.objects.filter(place__survey=survey, withdrawn_at=None).order_by("started_at"))


def interviewers(survey: Survey, rows: Sequence[Interview]) -> list[Interviewer]:
    """Who asked how many, and how long it took."""
    by: dict[Any, list[Interview]] = defaultdict(list)
    for row in rows:
        by[row.entered_by].append(row)
    return [
        Interviewer(
            found[0].entered_by_name,
            len(found),
            round(median(minutes(row) for row in found)),
            sum(minutes(row) < survey.shortest for row in found),
        )
        for found in by.values()
    ]


def minutes(row: Interview) -> float:
    return (row.ended_at - row.started_at).total_seconds() / 60


def asked(form: Form, rows: Sequence[Interview]) -> list[Asked]:
    """Each question with what is missing and how alike the two rounds are."""
    pairs: dict[Any, dict[int, Interview]] = defaultdict(dict)
    for row in rows:
        pairs[row.place_id][row.round] = row
    twice = [(both[1], both[2]) for both in pairs.values() if len(both) == 2]
    contexts = [
        (
            row,
            form_context(
                check_answers(form, row.answers, AnswerContext(row.performed_on)).typed, row.performed_on
            ),
        )
        for row in rows
    ]
    return [
        _asked(field, section, contexts, twice)
        for section in form.sections
        for field in section.fields
        if field.type is not FieldType.COMPUTED
    ]


def _asked(
    field: Field,
    section: Section,
    contexts: Sequence[tuple[Interview, Context]],
    twice: Sequence[tuple[Interview, Interview]],
) -> Asked:
    conditions = [one for one in (section.visible, field.visible) if one is not None]
    to_be = [row for row, context in contexts if all(holds(one, context) for one in conditions)]
    said = [(first.answers.get(field.name), second.answers.get(field.name)) for first, second in twice]
    compared = [(one, two) for one, two in said if one is not None or two is not None]
    coded = field.type in (FieldType.CHOICE, FieldType.YES_NO)
    return Asked(
        field,
        len(to_be),
        sum(field.name not in row.answers for row in to_be),
        len(compared),
        sum(one == two for one, two in compared),
        kappa(compared) if coded else None,
    )


def kappa(pairs: Sequence[tuple[Any, Any]]) -> Decimal | None:
    """Cohen's kappa: agreement beyond chance, (p − e) ÷ (1 − e). None of nothing, and where all say alike."""
    if not pairs:
        return None
    number = Decimal(len(pairs))
    agreed = sum(one == two for one, two in pairs) / number
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    chance = sum(Decimal(first[code] * second[code]) for code in first) / number**2
    return None if chance == 1 else round((agreed - chance) / (1 - chance), 2)
