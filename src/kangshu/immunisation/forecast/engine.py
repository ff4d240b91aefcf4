"""From a judged history to every dose of the programme: what is done, what is due from when, and why.

`earliest` is the latest of: minimum age, interval to the dose before (given, or as early as it can still be
given), interval to the first dose, 28 days after another injected live vaccine, three months after an
immunoglobulin (norms B4, engine contract). No day of grace anywhere: the rules know none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kangshu.immunisation.forecast import schedule, wording
from kangshu.immunisation.forecast.course import Course, after, age_reached
from kangshu.immunisation.forecast.history import IMMUNOGLOBULIN_MONTHS, LIVE_DAYS, Walk, product_begun
from kangshu.immunisation.forecast.schedule import Line, plan_for
from kangshu.immunisation.forecast.states import BY_CODE, Effect, effect_on
from kangshu.immunisation.forecast.values import Child, DoseForecast, Forecast, Reason, Status, because
from kangshu.kernel.dates import add_months
from kangshu.kernel.text import Text

_OTHER_PRODUCT = {"JE-L": "JE-I", "HepA-L": "HepA-I", "bOPV": "IPV"}


def forecast(child: Child) -> Forecast:
    """Every dose of the child's plan on `child.as_of`."""
    plan = plan_for(
        birth=child.birth_date,
        as_of=child.as_of,
        edition=child.edition,
        dtap_variant=child.dtap_variant,
        je=product_begun(child, "JE-L", "JE-I") or child.je,
        hepa=product_begun(child, "HepA-L", "HepA-I") or child.hepa,
        four_hepb=_needs_four_hepb(child.states),
    )
    walk = Walk(child, plan)
    doses: list[DoseForecast] = []
    for course in walk.courses.values():
        doses.extend(_Projection(walk, course).doses())
    return Forecast(child, plan.key.edition, walk.judged, tuple(doses), _notes(child))


def _needs_four_hepb(states: frozenset[str]) -> bool:
    mother = "mother_hbsag_positive" in states or "mother_hbsag_unknown" in states
    return mother and "birth_weight_under_2000" in states


def _notes(child: Child) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for code in sorted(child.states):
        note = BY_CODE[code].note
        if note is not None and note not in [each.words for each in found]:
            found.append(because(note))
    if "immunoglobulin" in child.states and not child.immunoglobulin_on:
        found.append(because(wording.UNDATED_IMMUNOGLOBULIN, as_of=child.as_of))
    found.extend(because(wording.UNKNOWN_STATE, state=state) for state in child.unknown_states)
    return tuple(found)


