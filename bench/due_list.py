"""How long today's work takes to show in a large county: due lists, registers, the list of people found.

`run(options)` fills the database it is given with `options.residents` synthetic residents (as the search
bench does) and a hypertension and a diabetes programme over them, unless they are there. Then a village
doctor and a bureau officer open the same pages again and again, in another order each round, through the
whole stack: session, scope and row-level security, queries, page. Sign-in and the network are left out.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from bench.search import DEFAULT_RESIDENTS, fill, readers

ROUNDS = 30
PROGRAMMES = (
    # capability, form, one in so many residents
    ("chronic.hypertension", "chronic.hypertension.follow_up", 13),
    ("chronic.diabetes", "chronic.diabetes.follow_up", 40),
)
STEPS = ("follow_up", "yearly_check")


def run(options: Any = None) -> dict[str, Any]:
    """Fill if need be, open the pages, and give the figures in milliseconds."""
    residents = int(getattr(options, "residents", None) or DEFAULT_RESIDENTS)
    loaded = fill(residents)
    filled = _fill_work()
    doctor, officer = readers()
    return {
        "bench": "due_list",
        "residents": residents,
        "people_seconds": loaded,
        "work_seconds": filled,
        "rows": _rows(),
        "village_doctor": _ask(doctor),
        "bureau_officer": _ask(officer),
    }


def _ask(account_id: UUID) -> dict[str, Any]:
    client = _signed_in(account_id)
    random_order = random.Random(11)
    times: dict[str, list[float]] = {}
    pages = list(_pages(client))
    for round_ in range(ROUNDS + 1):
        random_order.shuffle(pages)
        for name, address in pages:
            start = time.perf_counter()
            answer = client.get(address, headers={"host": "localhost"})
            took = (time.perf_counter() - start) * 1000
            if answer.status_code != 200:
                raise RuntimeError(f"{name} {address}: {answer.status_code}")
            if round_:  # the first round compiles templates
                times.setdefault(name, []).append(took)
    every = sorted(each for part in times.values() for each in part)
    return {
        "pages": len(every),
        **_spread(every),
        "by_page": {name: _spread(sorted(part)) for name, part in sorted(times.items())},
    }


def _spread(ordered: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
        "max_ms": round(ordered[-1], 1),
    }


def _pages(client: Any) -> Iterator[tuple[str, str]]:
    """Name and address of what people open in a day."""
    from django.urls import reverse

    due = reverse("work:due_list")
    yield "due list", due
    yield "due list, overdue", f"{due}?state=overdue"
    yield "due list, soon", f"{due}?state=soon"
    yield "due list, by village", f"{due}?order=village"
    yield "due list, one programme", f"{due}?kind=chronic.diabetes"
    page = client.get(due, headers={"host": "localhost"}).content.decode()
    if more := re.search(r"\?[^\"]*after=[0-9a-f-]{36}", page):
        yield "due list, next rows", due + more.group().replace("&amp;", "&")
    yield "registers", reverse("work:registers")
    register = reverse("work:register", args=["chronic.hypertension"])
    yield "register", register
    yield "register, tenth page", f"{register}?page=10"
    yield "register, by name", f"{register}?name=wang"
    yield "register, closed", f"{register}?state=closed"
    yield "found, not enrolled", reverse("work:found", args=["chronic.hypertension"])


def _signed_in(account_id: UUID) -> Any:
    from django.conf import settings
    from django.test import Client

    from kangshu.access import session as sessions
    from kangshu.access.models import Account

    client = Client(raise_request_exception=True)
    session = client.session
    sessions.start(session, Account.objects.get(pk=account_id), second_factor=True)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


# --- the work --------------------------------------------------------------------------------------------


def _fill_work() -> float:
    """Cases, four visits and the open windows of each, and diagnoses of people nobody enrolled."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM work_due")
        if cursor.fetchone()[0]:
            return 0.0
        start = time.perf_counter()
        for number, (kind, form, share) in enumerate(PROGRAMMES):
            cursor.execute(_CASES, {"kind": kind, "share": share, "offset": number})
            cursor.execute(_RECORDS, {"kind": kind, "form": form})
            for step in STEPS:
                cursor.execute(_DUES, {"kind": kind, "step": step, "year": step == "yearly_check"})
        cursor.execute(_ENCOUNTERS, {})
        cursor.execute(_DIAGNOSES, {})
        for table in ("work_case", "work_record", "work_due", "care_encounter", "care_diagnosis"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")
        return round(time.perf_counter() - start, 1)


def _rows() -> dict[str, int]:
    from django.db import connections

    found = {}
    with connections["owner"].cursor() as cursor:
        for table in ("people_person", "work_case", "work_record", "work_due", "care_diagnosis"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


# The hash of the id decides, so that the same residents give the same programme.
_CASES = """
INSERT INTO work_case (id, kind, capability_version, state, opened_on, closed_on, closing_reason, facts,
    created_at, institution_id, person_id, scope_path, compartment)
SELECT gen_random_uuid(), %(kind)s, 1, CASE WHEN h %% 20 = 0 THEN 'closed' ELSE 'managed' END,
    DATE '2024-01-01' + (h %% 600)::int, CASE WHEN h %% 20 = 0 THEN CURRENT_DATE - 5 END,
    CASE WHEN h %% 20 = 0 THEN 'lost' ELSE '' END, '{}', now(), institution_id, id, scope_path, ''
FROM (SELECT *, abs(hashtext(id::text)) / 64 AS h FROM people_person) p
WHERE abs(hashtext(id::text)) %% %(share)s = %(offset)s
"""
_RECORDS = """
INSERT INTO work_record (id, form_id, form_version, performed_on, entered_at, answers, provenance, assessment,
    status, reason, case_id, institution_id, person_id, scope_path, compartment)
SELECT gen_random_uuid(), %(form)s, 1, day, day + time '10:00',
    '{"sbp": 138, "dbp": 84, "mode": "1", "class": "1", "weight": "65.5", "doctor": "某"}', '{}',
    '{"class": "1", "action": "routine", "_": {"outcome": "routine", "advice": ["satisfied"], "next": null}}',
    'current', '', id, institution_id, person_id, scope_path, ''
FROM (SELECT c.*, CURRENT_DATE - n * 91 - (abs(hashtext(c.id::text)) %% 60) AS day
    FROM work_case c, generate_series(0, 3) n WHERE c.kind = %(kind)s) visits
"""
_DUES = """
INSERT INTO work_due (id, case_id, kind, step, opens_on, due_on, overdue_on, state, institution_id,
    region_id, person_id, scope_path, compartment)
SELECT gen_random_uuid(), c.id, c.kind, %(step)s, day, day + 30, day + 31, 'open', c.institution_id,
    p.region_id, c.person_id, c.scope_path, ''
FROM (SELECT *, CURRENT_DATE - 45
        + (abs(hashtext(id::text || %(step)s)) %% CASE WHEN %(year)s THEN 330 ELSE 90 END) AS day
    FROM work_case WHERE kind = %(kind)s AND closed_on IS NULL) c
JOIN people_person p ON p.id = c.person_id
"""
_ENCOUNTERS = """
INSERT INTO care_encounter (id, person_id, institution_id, kind, started_on, complaint, note, source,
    external_id, entered_at, scope_path, compartment)
SELECT gen_random_uuid(), id, institution_id, 'outpatient',
    CURRENT_DATE - (abs(hashtext(id::text)) %% 365), '', '', 'his', id::text, now(), scope_path, ''
FROM people_person WHERE abs(hashtext(id::text)) %% 8 = 3
"""
_DIAGNOSES = """
INSERT INTO care_diagnosis (id, encounter_id, person_id, code, name, kind, diagnosed_on, scope_path,
    compartment)
SELECT gen_random_uuid(), id, person_id,
    CASE abs(hashtext(id::text)) %% 6 WHEN 0 THEN 'I10.x00' WHEN 1 THEN 'E11.900' ELSE 'J06.900' END,
    '某病', 'main', started_on, scope_path, ''
FROM care_encounter
"""
