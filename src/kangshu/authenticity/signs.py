"""The signs themselves. Visits go in person by person; what needs the whole county is judged at the end.

Each rule compares with what this county's own records show, not with a fixed idea of how people write:
fields that hardly change (a height) are no sign when they repeat; a doctor who rounds repeats readings more
often, and is measured by that. A rule that counts coincidences allows `Limits.chance` of them to happen by
chance among all that were looked at.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from uuid import UUID

from kangshu.authenticity.heaping import digit_signs, limit_signs
from kangshu.authenticity.visits import Found, Known, Limits, Sign, Visit
from kangshu.kernel.dates import CHINA
from kangshu.kernel.text import Text

SHORTEST_RUN = 3
SHORTEST_SEQUENCE, LONGEST_SEQUENCE = 4, 12
STEADY = (
    0.35  # a field whose value repeats more often than this from visit to visit says nothing by repeating
)

Reading = tuple[Decimal | None, ...]
Work = tuple[UUID, UUID | None, str]  # institution, doctor, form


@dataclass(frozen=True, slots=True)
class _Entry:
    record: UUID
    person: UUID
    performed_on: date
    entered_at: datetime


@dataclass
class Watch:
    """Collects a county's visits of a period. Call `see` once for each person, then `findings` once."""

    limits: Limits = field(default_factory=Limits)
    titles: Mapping[tuple[str, str], Text] = field(default_factory=dict)  # of (form, field)
    judged: Counter[UUID] = field(default_factory=Counter)
    _found: list[Found] = field(default_factory=list)
    _entries: dict[Work, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    _values: dict[Work, dict[str, Counter[Decimal]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )
    _series: dict[Work, list[list[Visit]]] = field(default_factory=lambda: defaultdict(list))
    _same: Counter[tuple[str, str]] = field(default_factory=Counter)
    _pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def see(self, visits: Sequence[Visit], known: Known) -> None:
        """All visits of one person in the period, in any order."""
        ordered = sorted(visits, key=lambda one: (one.performed_on, one.entered_at, one.record))
        for visit in ordered:
            self._count(visit)
            self._found.extend(_impossible(visit, known))
        for form in {visit.form for visit in ordered}:
            of_form = [visit for visit in ordered if visit.form == form and visit.measured]
            self._compare(of_form)
            for work, run in groupby(of_form, key=_work):
                self._series[work].append(list(run))

    def findings(self) -> list[Found]:
        """Everything found, in the order of the institutions' ids."""
        found = [
            *self._found,
            *self._copied(),
            *self._sequences(),
            *self._crowds(),
            *self._blocks(),
            *digit_signs(self._values, self.limits, self.titles),
            *limit_signs(self._values, self.limits, self.titles),
        ]
        return sorted(
            found, key=lambda one: (str(one.institution), one.sign, str(one.doctor), str(one.person))
        )

    def _count(self, visit: Visit) -> None:
        work = _work(visit)
        self.judged[visit.institution] += 1
        self._entries[work].append(
            _Entry(visit.record, visit.person, visit.performed_on, visit.entered_at.astimezone(CHINA))
        )
        for name, value in visit.measured:
            self._values[work][name][value] += 1

    def _compare(self, visits: Sequence[Visit]) -> None:
        for one, other in pairwise(visits):
            before = dict(one.measured)
            for name, value in other.measured:
                if name in before:
                    self._pairs[one.form, name] += 1
                    self._same[one.form, name] += before[name] == value

    def _changing(self, form: str) -> tuple[str, ...]:
        """The fields of a form that usually change between visits, in the form's order."""
        return tuple(
            name
            for (of, name), pairs in self._pairs.items()
            if of == form and self._same[of, name] <= STEADY * pairs
        )

    def _copied(self) -> Iterator[Found]:
        """Runs of visits with one reading, longer than chance makes in the hands of the same doctor."""
        for work, series in self._series.items():
            fields = self._changing(work[2])
            if len(fields) < 2:
                continue
            runs = [run for visits in series for run in _runs(visits, fields)]
            pairs = sum(len(run) - 1 for run in runs) + sum(1 for visits in series for _ in pairwise(visits))
            people = max(len(series), 1)
            for run in (run for run in runs if len(run) >= SHORTEST_RUN):
                repeats = sum(len(other) - 1 for other in runs if other is not run)
                others = max(pairs - 2 * (len(run) - 1), 1)
                chance = max((repeats + 1) / (others + 2), self._floor(work[2], fields))
                if people * chance ** (len(run) - 1) < self.limits.chance:
                    yield _of_person(Sign.COPIED, run, _copied_reason(run, fields))

    def _floor(self, form: str, fields: Sequence[str]) -> float:
        """How often a whole reading repeats in the county if its fields did so independently."""
        return math.prod(self._same[form, name] / max(self._pairs[form, name], 1) for name in fields)

    def _sequences(self) -> Iterator[Found]:
        for work, series in self._series.items():
            fields = self._changing(work[2])
            if len(fields) >= 2:
                yield from _twins(series, fields, self.limits)

    def _crowds(self) -> Iterator[Found]:
        days: dict[str, list[int]] = defaultdict(list)
        by_day: dict[tuple[Work, date], list[_Entry]] = defaultdict(list)
        for work, entries in self._entries.items():
            for entry in entries:
                by_day[work, entry.performed_on].append(entry)
        for (work, _), entries in by_day.items():
            days[work[2]].append(len(entries))
        # Where whole villages are examined on one day, that is how the work is done and no sign.
        usual = {form: 3 * sorted(counts)[int(len(counts) * 0.9)] for form, counts in days.items()}
        for (work, on), entries in by_day.items():
            if work[1] is not None and len(entries) > max(self.limits.visits_a_day, usual[work[2]]):
                reason = Text(
                    f"{on}一天记录了{len(entries)}人次，超过{self.limits.visits_a_day}人次。",
                    f"{len(entries)} visits on {on}, more than {self.limits.visits_a_day}.",
                )
                yield _of_work(Sign.CROWD, work, entries, reason)

    def _blocks(self) -> Iterator[Found]:
        by_doctor: dict[tuple[UUID, UUID | None], list[_Entry]] = defaultdict(list)
        for (institution, doctor, _), entries in self._entries.items():
            by_doctor[institution, doctor].extend(entries)
        for (institution, doctor), entries in by_doctor.items():
            work = (institution, doctor, "")
            ordered = sorted(entries, key=lambda one: one.entered_at)
            yield from _night(work, ordered, self.limits)
            yield from _late(work, ordered, self.limits)


def _work(visit: Visit) -> Work:
    return visit.institution, visit.doctor, visit.form


def _reading(visit: Visit, fields: Sequence[str]) -> Reading:
    measured = dict(visit.measured)
    return tuple(measured.get(name) for name in fields)


def _runs(visits: Sequence[Visit], fields: Sequence[str]) -> Iterator[list[Visit]]:
    """Longest runs of visits with the same reading, two fields of it known at least."""
    for reading, run in groupby(visits, key=lambda visit: _reading(visit, fields)):
        if sum(value is not None for value in reading) >= 2:
            yield list(run)


def _impossible(visit: Visit, known: Known) -> Iterator[Found]:
    on = visit.performed_on
    if known.ended_on is not None and on > known.ended_on:
        reason = Text(
            f"服务日期{on}在死亡或迁出日期{known.ended_on}之后。",
            f"Performed on {on}, after death or departure on {known.ended_on}.",
        )
        yield _of_person(Sign.AFTER_END, [visit], reason)
    for stay in known.stays:
        # On the first and the last day somebody may well be seen before or after.
        if stay.began_on < on < stay.ended_on:
            reason = Text(
                f"服务日期{on}在住院期间（{stay.began_on}至{stay.ended_on}）。",
                f"Performed on {on}, during a stay in hospital ({stay.began_on} to {stay.ended_on}).",
            )
            yield _of_person(Sign.ADMITTED, [visit], reason)


def _copied_reason(run: Sequence[Visit], fields: Sequence[str]) -> Text:
    shown = "/".join(f"{value.normalize():f}" for value in _reading(run[0], fields) if value is not None)
    first, last = run[0].performed_on, run[-1].performed_on
    return Text(
        f"{first}至{last}连续{len(run)}次测量值均为{shown}。",
        f"{len(run)} visits running, {first} to {last}, all read {shown}.",
    )


def _twins(series: Sequence[Sequence[Visit]], fields: Sequence[str], limits: Limits) -> Iterator[Found]:
    """Two people of one doctor whose readings agree over more visits running than chance allows."""
    readings = [[_reading(visit, fields) for visit in visits] for visits in series]
    frequency = Counter(reading for each in readings for reading in each)
    total = sum(frequency.values())
    alike = sum(count * (count - 1) for count in frequency.values()) / max(total * (total - 1), 1)
    length = _length(total, max(alike, 1 / max(total, 1)), limits.chance)
    if length is None:
        return
    where: dict[tuple[Reading, ...], list[tuple[int, int]]] = defaultdict(list)
    for index, each in enumerate(readings):
        for start in range(len(each) - length + 1):
            piece = tuple(each[start : start + length])
            if len(set(piece)) > 1:  # one reading again and again is the other sign
                where[piece].append((index, start))
    told: set[frozenset[int]] = set()
    for places in where.values():
        for (one, start), (other, other_start) in pairwise(places):
            pair = frozenset((one, other))
            if len(pair) == 2 and pair not in told:
                told.add(pair)
                before, after = _reach(readings[one], start, readings[other], other_start, length)
                places_of = ((one, start - before), (other, other_start - before))
                yield from _pair(series, places_of, before + after)


def _length(visits: int, alike: float, chance: float) -> int | None:
    """How many visits running two people must agree in before it is no chance; None: never in this work."""
    for length in range(SHORTEST_SEQUENCE, LONGEST_SEQUENCE + 1):
        if visits**2 / 2 * alike**length < chance:
            return length
    return None


def _reach(
    one: Sequence[Reading], start: int, other: Sequence[Reading], other_start: int, length: int
) -> tuple[int, int]:
    """How far two series agree before and after the place at which they were found to agree."""
    before, after = 0, length
    while before < min(start, other_start) and one[start - before - 1] == other[other_start - before - 1]:
        before += 1
    while (
        start + after < len(one)
        and other_start + after < len(other)
        and one[start + after] == other[other_start + after]
    ):
        after += 1
    return before, after


def _pair(
    series: Sequence[Sequence[Visit]], places: Iterable[tuple[int, int]], length: int
) -> Iterator[Found]:
    pieces = [series[index][start : start + length] for index, start in places]
    records = tuple(visit.record for piece in pieces for visit in piece)
    for piece in pieces:
        first = piece[0]
        reason = Text(
            f"连续{length}次测量值与同一医生的另一位居民完全相同（{first.performed_on}起）。",
            f"{length} readings running, from {first.performed_on}, are those of another resident of the "
            "same doctor.",
        )
        yield Found(Sign.SEQUENCE, first.institution, first.doctor, first.person, records, reason)


def _night(work: Work, ordered: Sequence[_Entry], limits: Limits) -> Iterator[Found]:
    """Blocks typed within an hour, at night."""
    at_night = [
        entry
        for entry in ordered
        if entry.entered_at.hour >= limits.night_from or entry.entered_at.hour < limits.night_to
    ]
    for block in _within(at_night, timedelta(hours=1)):
        if len(block) >= limits.night_block:
            start = block[0].entered_at
            reason = Text(
                f"{start:%Y-%m-%d %H:%M}起一小时内录入{len(block)}条。",
                f"{len(block)} records typed within an hour from {start:%Y-%m-%d %H:%M}.",
            )
            yield _of_work(Sign.NIGHT, work, block, reason)


def _within(entries: Sequence[_Entry], span: timedelta) -> Iterator[list[_Entry]]:
    block: list[_Entry] = []
    for entry in entries:
        if block and entry.entered_at - block[0].entered_at >= span:
            yield block
            block = []
        block.append(entry)
    if block:
        yield block


def _late(work: Work, ordered: Sequence[_Entry], limits: Limits) -> Iterator[Found]:
    """Many visits of long ago typed on one day; a single late one happens to everybody."""
    for day, entries in groupby(ordered, key=lambda one: one.entered_at.date()):
        late = [one for one in entries if (day - one.performed_on).days > limits.late_after_days]
        if len(late) >= limits.late_block:
            reason = Text(
                f"{day}补录了{len(late)}条{limits.late_after_days}天以前的服务记录。",
                f"{len(late)} visits older than {limits.late_after_days} days typed on {day}.",
            )
            yield _of_work(Sign.LATE, work, late, reason)


def _of_person(sign: Sign, visits: Sequence[Visit], reason: Text) -> Found:
    first = visits[0]
    return Found(
        sign, first.institution, first.doctor, first.person, tuple(one.record for one in visits), reason
    )


def _of_work(sign: Sign, work: Work, entries: Iterable[_Entry], reason: Text) -> Found:
    return Found(sign, work[0], work[1], None, tuple(one.record for one in entries), reason)