class _Projection:
    """One series, dose after dose, from where the history left it."""

    __slots__ = ("child", "course", "expected", "first", "latest", "walk")

    def __init__(self, walk: Walk, course: Course) -> None:
        self.walk = walk
        self.course = course
        self.child = walk.child
        self.latest = course.latest_on
        self.first = course.first_on
        #: Whether `latest` is a day that has been or one that is expected.
        self.expected = False

    def doses(self) -> list[DoseForecast]:
        found = [self._dose(index, line) for index, line in enumerate(self.course.lines)]
        if self.course.series.name == "dtp":
            found.extend(self._dt())
        return found

    def _dose(self, index: int, line: Line) -> DoseForecast:
        given = self.course.filled[index]
        if given is not None:
            if line.vaccine == "IPV" and self.course.by[index] != "IPV":
                # Nobody was given an inactivated vaccine, and nobody has to be (norms B4).
                return self._settled(line, Status.NOT_NEEDED, because(wording.ORAL_INSTEAD, given=given))
            return self._done(line, given)
        settled = self._not_needed(line) or self._prohibited(line)
        if settled is not None:
            return settled
        return self._open(line)

    def _done(self, line: Line, given: date) -> DoseForecast:
        overdue = self._limit(line, self.course.first_on)
        return DoseForecast(
            line.vaccine,
            line.number,
            Status.DONE,
            given,
            given,
            overdue,
            because(wording.DONE, given=given),
            given=given,
            late=overdue is not None and given > overdue,
            source=line.source,
        )

    def _limit(self, line: Line, first: date | None) -> date | None:
        """The last day on which a dose is in time."""
        birth = self.child.birth_date
        if line.before_days is not None:
            return birth + timedelta(days=line.before_days)
        if line.before_from_first is not None:
            return after(first, line.before_from_first) if first is not None else None
        return age_reached(birth, line.before) if line.before is not None else None

    # --- doses that are not to be given ---------------------------------------------------------------------

    def _settled(self, line: Line, status: Status, why: Reason) -> DoseForecast:
        return DoseForecast(line.vaccine, line.number, status, None, None, None, why, source=line.source)

    def _not_needed(self, line: Line) -> DoseForecast | None:
        if line.vaccine == "2vHPV":
            if not self.child.is_girl:
                return self._settled(line, Status.NOT_NEEDED, because(wording.GIRLS_ONLY))
            if self.child.birth_date < schedule.HPV_BORN_FROM:
                return self._settled(line, Status.NOT_NEEDED, because(wording.BORN_BEFORE_HPV))
        if line.vaccine == "MPSV-A" and any(self.course.filled[2:]):
            return self._settled(line, Status.NOT_NEEDED, because(wording.AC_GIVEN))
        if line.vaccine == "DTaP" and line.number == 5 and self.walk.dt_given:
            return self._settled(line, Status.NOT_NEEDED, because(wording.DT_GIVEN))
        return None

    def _prohibited(self, line: Line) -> DoseForecast | None:
        found = effect_on(self.child.states, line.vaccine)
        if found is None or found[0] is Effect.ASSESS:
            return None
        if self._aged_out_on(line) <= self.child.as_of:
            return None
        effect, state = found
        named, other = wording.title(line.vaccine), _OTHER_PRODUCT.get(line.vaccine)
        if effect is Effect.DEFERRED:
            why = because(wording.DEFERRED, state=state, vaccine=named)
        elif effect is Effect.UNTIL_ASSESSED:
            why = because(wording.UNTIL_ASSESSED, state=state)
        elif other is not None:
            why = because(wording.PROHIBITED_OTHER, state=state, vaccine=named, other=wording.title(other))
        else:
            why = because(wording.PROHIBITED, state=state, vaccine=named)
        return self._settled(line, Status.CONTRAINDICATED, why)

    def _aged_out_on(self, line: Line) -> date:
        return age_reached(self.child.birth_date, line.until) if line.until is not None else date.max

    # --- doses still to be given ----------------------------------------------------------------------------

    def _open(self, line: Line) -> DoseForecast:
        as_of, limit_on = self.child.as_of, self._aged_out_on(line)
        earliest, recommended, basis = self._earliest(line)
        overdue = self._limit(line, self.first)
        if as_of >= limit_on:
            return self._settled(line, Status.AGED_OUT, self._over_age(line, limit_on))
        if earliest >= limit_on:
            age = wording.age_words(line.until or 0)
            named = wording.title(line.vaccine)
            why = because(wording.UNREACHABLE, earliest=earliest, age=age, vaccine=named)
            return self._settled(line, Status.AGED_OUT, why)
        late = overdue is not None and as_of > overdue
        if as_of < earliest:
            status = Status.NOT_YET
            words = wording.NOT_YET_LATE if late else wording.NOT_YET
        else:
            status = Status.OVERDUE if late else Status.DUE
            words = wording.OVERDUE if late else wording.DUE
        self._expect(max(recommended, as_of))
        return DoseForecast(
            line.vaccine,
            line.number,
            status,
            earliest,
            recommended,
            overdue,
            because(words, basis=basis, overdue=overdue),
            late=late,
            notes=self._notes(line),
            source=line.source,
            of_age=as_of >= age_reached(self.child.birth_date, line.age),
        )

    def _expect(self, on: date) -> None:
        """The doses after this one are reckoned from the day it can be given."""
        if self.latest is None or on > self.latest:
            self.latest = on
        if self.first is None:
            self.first = on
        self.expected = True

    def _over_age(self, line: Line, on: date) -> Reason:
        if line.vaccine == "MPSV-A":
            return because(wording.AC_REPLACES, on=on)
        age = wording.age_words(line.until or 0)
        return because(wording.AGED_OUT, age=age, on=on, vaccine=wording.title(line.vaccine))

    def _earliest(self, line: Line) -> tuple[date, date, Reason]:
        """Earliest and recommended day, and which rule decides it."""
        birth = self.child.birth_date
        earliest = age_reached(birth, line.age)
        if line.age:
            basis = because(wording.BY_AGE, age=wording.age_words(line.age), on=earliest)
        elif line.before_days is not None:
            mothers = {"mother_hbsag_positive", "mother_hbsag_unknown"} & self.child.states
            basis = because(wording.AT_BIRTH_12 if mothers else wording.AT_BIRTH)
        else:
            basis = because(wording.FROM_BIRTH, on=earliest)
        latest, gap = self.latest, line.gap
        if latest is not None and gap is not None:
            on = after(latest, gap)
            if on > earliest:
                earliest = on
                words = wording.BY_PROJECTION if self.expected else wording.BY_GAP
                basis = because(words, previous=latest, gap=wording.gap_words(gap), on=on)
        if self.first is not None and line.from_first is not None:
            on = after(self.first, line.from_first)
            if on > earliest:
                earliest = on
                gap_said = wording.gap_words(line.from_first)
                basis = because(wording.BY_FIRST, previous=self.first, gap=gap_said, on=on)
        if self.course.live:
            earliest, basis = self._after_live(earliest, basis)
        recommended = earliest
        if line.usual_gap is not None and latest is not None:
            recommended = max(earliest, after(latest, line.usual_gap))
        return earliest, recommended, basis

    def _after_live(self, earliest: date, basis: Reason) -> tuple[date, Reason]:
        """28 days after another injected live vaccine unless on its very day; three months after globulin."""
        child, own = self.child, self.course.series.name
        today: list[tuple[date, str]] = []
        for given, family, code in self.walk.live_given:
            if family == own:
                continue
            if given == child.as_of:
                today.append((given, code))
                continue
            on = given + LIVE_DAYS
            if on > earliest:
                earliest = on
                basis = because(wording.BY_LIVE, other=wording.title(code), previous=given, on=on)
        if own != "bcg":
            for given in self._immunoglobulin():
                on = add_months(given, IMMUNOGLOBULIN_MONTHS)
                if on > earliest:
                    earliest = on
                    basis = because(wording.BY_IMMUNOGLOBULIN, previous=given, on=on)
        for given, code in today:
            # What can be given today goes together with what was given today.
            if earliest > given and earliest < given + LIVE_DAYS:
                earliest = given + LIVE_DAYS
                basis = because(wording.BY_LIVE, other=wording.title(code), previous=given, on=earliest)
        return earliest, basis

    def _immunoglobulin(self) -> list[date]:
        """Days of immunoglobulin; one of unknown day is reckoned as given today, the safe side."""
        child = self.child
        if "immunoglobulin" in child.states and not child.immunoglobulin_on:
            return [*self.walk.immunoglobulin, child.as_of]
        return self.walk.immunoglobulin

    def _notes(self, line: Line) -> tuple[Reason, ...]:
        found = []
        effect = effect_on(self.child.states, line.vaccine)
        if effect is not None and effect[0] is Effect.ASSESS:
            found.append(because(wording.ASSESS, state=effect[1]))
        if line.vaccine == "BCG" and self.child.as_of >= age_reached(self.child.birth_date, line.before or 0):
            found.append(because(wording.TST_FIRST))
        return tuple(found)

    # --- DT after DTaP --------------------------------------------------------------------------------------

    def _dt(self) -> list[DoseForecast]:
        """DT: given ones, then those that are still missing."""
        found = [
            self._done(replace(self.walk.plan.dt, vaccine=vaccine, number=number, before=None), on)
            for number, (vaccine, on) in enumerate(self.walk.dt_given, start=1)
        ]
        for number in range(len(found) + 1, len(found) + 1 + self._dt_missing()):
            found.append(self._open_dt(number, found))
        return found

    def _dt_missing(self) -> int:
        child, plan = self.child, self.walk.plan
        dtap = sum(on is not None for on in self.course.filled)
        total = dtap + len(self.walk.dt_given)
        if child.as_of < age_reached(child.birth_date, plan.dt.age):
            return int(plan.routine_dt and not self.walk.dt_given)
        if dtap >= 5 or (total >= 3 and self.walk.dt_given):
            return 0
        if total < 3:
            return 3 - total
        adult = age_reached(child.birth_date, schedule.ADULT_DT_AGE)
        return int(plan.routine_dt or child.as_of < adult)

    def _open_dt(self, number: int, earlier: list[DoseForecast]) -> DoseForecast:
        child = self.child
        total = sum(on is not None for on in self.course.filled) + number - 1
        routine = child.as_of < age_reached(child.birth_date, self.walk.plan.dt.age)
        if routine:
            gap = schedule.DT_AFTER_FOUR
        elif total < 3:
            gap_or_none = schedule.DT_GAPS[total]
            gap = gap_or_none if gap_or_none is not None else schedule.Gap()
        else:
            gap = schedule.DT_AFTER_THREE if total == 3 else schedule.DT_AFTER_FOUR
        line = replace(self.walk.plan.dt, number=number, gap=gap if (gap.months or gap.days) else None)
        if number > 1 or total < 3:
            line = replace(line, before=line.before if routine else None)
        adult = age_reached(child.birth_date, schedule.ADULT_DT_AGE)
        if total < 3 and not routine and max(self._earliest(line)[0], child.as_of) >= adult:
            # From twelve on the vaccine for adults, in the same count.
            line = replace(line, vaccine="dT", age=schedule.ADULT_DT_AGE, until=schedule.ADULT)
        return self._open(line)


def title_of(vaccine: str) -> Text:
    """A vaccine's name, for whoever shows a forecast."""
    return wording.title(vaccine)
