"""The day before, the day itself and the day after: limits of age, interval and time, read off the schedule.

A case is one line: born, on, history (`code date`, `!` in front of what must not count), expected doses
(`code number status earliest`, the earliest day only where it decides).
"""

from __future__ import annotations

import pytest

from kangshu.immunisation.forecast import forecast
from kangshu.immunisation.forecast.reading import read_children

CASES = """
2026-01-31 2026-02-01 | | HepB 1 due 2026-01-31
2026-01-31 2026-02-02 | | HepB 1 overdue 2026-01-31
2026-01-31 2026-02-27 | HepB 2026-01-31 | HepB 2 not_yet 2026-02-28
2026-01-31 2026-02-28 | HepB 2026-01-31 | HepB 2 due 2026-02-28
2026-02-10 2026-06-01 | HepB 2026-02-10, !HepB 2026-03-09 | HepB 2 due 2026-03-10
2026-03-01 2026-06-01 | HepB 2026-03-01, !HepB 2026-03-29 | HepB 2 due 2026-04-01
2026-01-01 2026-08-01 | HepB 2026-01-01, HepB 2026-05-20, !HepB 2026-07-18 | HepB 3 due 2026-07-19
2026-01-01 2026-08-01 | HepB 2026-01-01, HepB 2026-05-20, HepB 2026-07-19 | HepB 3 done 2026-07-19
2026-01-31 2027-01-31 | HepB 2026-01-31, HepB 2026-03-01 | HepB 3 due 2026-07-31
2026-01-31 2027-02-01 | HepB 2026-01-31, HepB 2026-03-01 | HepB 3 overdue 2026-07-31
2026-01-31 2026-06-01 | !HepB 2026-01-30 | HepB 1 overdue 2026-01-31
2026-01-31 2026-06-01 | !HepB 2026-06-02, HepB 2026-01-31 | HepB 1 done 2026-01-31
2026-01-31 2026-04-30 | | BCG 1 due 2026-01-31
2026-01-31 2026-05-01 | | BCG 1 overdue 2026-01-31
2022-11-23 2026-11-23 | | BCG 1 aged_out
2022-11-24 2026-11-23 | | BCG 1 overdue 2022-11-24
2026-01-31 2026-06-30 | !IPV 2026-03-30 | IPV 1 due 2026-03-31
2026-01-31 2026-06-30 | IPV 2026-03-31 | IPV 1 done 2026-03-31, IPV 2 due 2026-04-30
2026-01-31 2026-06-30 | IPV 2026-04-10, !IPV 2026-05-07 | IPV 2 due 2026-05-08
2026-01-31 2026-06-30 | IPV 2026-04-10, IPV 2026-05-08 | bOPV 3 due 2026-06-05
2022-11-24 2026-11-23 | IPV 2023-02-01, IPV 2023-03-01, bOPV 2023-04-01 | bOPV 4 not_yet 2026-11-24
2022-11-23 2026-11-23 | IPV 2023-02-01, IPV 2023-03-01, bOPV 2023-04-01 | bOPV 4 due 2026-11-23
2021-11-22 2026-11-23 | IPV 2022-02-01, IPV 2022-03-01, bOPV 2022-04-01 | bOPV 4 overdue 2025-11-22
2020-05-01 2026-11-23 | | IPV 1 due 2020-07-01, IPV 2 not_yet 2026-12-21
2026-01-10 2026-04-20 | DTaP 2026-03-10, !DTaP 2026-04-10 | DTaP 2 not_yet 2026-05-10
2025-01-10 2026-11-23 | DTaP 2025-03-10, DTaP 2025-05-10, DTaP 2026-02-10, !DTaP 2026-08-09 | DTaP 4 due
2025-01-10 2026-11-23 | DTaP 2025-03-10, DTaP 2025-05-10, DTaP 2026-02-10, DTaP 2026-08-10 | DTaP 4 done
2026-01-31 2026-09-29 | | MMR 1 not_yet 2026-09-30
2026-01-31 2026-09-30 | | MMR 1 due 2026-09-30
2026-01-31 2027-01-31 | | MMR 1 due 2026-09-30
2026-01-31 2027-02-01 | | MMR 1 overdue 2026-09-30
2024-02-29 2025-02-28 | | MMR 1 due 2024-10-29
2024-02-29 2025-03-01 | | MMR 1 overdue 2024-10-29, bOPV 4 not_yet 2028-02-29
2025-03-01 2026-03-28 | MMR 2026-03-01 | JE-L 1 not_yet 2026-03-29
2025-03-01 2026-03-29 | MMR 2026-03-01 | JE-L 1 overdue 2026-03-29
2023-05-01 2026-11-23 | JE-L 2025-01-10, !JE-L 2026-01-09 | JE-L 2 overdue 2026-01-10
2023-05-01 2026-11-23 | JE-L 2025-01-10, JE-L 2026-01-10 | JE-L 2 done 2026-01-10
2026-01-01 2026-09-20 | JE-I 2026-09-01, !JE-I 2026-09-07 | JE-I 2 due 2026-09-08
2026-01-01 2026-09-20 | JE-I 2026-09-01, JE-I 2026-09-08 | JE-I 3 not_yet 2028-01-01
2025-11-01 2026-11-23 | MPSV-A 2026-06-01, !MPSV-A 2026-08-31 | MPSV-A 2 due 2026-09-01
2025-11-01 2026-11-23 | MPSV-A 2026-06-01, MPSV-A 2026-09-01 | MPSV-A 2 done 2026-09-01
2018-01-01 2026-12-31 | MPSV-AC 2024-01-01 | MPSV-AC 4 not_yet 2027-01-01
2018-01-01 2027-01-01 | MPSV-AC 2024-01-01 | MPSV-AC 4 overdue 2027-01-01
2025-05-23 2026-11-22 | | HepA-L 1 not_yet 2026-11-23
2025-05-23 2026-11-23 | | HepA-L 1 due 2026-11-23
2023-05-23 2026-11-30 | HepA-I 2026-06-01 | HepA-I 2 not_yet 2026-12-01
2013-11-24 2026-11-23 | | 2vHPV 1 not_yet 2026-11-24
2013-11-23 2026-11-23 | | 2vHPV 1 due 2026-11-23
2012-11-22 2026-11-23 | | 2vHPV 1 overdue 2025-11-22
2013-05-01 2027-05-23 | 2vHPV 2026-05-23 | 2vHPV 2 due
2013-05-01 2027-05-24 | 2vHPV 2026-05-23 | 2vHPV 2 overdue
2016-06-01 2026-11-23 | | HepB 1 overdue, BCG 1 aged_out, IPV 1 due, DTaP 1 aged_out, DT 1 due, MMR 1 overdue
2007-06-01 2026-11-23 | | HepB 1 aged_out, MMR 1 aged_out, JE-L 1 aged_out, 2vHPV 1 not_needed
"""


def listed(text: str) -> list[list[str]]:
    """The words of each entry of a list with commas."""
    return [entry.split() for entry in text.split(",") if entry.strip()]


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_limit(case):
    days, history, expects = case.split("|")
    born, on = days.split()
    child = {
        "id": case,
        "birth_date": born,
        "sex": "F",
        "as_of": on,
        "history": [{"vaccine": code.lstrip("!"), "date": day} for code, day in listed(history)],
    }
    answer = forecast(read_children([child])[0])
    assert [each.valid for each in answer.history] == [code[0] != "!" for code, _ in listed(history)]
    found = {(dose.vaccine, str(dose.dose)): [dose.status, str(dose.earliest)] for dose in answer.doses}
    for code, number, *expected in listed(expects):
        assert found[code, number][: len(expected)] == expected
