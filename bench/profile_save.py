"""What one save costs, without any load: statements, Python calls and milliseconds of the form, the save and
the page after it.

`run(options)` asks Django's own handler in this process, so that a profiler sees everything between the
request and the answer. `KANGSHU_PROFILE=save` (or `form`, `detail`) prints the functions that take longest.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import random
import secrets
import sys
import time
from typing import Any
from urllib.parse import urlencode

from bench.save_visits import FORM, Doctor, _fill, _sign_in, form_data

from kangshu.kernel.dates import china_today

ROUNDS = 100
RESIDENTS = 2_000


def run(options: Any = None) -> dict[str, Any]:
    """Fill if need be, save a hundred visits, and give what each of the three requests costs."""
    from django.test.utils import setup_test_environment

    setup_test_environment()
    _fill(int(getattr(options, "residents", None) or RESIDENTS))
    doctor = _sign_in(1)[0]
    asks = _Asking(doctor)
    for _ in range(5):
        asks.form(), asks.save(), asks.detail()
    shown = os.environ.get("KANGSHU_PROFILE", "")
    figures = {}
    for name, ask in (("form", asks.form), ("save", asks.save), ("detail", asks.detail)):
        figures[name] = _cost(ask, shown == name)
    return {"bench": "profile_save", "requests": figures}


class _Asking:
    """One doctor's browser, without a network."""

    def __init__(self, doctor: Doctor) -> None:
        from django.test import Client

        from kangshu.config import settings

        self.doctor, self.rng, self.token = doctor, random.Random(1), secrets.token_hex(16)
        self.client = Client(enforce_csrf_checks=True, SERVER_NAME=settings.ALLOWED_HOSTS[0])
        self.client.cookies["sessionid"] = doctor.session
        self.client.cookies["csrftoken"] = self.token
        self.saved = ""

    def form(self) -> None:
        person = self.doctor.patients[self.doctor.next % len(self.doctor.patients)]
        answer = self.client.get(f"/work/record/{FORM}/{person}/")
        assert answer.status_code == 200, answer.status_code

    def save(self) -> None:
        person, day = self.doctor.patient_and_day(china_today())
        answer = self.client.post(
            f"/work/record/{FORM}/{person}/",
            data=urlencode(form_data(day, self.token, self.rng)),
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 302, answer.content.decode()[:2000]
        self.saved = answer["location"]

    def detail(self) -> None:
        answer = self.client.get(self.saved)
        assert answer.status_code == 200, answer.status_code


def _cost(ask: Any, shown: bool) -> dict[str, Any]:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connections["default"]) as captured:
        ask()
    asked = list(captured)  # now: the next request forgets them
    if shown:
        for query in asked:
            sys.stderr.write(f"{query['time']} {' '.join(query['sql'].split())[:260]}\n")
    wall, used = time.perf_counter(), time.process_time()
    for _ in range(ROUNDS):
        ask()
    wall, used = time.perf_counter() - wall, time.process_time() - used
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(ROUNDS):
        ask()
    profile.disable()
    stats = pstats.Stats(profile, stream=sys.stderr)
    if shown:
        stats.sort_stats("cumulative").print_stats(90)
        stats.sort_stats("tottime").print_stats(45)
    return {
        "statements": len(asked),
        "python_calls": stats.total_calls // ROUNDS,  # type: ignore[attr-defined]
        "python_ms": round(used / ROUNDS * 1000, 2),
        "wall_ms": round(wall / ROUNDS * 1000, 2),
    }
