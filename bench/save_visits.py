"""How fast a county saves follow-ups over HTTP: real server, real database, row-level security, audit.

`run(options)` works in the KANGSHU_HOME it is given. It makes a county of `options.residents` if the
database is empty, signs a hundred village doctors in (their sessions are written, sign-in is not measured),
serves the site with Granian as `kangshu serve` does, and lets each doctor save follow-ups of their own
patients: first with two seconds to think between two saves, then without, to find the saturation point, then
whole visits: the form is opened, filled, saved, and the page with the result is read. The load comes from the
same machine. A save counts as failed unless the server answers with the address of the saved record.

Beside the times stands what a save costs in processor time, of the web processes and of the database: that
figure depends little on what else the machine is doing.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from kangshu.kernel.dates import china_today

USERS = 100
THINK_SECONDS = 2.0
MEASURED_SECONDS = int(os.environ.get("KANGSHU_BENCH_SECONDS", "60"))
SATURATION_SECONDS = MEASURED_SECONDS // 3
SATURATION_USERS = (10, 25, 50, 100)
RESIDENTS = 100_000
FORM = "chronic.hypertension.follow_up"


@dataclass
class Doctor:
    """A signed-in village doctor and the patients still to be seen."""

    session: str
    enrolled: dict[UUID, date]
    """The day on which each of the doctor's patients was enrolled."""
    next: int = 0

    @property
    def patients(self) -> list[UUID]:
        return list(self.enrolled)

    def patient_and_day(self, today: date) -> tuple[UUID, date]:
        """Each save is of another patient; after one round, of the day before, but of no day on which the
        patient was not enrolled yet: that save would rightly be refused."""
        round_, position = divmod(self.next, len(self.enrolled))
        self.next += 1
        person = self.patients[position]
        return person, max(today - timedelta(days=round_), self.enrolled[person])


@dataclass
class Outcome:
    """What came of a stretch of load: milliseconds of the saves that succeeded, and why others failed."""

    milliseconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    pages: dict[str, list[float]] = field(default_factory=lambda: {"form": [], "result": []})
    """Milliseconds of the pages around a save, where whole visits are measured."""
    seconds: float = 0.0
    processor: dict[str, float] = field(default_factory=dict)
    """Seconds of processor, user and system, of the web processes and of the database's."""

    def figures(self) -> dict[str, Any]:
        saves = len(self.milliseconds)
        cost = {name: round(used / saves * 1000, 1) for name, used in self.processor.items()} if saves else {}
        return {
            "saves": saves,
            "failures": len(self.failures),
            "failure_reasons": sorted(set(self.failures))[:5],
            "saves_per_second": round(saves / self.seconds, 1) if self.seconds else 0,
            **shares(self.milliseconds),
            "cpu_ms_per_save": {**cost, "all": round(sum(cost.values()), 1)},
            **{name: shares(found) for name, found in self.pages.items() if found},
        }


def shares(milliseconds: list[float]) -> dict[str, float]:
    """What half, 95 and 99 of a hundred stayed below."""
    ordered = sorted(milliseconds) or [0.0]
    found = {
        f"p{part}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * part // 100)], 1)
        for part in (50, 95, 99)
    }
    return {**found, "max_ms": round(ordered[-1], 1)}


