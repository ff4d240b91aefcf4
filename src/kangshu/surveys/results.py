"""Result tables: each answer's share or mean for everybody whom the sample stands for.

The weight of an interview is the inverse of its chance (`estimating.base_weight`), raised in each village by
the households in which somebody should have been asked and was not. A group (women, an age band) is taken as
the people of that group; villages without any of them do not count to its standard error, so of a small group
it is a little too small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kangshu.declare.form import Field, FieldType, Form
from kangshu.kernel.text import Text
from kangshu.places.models import Region
from kangshu.surveys.estimating import Answer, Estimate, base_weight, estimate
from kangshu.surveys.models import Interview, Outcome, Survey, SurveyCluster, SurveyHousehold

BANDS = ((0, 17), (18, 44), (45, 59), (60, 74), (75, 200))
OUT = (Outcome.NOBODY, Outcome.VACANT)
COUNTED = (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO)
MEASURED = (FieldType.INTEGER, FieldType.DECIMAL)


@dataclass(frozen=True)
class Told:
    """One interview with what it stands for."""

    interview: Interview
    weight: Fraction
    cluster: str
    is_urban: bool | None


@dataclass(frozen=True)
class Group:
    id: str
    title: Text
    holds: Callable[[Told], bool]


@dataclass(frozen=True)
class Line:
    """One line of a result table: the question, the answer (None for a mean), the group, the estimate."""

    field: Field
    option: str
    title: Text
    group: Group
    estimate: Estimate

    @property
    def is_share(self) -> bool:
        return bool(self.option)

    @property
    def value(self) -> Decimal:
        return self.estimate.rounded(2, 100 if self.is_share else 1)

    @property
    def limits(self) -> tuple[Decimal, Decimal] | None:
        """Of 95 %; those of a share between 0 and 100."""
        found = self.estimate.limits
        if found is None:
            return None
        low, high = (max(found[0], 0.0), min(found[1], 1.0)) if self.is_share else found
        scale = 100 if self.is_share else 1
        return round(Decimal(low * scale), 2), round(Decimal(high * scale), 2)

    @property
    def effect(self) -> Decimal | None:
        found = self.estimate.design_effect
        return None if found is None else round(Decimal(found), 2)


def told(survey: Survey) -> list[Told]:
    """Every first interview that stands, weighted."""
    places = list(SurveyHousehold.objects.filter(survey=survey))
    by_cluster: dict[int, list[SurveyHousehold]] = defaultdict(list)
    for place in places:
        by_cluster[place.cluster_id].append(place)
    clusters = {one.pk: one for one in SurveyCluster.objects.filter(survey=survey).select_related("region")}
    rows = Interview.objects.filter(place__survey=survey, round=1, withdrawn_at=None).select_related("place")
    return [
        Told(
            row,
            _weight(clusters[place.cluster_id], by_cluster[place.cluster_id], place),
            clusters[place.cluster_id].region_id,
            is_urban(clusters[place.cluster_id].region),
        )
        for row in rows
        if (place := row.place)
    ]


def _weight(cluster: SurveyCluster, places: Sequence[SurveyHousehold], place: SurveyHousehold) -> Fraction:
    expected = Fraction(cluster.expected_over, cluster.expected_under)
    weight = base_weight(expected, cluster.hits, cluster.size, len(places), place.eligible or 1)
    wanted = sum(one.outcome not in OUT for one in places)
    reached = sum(one.outcome == Outcome.INTERVIEWED for one in places)
    return weight * Fraction(wanted, reached)


def is_urban(region: Region) -> bool | None:
    """By the urban-rural code of the statistics office: 111 to 123 urban, 210 and 220 rural; None unknown."""
    return {"1": True, "2": False}.get(region.urban_rural[:1])


def groups(survey: Survey) -> list[Group]:
    """Everybody, then by sex, age, urban and rural."""
    bands = [
        Group(
            f"{first}-{last}",
            _band(first, last),
            lambda one, first=first, last=last: first <= one.interview.age <= last,  # type: ignore[misc]
        )
        for first, last in BANDS
        if last >= survey.age_from and (survey.age_to is None or first <= survey.age_to)
    ]
    return [
        Group("all", Text("合计", "Everybody"), lambda one: True),
        Group("men", Text("男", "Men"), lambda one: one.interview.sex == "1"),
        Group("women", Text("女", "Women"), lambda one: one.interview.sex == "2"),
        *bands,
        Group("urban", Text("城镇", "Urban"), lambda one: one.is_urban is True),
        Group("rural", Text("乡村", "Rural"), lambda one: one.is_urban is False),
    ]


def _band(first: int, last: int) -> Text:
    if last > 130:
        return Text(f"{first}岁及以上", f"{first} and older")
    return Text(f"{first}–{last}岁", f"{first} to {last}")


def questions(form: Form) -> list[Field]:
    """Those of which a table can be made."""
    return [field for field in form.fields if field.type in (*COUNTED, *MEASURED, FieldType.COMPUTED)]


def table(field: Field, rows: Sequence[Told], among: Sequence[Group]) -> list[Line]:
    """The lines of one question; who was not asked it or did not answer is left out."""
    answered = [one for one in rows if field.name in one.interview.answers]
    if field.type is FieldType.COMPUTED:
        truths = [one.interview.answers[field.name] for one in answered]
        kinds = {type(value) for value in truths}
        is_share = bool in kinds
    else:
        is_share = field.type in COUNTED
    options = _options(field) if is_share else (("", Text("均值", "mean")),)
    lines = []
    for option, title in options:
        for group in among:
            inside = [one for one in answered if group.holds(one)]
            found = estimate(Answer(_value(one, field, option), one.weight, one.cluster) for one in inside)
            if found is not None:
                lines.append(Line(field, option, title, group, found))
    return lines


def _options(field: Field) -> tuple[tuple[str, Text], ...]:
    if field.choices:
        return tuple((choice.code, choice.title) for choice in field.choices)
    return (("yes", Text("是", "yes")),)


def _value(one: Told, field: Field, option: str) -> Fraction | int:
    value = one.interview.answers[field.name]
    if option == "yes" and isinstance(value, bool):
        return int(value)
    if option:
        return int(option in value if isinstance(value, list) else option == value)
    return Fraction(str(value))
