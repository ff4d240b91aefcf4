"""What services have in common that enrol people and follow them by visits: the states of a case, and the
figures every work summary wants of them.

Hypertension wrote these out first (norms A7.4); diabetes, COPD and severe mental disorder are counted alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kangshu.declare import (
    Closing,
    Counts,
    Direction,
    Form,
    Indicator,
    Months,
    Reason,
    State,
    States,
    StateTransition,
    Text,
)
from kangshu.declare.expression import (
    Expression,
    add_days,
    all_of,
    case,
    ceil,
    days_between,
    days_to_next,
    greatest,
    least,
    months_between,
    performed_on,
    period,
    records,
)
from kangshu.declare.terms import (
    DAY_AFTER,
    IN_PERIOD,
    IN_YEAR,
    MANAGED_IN_YEAR,
    MANAGED_ON_LAST_DAY,
    YEAR_FIRST,
    complete,
)

THIRD_EDITION = date(2017, 2, 28)
CHECK_FORM = "records.health_check"

ENDINGS = (
    ("event:person.died", Text("死亡", "died"), "death"),
    ("event:person.left", Text("迁出本县", "left the county"), "moved"),
    ("action:close_lost", Text("失访", "lost to follow-up"), "lost"),
    ("action:close_refused", Text("本人不愿继续", "refuses further care"), "refused"),
    ("action:close_wrong", Text("误诊或误建档", "wrong diagnosis or enrolled by mistake"), "wrong"),
)
REASONS = (
    Reason("death", Text("死亡", "death")),
    Reason("moved", Text("迁出", "moved away")),
    Reason("lost", Text("失访", "lost")),
    Reason("refused", Text("拒绝管理", "refused")),
    Reason("wrong", Text("误诊或误建档", "wrong diagnosis or enrolled by mistake")),
)
CLOSES_ON = (Closing("person.died", "death"), Closing("person.left", "moved"))


def enrolled_managed_closed(first: Form, title: Text) -> States:
    """Enrolled, under management from the first record of a form, closed. `title` names that record."""
    return States(
        initial="enrolled",
        states=(
            State("enrolled", Text("已建档", "enrolled")),
            State("managed", Text("管理中", "managed")),
            State("closed", Text("已结案", "closed"), is_open=False),
        ),
        transitions=(
            StateTransition("enrolled", "managed", f"record:{first.id}", title),
            *(
                StateTransition(state, "closed", on, words, reason=reason)
                for state in ("enrolled", "managed")
                for on, words, reason in ENDINGS
            ),
        ),
        reasons=REASONS,
    )


# The full months under management within the year.
MANAGED_MONTHS = months_between(
    greatest(case.opened_on, YEAR_FIRST), least(add_days(case.closed_on, 1), DAY_AFTER)
)
CHECKED_IN_YEAR = records(CHECK_FORM).where(IN_YEAR).exists()


def enough_visits(form: Form, counts: Expression, months_each: int) -> Expression:
    """A complete visit that `counts` for every so many months begun under management in the year: somebody
    enrolled or closed in the year owes fewer (norms A7.4)."""
    visits = records(form.id).where(all_of(IN_YEAR, counts, complete(form)))
    return visits.count() >= ceil(MANAGED_MONTHS / months_each)


def missed_soon(form: Form, needs_soon: Expression, days: int = 14) -> Expression:
    """Some visit of the year that asked for another within `days` had none in time. One whose days end after
    the period, or after the case closed, is not judged."""
    in_time = days_to_next <= days
    return (
        records(form.id)
        .where(
            all_of(
                IN_YEAR,
                needs_soon,
                add_days(performed_on, days) <= least(period.last, case.closed_on),
                days_to_next.is_missing() | ~in_time,
            )
        )
        .exists()
    )


@dataclass(frozen=True)
class Figures:
    """The indicators of one service. `prefix` begins their ids, `name` and `patients` their titles."""

    prefix: str
    kind: str
    form: Form
    name: Text
    patients: Text
    source: str
    valid_from: date = THIRD_EDITION

    def rate(
        self,
        id: str,
        title: Text,
        numerator: Expression,
        numerator_words: Text,
        aliases: Iterable[str] = (),
        denominator: Expression | None = MANAGED_IN_YEAR,
        denominator_words: Text | None = None,
        estimate: Expression | None = None,
        version: int = 1,
    ) -> Indicator:
        """A share of people; by default of those managed in the year."""
        managed = Text(
            f"年内已管理的{self.patients.zh}人数", f"{self.patients.en} already managed in the year"
        )
        return Indicator(
            id=f"{self.prefix}.{id}",
            version=version,
            title=title,
            unit="%",
            numerator=numerator,
            denominator=None if estimate is not None else denominator,
            estimate=estimate,
            case_kind=self.kind,
            direction=Direction.UP,
            numerator_words=numerator_words,
            denominator_words=denominator_words or managed,
            aliases=tuple(aliases),
            valid_from=self.valid_from,
            source=self.source,
        )

    def people(
        self, id: str, title: Text, numerator: Expression, words: Text, aliases: Iterable[str] = ()
    ) -> Indicator:
        """A plain count of people."""
        return Indicator(
            id=f"{self.prefix}.{id}",
            version=1,
            title=title,
            unit="人",
            numerator=numerator,
            case_kind=self.kind,
            decimals=0,
            numerator_words=words,
            aliases=tuple(aliases),
            valid_from=self.valid_from,
            source=self.source,
        )

    def visits(
        self,
        id: str,
        title: Text,
        numerator: Expression,
        words: Text,
        aliases: Iterable[str] = (),
        *,
        unit: str = "次",
        form: Form | None = None,
        denominator: Expression | None = None,
        denominator_words: Text | None = None,
    ) -> Indicator:
        """A count of records of a form (the follow-up by default), or a share of them."""
        return Indicator(
            id=f"{self.prefix}.{id}",
            version=1,
            title=title,
            unit=unit if denominator is None else "%",
            numerator=numerator,
            denominator=denominator,
            counts=Counts.RECORDS,
            form=(form or self.form).id,
            case_kind=self.kind,
            decimals=0 if denominator is None else 2,
            months=Months.EACH,
            direction=Direction.NONE if denominator is None else Direction.UP,
            numerator_words=words,
            denominator_words=denominator_words,
            aliases=tuple(aliases),
            valid_from=self.valid_from,
            source=self.source,
        )

    def managed_people(self, aliases: Iterable[str] = ()) -> Indicator:
        return self.people(
            "managed_people",
            Text(f"{self.name.zh}在管人数", f"{self.name.en} patients under management"),
            MANAGED_ON_LAST_DAY,
            Text("期末仍在管理的患者人数", "patients under management on the last day"),
            aliases,
        )

    def follow_ups(self, aliases: Iterable[str] = ()) -> Indicator:
        return self.visits(
            "follow_ups",
            Text(f"{self.name.zh}随访次数", f"{self.name.en} follow-ups"),
            IN_PERIOD,
            Text("期内随访次数", "follow-ups in the period"),
            aliases,
        )

    def on_time(self, deadline: Expression, aliases: Iterable[str] = ()) -> Indicator:
        """Of the next visits that fell due in the period, those made in time."""
        return self.visits(
            "on_time_rate",
            Text(f"{self.name.zh}随访及时率", f"{self.name.en} follow-ups in time"),
            days_to_next <= days_between(performed_on, deadline),
            Text("其中已按时随访的次数", "of these, visits made in time"),
            aliases,
            denominator=deadline.between(period.first, period.last)
            & (case.closed_on.is_missing() | (case.closed_on > deadline)),
            denominator_words=Text("应在期内进行的下次随访次数", "next visits that fell due in the period"),
        )

    def face_to_face(self, met: Expression, aliases: Iterable[str] = ()) -> Indicator:
        return self.visits(
            "face_to_face_share",
            Text(f"{self.name.zh}面对面随访比例", f"{self.name.en}: share of face-to-face follow-ups"),
            met,
            Text("门诊和家庭随访次数", "follow-ups in the clinic or at home"),
            aliases,
            denominator=IN_PERIOD,
            denominator_words=Text("期内随访次数", "follow-ups in the period"),
        )