def run(options: Any = None) -> dict[str, Any]:
    """Fill if need be, serve, load, and give the figures."""
    residents = int(getattr(options, "residents", None) or RESIDENTS)
    _fill(residents)
    doctors = _sign_in(USERS)
    with _served() as (address, servers):

        def load(users: int, think: float, seconds: float, whole: bool = False) -> Outcome:
            return asyncio.run(_load(address, servers, doctors[:users], think, seconds, whole))

        load(10, 0.2, 5)  # warm caches and connections
        thinking = load(USERS, THINK_SECONDS, MEASURED_SECONDS)
        saturation = {users: load(users, 0, SATURATION_SECONDS).figures() for users in SATURATION_USERS}
        whole = load(USERS, THINK_SECONDS, MEASURED_SECONDS, whole=True)
    best = max(saturation.values(), key=lambda figures: figures["saves_per_second"])
    return {
        "bench": "save_visits",
        "residents": residents,
        "users": USERS,
        "think_seconds": THINK_SECONDS,
        "with_thinking": thinking.figures(),
        "whole_visits": whole.figures(),
        "without_thinking": {str(users): figures for users, figures in saturation.items()},
        "saturation_saves_per_second": best["saves_per_second"],
        "cpu_ms_per_save": thinking.figures()["cpu_ms_per_save"]["all"],
        "target": {"failures": 0, "p99_ms": 1000},
    }


def _fill(residents: int) -> None:
    from kangshu.demo.generate import generate, is_generated
    from kangshu.demo.options import Options

    if not is_generated():
        # One programme is enough to save into; the others would only take time to make.
        generate(Options(residents=residents, seed=1, programmes=()))


