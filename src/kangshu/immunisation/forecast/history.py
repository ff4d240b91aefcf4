"""Judges every recorded dose, in order of days: does it count, as which dose, and if not, why not.

A dose that does not count is counted for nothing in its own series: the next one is reckoned from the last
that counts. As an injected live vaccine it was in the body all the same and keeps its 28 days to others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kangshu.immunisation.forecast import schedule, wording
from kangshu.immunisation.forecast.course import Course, after, age_of, age_reached
from kangshu.immunisation.forecast.schedule import Gap, Line, Plan
from kangshu.immunisation.forecast.states import Effect, effect_on
from kangshu.immunisation.forecast.vaccines import IMMUNOGLOBULIN, PROGRAMME_ANTIGENS, Product, product_named
from kangshu.immunisation.forecast.values import Child, Finding, HistoryEntry, JudgedEntry, Reason, because
from kangshu.kernel.dates import add_months

LIVE_DAYS = timedelta(days=28)
JE_SECOND_WITHIN = timedelta(days=10)  # later still counts, and is said
IMMUNOGLOBULIN_MONTHS = 3
SERIES_OF = {
    antigen: series
    for series, antigens in {
        "hepb": "HepB", "bcg": "BCG", "polio": "IPV bOPV tOPV", "dtp": "DTaP DT dT", "measles": "MMR MR M",
        "je": "JE-L JE-I", "men": "MPSV-A MPSV-AC MPSV-4 MCV-AC", "hepa": "HepA-L HepA-I", "hpv": "HPV",
    }.items()
    for antigen in antigens.split()
}  # fmt: skip
_PLAUSIBLE_AGE = {"JE-L": 8, "JE-I": 8, "HepA-L": 18, "HepA-I": 18}
Verdict = tuple[Finding, Reason, tuple[tuple[str, int], ...], tuple[Reason, ...]]


def product_begun(child: Child, live: str, inactivated: str) -> str | None:
    """Which of two products a history began with; a history outranks a choice."""
    begun: list[tuple[date, str]] = []
    for entry in child.history:
        product = product_named(entry.vaccine)
        if product is None or entry.date is None or not child.birth_date <= entry.date <= child.as_of:
            continue
        for antigen, choice in ((live, "live"), (inactivated, "inactivated")):
            if antigen in product.antigens and entry.date >= add_months(
                child.birth_date, _PLAUSIBLE_AGE[antigen]
            ):
                begun.append((entry.date, choice))
    return min(begun)[1] if begun else None


class Walk:
    """A child's history walked through once; afterwards it knows how far each series is."""

    def __init__(self, child: Child, plan: Plan) -> None:
        self.child = child
        self.plan = plan
        self.courses = {series.name: Course(series) for series in plan.series}
        self.dt_given: list[tuple[str, date]] = []
        #: Injected live vaccines given, whether they counted or not: day, series or product, code.
        self.live_given: list[tuple[date, str, str]] = []
        self.immunoglobulin = sorted(self._immunoglobulin())
        self._seen: set[tuple[date, str]] = set()
        self.judged = self._walk()

    def _immunoglobulin(self) -> list[date]:
        given = [on for on in self.child.immunoglobulin_on if on <= self.child.as_of]
        for entry in self.child.history:
            product = product_named(entry.vaccine)
            if product is None or product.antigens != (IMMUNOGLOBULIN,) or entry.date is None:
                continue
            if self.child.birth_date <= entry.date <= self.child.as_of:
                given.append(entry.date)
        return given

    def _walk(self) -> tuple[JudgedEntry, ...]:
        """The entries in the order they were handed in, judged in the order of their days."""
        history = self.child.history
        order = sorted(range(len(history)), key=lambda at: (history[at].date or date.max, at))
        found: list[JudgedEntry | None] = [None] * len(history)
        for at in order:
            found[at] = self._judge(history[at])
        return tuple(entry for entry in found if entry is not None)

    def _judge(self, entry: HistoryEntry) -> JudgedEntry:
        product = product_named(entry.vaccine)
        impossible = self._impossible(entry, product)
        if impossible is not None:
            return JudgedEntry(entry, *impossible)
        assert product is not None
        assert entry.date is not None
        if product.antigens == (IMMUNOGLOBULIN,):
            return JudgedEntry(entry, Finding.SURPLUS, because(wording.IS_IMMUNOGLOBULIN))
        verdicts = [self._judge_antigen(entry, product, each) for each in self._antigens(product, entry.date)]
        for antigen in {*product.antigens, *self._antigens(product, entry.date)}:
            self._seen.add((entry.date, antigen))
        if product.live:
            self.live_given.append((entry.date, self._family(product), product.code))
        return _together(entry, verdicts)

    def _antigens(self, product: Product, on: date) -> tuple[str, ...]:
        """The antigens in a product; an oral polio vaccine is the one used at that time.

        There was no bivalent one before the change of 2016-05-01, whatever the record calls it.
        """
        if product.antigens == ("OPV",) or (product.antigens == ("bOPV",) and on < schedule.TOPV_UNTIL):
            return ("tOPV",) if on < schedule.TOPV_UNTIL else ("bOPV",)
        if len(product.antigens) == 1:
            return product.antigens
        inside = tuple(each for each in product.antigens if each in PROGRAMME_ANTIGENS)
        return inside or product.antigens[:1]

    def _family(self, product: Product) -> str:
        return next((SERIES_OF[each] for each in product.antigens if each in SERIES_OF), product.code)

    # --- what cannot be -------------------------------------------------------------------------------------

    def _impossible(self, entry: HistoryEntry, product: Product | None) -> tuple[Finding, Reason] | None:
        child = self.child
        if product is None:
            return Finding.UNKNOWN_VACCINE, because(wording.UNKNOWN_VACCINE, written=entry.vaccine)
        if entry.date is None:
            return Finding.BAD_DATE, because(wording.BAD_DATE, written=entry.written)
        if entry.date < child.birth_date:
            return Finding.BEFORE_BIRTH, because(wording.BEFORE_BIRTH, birth=child.birth_date)
        if entry.date > child.as_of:
            return Finding.AFTER_AS_OF, because(wording.AFTER_AS_OF, as_of=child.as_of)
        if entry.number is not None:
            for other in child.history:
                if (
                    other.number is not None
                    and other.date is not None
                    and other.number < entry.number
                    and other.date > entry.date
                    and product_named(other.vaccine) is product
                ):
                    return Finding.OUT_OF_ORDER, because(
                        wording.OUT_OF_ORDER, number=entry.number, before=other.number, on=other.date
                    )
        return None

    # --- one antigen ----------------------------------------------------------------------------------------

    def _judge_antigen(self, entry: HistoryEntry, product: Product, antigen: str) -> Verdict:
        on = entry.date
        assert on is not None
        named = wording.title(product.code)
        if (on, antigen) in self._seen:
            return Finding.DUPLICATE, because(wording.DUPLICATE, vaccine=named), (), ()
        course = self.courses.get(SERIES_OF.get(antigen, ""))
        if course is None:
            return self._outside(product, antigen, on)
        if course.series.name == "hpv" and not self.child.is_girl:
            return Finding.SURPLUS, because(wording.BOY, vaccine=named), (), ()
        leaflet = product.leaflet or entry.by_leaflet or antigen == "IPV"
        if antigen in ("DT", "dT"):
            return self._judge_dt(course, antigen, on)
        place = course.place_for(antigen)
        if place is None:
            return self._without_place(course, antigen, named)
        line = course.lines[place]
        wrong = self._too_early(course, line, on, leaflet) or self._too_close(product, course.series.name, on)
        if wrong is not None:
            return wrong[0], wrong[1], (), ()
        warnings = self._warnings(course, place, product, on)
        course.fill(place, antigen, on)
        oral = line.vaccine == "IPV" and antigen != "IPV"
        counts_for = wording.POLIO if oral else wording.title(line.vaccine)
        counted = because(wording.COUNTED, vaccine=counts_for, number=line.number)
        return Finding.COUNTED, counted, ((line.vaccine, line.number),), warnings

    def _outside(self, product: Product, antigen: str, on: date) -> Verdict:
        """A vaccine without a series here: kept, but its spacing as a live vaccine is looked at."""
        named = wording.title(product.code)
        close = self._too_close(product, product.code, on)
        if close is not None:
            return close[0], close[1], (), ()
        words = wording.NOT_IN_EDITION if antigen in SERIES_OF else wording.OUTSIDE
        return Finding.SURPLUS, because(words, vaccine=named), (), ()

    def _without_place(self, course: Course, antigen: str, named: object) -> Verdict:
        if course.series.name in ("je", "hepa"):
            own = course.lines[0].vaccine
            if antigen != own:
                return (
                    Finding.MIXED_PRODUCTS,
                    because(wording.MIXED_PRODUCTS, other=wording.title(own)),
                    (),
                    (),
                )
        if course.series.name == "measles" and None in course.filled:
            return Finding.WRONG_PRODUCT, because(wording.WRONG_PRODUCT, vaccine=named), (), ()
        return Finding.SURPLUS, because(wording.SURPLUS, vaccine=named), (), ()

    def _too_early(
        self, course: Course, line: Line, on: date, leaflet: bool
    ) -> tuple[Finding, Reason] | None:
        age = age_of(line, leaflet)
        from_on = age_reached(self.child.birth_date, age)
        named = wording.title(line.vaccine)
        if on < from_on:
            return Finding.BEFORE_MINIMUM_AGE, because(
                wording.TOO_YOUNG,
                vaccine=named,
                number=line.number,
                age=wording.age_words(age),
                from_on=from_on,
            )
        for previous, gap, words in (
            (course.latest_on, line.gap, wording.TOO_SOON),
            (course.first_on, line.from_first, wording.TOO_SOON_AFTER_FIRST),
        ):
            if previous is None or gap is None:
                continue
            # A leaflet's own intervals are at least four weeks where the programme asks for three months.
            kept = schedule.DAYS_28 if leaflet and line.vaccine == "MPSV-A" else gap
            from_on = after(previous, kept)
            if on < from_on:
                return Finding.BEFORE_MINIMUM_INTERVAL, because(
                    words,
                    vaccine=named,
                    number=line.number,
                    previous=previous,
                    gap=wording.gap_words(kept),
                    from_on=from_on,
                )
        return None

    def _too_close(self, product: Product, family: str, on: date) -> tuple[Finding, Reason] | None:
        """An injected live vaccine too near another one, or to an immunoglobulin."""
        if not product.live:
            return None
        for given, other, code in reversed(self.live_given):
            if other != family and given < on < given + LIVE_DAYS:
                return Finding.LIVE_TOO_CLOSE, because(
                    wording.LIVE_TOO_CLOSE,
                    other=wording.title(code),
                    previous=given,
                    from_on=given + LIVE_DAYS,
                )
        if family != "bcg":
            for given in self.immunoglobulin:
                from_on = add_months(given, IMMUNOGLOBULIN_MONTHS)
                if given <= on < from_on:
                    return Finding.AFTER_IMMUNOGLOBULIN, because(
                        wording.AFTER_IMMUNOGLOBULIN, previous=given, from_on=from_on
                    )
        return None

    def _warnings(self, course: Course, place: int, product: Product, on: date) -> tuple[Reason, ...]:
        line = course.lines[place]
        found = []
        if line.until is not None and on >= age_reached(self.child.birth_date, line.until):
            found.append(because(wording.GIVEN_OVER_AGE))
        vaccine = product.code if product.code != "MMRV" else "MMR"
        effect = effect_on(self.child.states, vaccine)
        if effect is not None and effect[0] is not Effect.ASSESS:
            named = wording.title(product.code)
            found.append(because(wording.GIVEN_THOUGH, state=effect[1], vaccine=named))
        second = line.vaccine == "JE-I" and line.number == 2
        if second and course.latest_on is not None and on > course.latest_on + JE_SECOND_WITHIN:
            found.append(because(wording.TOO_LATE_AFTER))
        if course.series.name == "polio" and None in course.filled[:place]:
            found.append(because(wording.BEFORE_IPV))
        return tuple(found)

    # --- DT after DTaP --------------------------------------------------------------------------------------

    def dt_gap(self, course: Course) -> Gap | None:
        """The interval before the next DT, by how many doses of DTaP and DT stand (norms B4)."""
        dtap = sum(on is not None for on in course.filled)
        total = dtap + len(self.dt_given)
        if total < 3:
            return schedule.DT_GAPS[total]
        return schedule.DT_AFTER_THREE if dtap <= 3 else schedule.DT_AFTER_FOUR

    def _judge_dt(self, course: Course, antigen: str, on: date) -> Verdict:
        dtap = sum(each is not None for each in course.filled)
        named = wording.title(antigen)
        if dtap >= 5 or (dtap + len(self.dt_given) >= 3 and self.dt_given):
            return Finding.SURPLUS, because(wording.SURPLUS, vaccine=named), (), ()
        age = schedule.ADULT_DT_AGE if antigen == "dT" else schedule.DT_ROUTINE.age
        number = len(self.dt_given) + 1
        line = replace(schedule.DT_ROUTINE, vaccine=antigen, number=number, age=age, gap=self.dt_gap(course))
        wrong = self._too_early(course, line, on, leaflet=False)
        if wrong is not None:
            return wrong[0], wrong[1], (), ()
        self.dt_given.append((antigen, on))
        course.note(antigen, on)
        counted = because(wording.COUNTED, vaccine=named, number=number)
        return Finding.COUNTED, counted, ((antigen, number),), ()


def _together(entry: HistoryEntry, verdicts: list[Verdict]) -> JudgedEntry:
    """One finding for a product of several antigens: counted when one counts, else the first fault."""
    if len(verdicts) == 1:
        return JudgedEntry(entry, *verdicts[0])
    first = next((each for each in verdicts if each[0] is Finding.COUNTED), None)
    first = first or next((each for each in verdicts if each[0] is not Finding.SURPLUS), verdicts[0])
    finding, why, fills, warnings = first
    for verdict in verdicts:
        if verdict is not first:
            why = because(wording.COUNTED_ALSO, one=why, other=verdict[1])
            fills += verdict[2]
            warnings += tuple(each for each in verdict[3] if each not in warnings)
    return JudgedEntry(entry, finding, why, fills, warnings)