def _sign_in(count: int) -> list[Doctor]:
    """The village clinics with most patients, an account and a session for each."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connections

    from kangshu.access import session as sessions
    from kangshu.access.models import Account, Assignment
    from kangshu.access.roles import Role

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """
            SELECT c.institution_id, array_agg(c.person_id), array_agg(c.opened_on), min(s.id::text)
            FROM work_case c JOIN places_institution i ON i.id = c.institution_id
                JOIN places_staff s ON s.institution_id = i.id
                JOIN people_person p ON p.id = c.person_id
            WHERE c.kind = 'chronic.hypertension' AND c.closed_on IS NULL AND i.kind = 'village_clinic'
                AND p.status = 'active' AND p.merged_into_id IS NULL
            GROUP BY c.institution_id ORDER BY count(*) DESC LIMIT %s
            """,
            [count],
        )
        rows = cursor.fetchall()
    doctors = []
    for number in range(count):
        institution, people, opened, staff = rows[number % len(rows)]
        account, made = Account.objects.using("owner").get_or_create(
            username=f"bench-{number}", defaults={"name": f"压测{number}", "staff_id": UUID(staff)}
        )
        if made:
            account.set_unusable_password()
            account.save(using="owner")
            Assignment.objects.using("owner").create(
                account=account,
                role=Role.VILLAGE_DOCTOR,
                institution_id=institution,
                from_on=date(2020, 1, 1),
            )
        store = SessionStore()
        sessions.start(store, account)
        store.create()
        sharing = [other for other in range(count) if other % len(rows) == number % len(rows)]
        own = sorted(set(zip(people, opened, strict=True)))[sharing.index(number) :: len(sharing)]
        doctors.append(Doctor(store.session_key, dict(own)))
    return doctors


@contextmanager
def _served() -> Iterator[tuple[str, dict[str, int]]]:
    """The site on a free port of the loopback, with two web processes: its address, and the first process of
    the web and of the database."""
    from kangshu.config.connections import embedded_cluster

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from kangshu.cli import main; main()", "serve"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--processes", "2"], env={**os.environ}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_until_ready(port, process)
        database = int((embedded_cluster().data / "postmaster.pid").read_text().split()[0])
        yield f"http://127.0.0.1:{port}", {"web": process.pid, "database": database}
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server ended before it was ready")
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("the server was not ready within a minute")


async def _load(
    address: str,
    servers: dict[str, int],
    doctors: list[Doctor],
    think: float,
    seconds: float,
    whole: bool = False,
) -> Outcome:
    outcome = Outcome()
    token = secrets.token_hex(16)
    limits = httpx.Limits(max_connections=len(doctors), max_keepalive_connections=len(doctors))
    used = {name: processor_seconds(first) for name, first in servers.items()}
    started = time.perf_counter()
    async with httpx.AsyncClient(base_url=address, timeout=30, limits=limits) as client:
        ends = time.monotonic() + seconds
        await asyncio.gather(
            *(
                _work(client, doctor, token, think, ends, outcome, number, whole)
                for number, doctor in enumerate(doctors)
            )
        )
    outcome.seconds = time.perf_counter() - started
    outcome.processor = {name: processor_seconds(first) - used[name] for name, first in servers.items()}
    return outcome


def processor_seconds(first: int) -> float:
    """User and system time of a process and all that came from it, those that ended included."""
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            values = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        pid = int(folder.name)
        children.setdefault(int(values[1]), []).append(pid)
        ticks[pid] = sum(map(int, values[11:15]))
    found, left = 0, [first]
    while left:
        pid = left.pop()
        found += ticks.get(pid, 0)
        left += children.get(pid, [])
    return found / os.sysconf("SC_CLK_TCK")


async def _work(
    client: Any,
    doctor: Doctor,
    token: str,
    think: float,
    ends: float,
    outcome: Outcome,
    number: int,
    whole: bool,
) -> None:
    """One doctor saves and thinks until the time is over. Doctors begin spread over the thinking time."""
    rng = random.Random(number)
    await asyncio.sleep(rng.random() * think)
    while time.monotonic() < ends:
        person, day = doctor.patient_and_day(china_today())
        headers = {"Cookie": f"sessionid={doctor.session}; csrftoken={token}"}
        if whole:
            await _read(client, f"/work/record/{FORM}/{person}/", headers, outcome, "form")
            await asyncio.sleep(think)
        saved = await _save(client, person, form_data(day, token, rng), headers, outcome)
        if whole and saved:
            await _read(client, saved, headers, outcome, "result")
        await asyncio.sleep(think)


async def _read(client: Any, address: str, headers: dict[str, str], outcome: Outcome, name: str) -> None:
    started = time.perf_counter()
    try:
        response = await client.get(address, headers=headers)
    except httpx.HTTPError as error:
        outcome.failures.append(f"{name} {type(error).__name__}")
        return
    if response.status_code == 200:
        outcome.pages[name].append((time.perf_counter() - started) * 1000)
    else:
        outcome.failures.append(f"{name} {response.status_code}")


def form_data(day: date, token: str, rng: random.Random) -> dict[str, str]:
    """A follow-up as the browser sends it."""
    from kangshu.kernel.identifiers import new_id

    return {
        "csrfmiddlewaretoken": token,
        "record_id": str(new_id()),
        "performed_on": day.isoformat(),
        "confirmed": "1",  # the demo's doctor may have seen the patient today
        "a-mode": "1",
        "a-symptoms": "1",
        "a-sbp": str(rng.randint(118, 158)),
        "a-dbp": str(rng.randint(70, 96)),
        "a-weight": f"{rng.randint(500, 800) / 10}",
        "a-height": "165",
        "a-heart_rate": str(rng.randint(60, 90)),
        "a-smoking": "0",
        "a-drinking": "0",
        "a-medication_adherence": "1",
        "a-adverse_reaction": "1",
    }


async def _save(
    client: Any, person: UUID, data: dict[str, str], headers: dict[str, str], outcome: Outcome
) -> str:
    """Save one visit; gives the address of the result, or nothing when it failed."""
    started = time.perf_counter()
    try:
        response = await client.post(f"/work/record/{FORM}/{person}/", data=data, headers=headers)
    except httpx.HTTPError as error:
        outcome.failures.append(type(error).__name__)
        return ""
    location: str = response.headers.get("location", "")
    if response.status_code == 302 and "/records/" in location:
        outcome.milliseconds.append((time.perf_counter() - started) * 1000)
        return location
    outcome.failures.append(f"{response.status_code} {location[:60]}{_said(response.text)}")
    return ""


def _said(page: str) -> str:
    """What a refusing page says, without its tags."""
    alert = re.search(r'role="alert".*?>(.*?)</(?:div|section|ul)>', page, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", alert[1]).split())[:120] if alert else ""
