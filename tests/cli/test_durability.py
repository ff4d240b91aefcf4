"""`kill -9` of web process, worker and database under load: no acknowledged save is lost, none doubled.

Four programs save visits through the HTTP interface and repeat what was not acknowledged, as a phone with a
bad line does. Meanwhile a web process, the background worker and the database are killed, and at the end the
whole site. Then the database alone is started and asked.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from kangshu.config.postgres.cluster import Cluster
from kangshu.kernel.identifiers import new_id

PREPARE = """
import json
from django.utils import timezone
from kangshu.access.models import Account
from kangshu.access.scope import entered
from kangshu.exchange.keys import make_key
from kangshu.work.models import Record
from tests.support.accounts import as_actor
account = Account.objects.get(username="township_worker")
with entered(as_actor(account.pk)) as actor:
    key = make_key(name="durability", days=1, by=actor, now=timezone.now())
    records = Record.objects.filter(
        form_id="chronic.hypertension.follow_up", status="current", case__closed_on=None
    ).order_by("person_id", "-performed_on").distinct("person_id")[:40]
    patients = [{"person_id": str(r.person_id), "case_id": str(r.case_id), "answers": r.answers,
                 "performed_by": str(r.performed_by_id),
                 "performed_on": str(r.performed_on)} for r in records]
print("PREPARED " + json.dumps({"key": key.secret, "patients": patients}))
"""
COUNT = """
SELECT r.id::text, count(a.id)
FROM work_record r LEFT JOIN audit_auditentry a ON a.object_id = r.id::text AND a.action = 'record.saved'
WHERE r.id = ANY(%s::uuid[]) GROUP BY r.id
"""


@dataclass
class Site:
    """A running site with a state folder of its own."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    sent: set[str] = field(default_factory=set)
    """Every save that was tried, those among them whose answer was lost."""
    acknowledged: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    interrupted: int = 0

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("KANGSHU_", "PYTEST_"))
        }
        return {**kept, "KANGSHU_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "kangshu.config.settings"}

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "from kangshu.cli import main; main()", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=280,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from kangshu.cli import main; main()", "serve", "--port", str(self.port)],
            env=self.environment,
            stderr=(self.home / "serve.log").open("wb"),
            start_new_session=True,
        )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/health/ready", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        raise AssertionError((self.home / "serve.log").read_text()[-3000:])

    def wait_for_more(self, count: int) -> None:
        """Until so many more saves have been acknowledged."""
        wanted = len(self.acknowledged) + count
        deadline = time.monotonic() + 60
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < deadline, (
                f"{self.refused[:1]} {(self.home / 'serve.log').read_text()[-2000:]}"
            )
            time.sleep(0.05)

    def child(self, word: str) -> int:
        """A child process of the site whose command line has `word` in it."""
        assert self.process is not None
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            if parent == self.process.pid and any(word in part for part in words):
                return int(folder.name)
        raise AssertionError(f"no child process with {word}")

    def save_until(self, stopped: threading.Event, patients: list[dict], key: str) -> None:
        """Save one visit after another; repeat each until it is acknowledged."""
        number = 0
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=10) as client:
            client.headers["Authorization"] = f"Bearer {key}"
            while not stopped.is_set():
                patient = patients[number % len(patients)]
                number += 1
                record = {
                    "id": str(new_id()),
                    "form_id": "chronic.hypertension.follow_up",
                    "confirmed": True,
                    **patient,
                }
                self.sent.add(record["id"])
                while not self._acknowledges(client, record) and not stopped.is_set():
                    time.sleep(0.3)

    def _acknowledges(self, client: httpx.Client, record: dict) -> bool:
        try:
            answer = client.post("/api/v1/records", json=record)
        except httpx.HTTPError:
            self.interrupted += 1
            return False
        if answer.status_code >= 500:
            self.interrupted += 1
            return False
        if answer.status_code not in {200, 201}:
            self.refused.append(answer.text[:500])
        else:
            self.acknowledged.add(record["id"])
        return True


@pytest.fixture
def site() -> Iterator[Site]:
    home = Path(tempfile.mkdtemp(prefix="kangshu-durable-"))
    home.chmod(0o711)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = Site(home, port)
    yield site
    if site.process is not None:
        end(site.process.pid)
    cluster = Cluster(home)
    cluster.stop()
    shutil.rmtree(cluster.folder, ignore_errors=True)
    shutil.rmtree(cluster.socket_folder, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def kill_one_after_another(site: Site) -> int:
    """Web process, worker, database, each amid saving; how many saves were acknowledged before the last."""
    site.wait_for_more(8)
    os.kill(site.child("serve"), signal.SIGKILL)
    site.wait_for_more(8)
    os.kill(site.child("worker"), signal.SIGKILL)
    site.wait_for_more(4)
    before = len(site.acknowledged)
    postmaster = int((Cluster(site.home).data / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    time.sleep(1)
    site.wait_until_ready()
    site.wait_for_more(8)
    return before


@pytest.mark.timeout(300)
def test_no_acknowledged_save_is_lost_when_everything_is_killed(site):
    site.command("demo", "--residents", "400", "--no-serve")
    said = site.command("manage", "shell", "--no-imports", "-c", PREPARE)
    prepared = json.loads(said.split("PREPARED ", 1)[1])
    site.start()
    stopped = threading.Event()
    words = (stopped, prepared["patients"], prepared["key"])
    programs = [threading.Thread(target=site.save_until, args=words) for _ in range(4)]
    for program in programs:
        program.start()

    try:
        before_the_crash = kill_one_after_another(site)
    finally:
        end(site.process.pid)
        stopped.set()
        for program in programs:
            program.join()

    assert site.refused == []
    assert site.interrupted > 0, "the kills were felt"
    assert len(site.acknowledged) > before_the_crash, "saving went on after the database came back"
    with Cluster(site.home).running() as cluster, cluster.connect_as_superuser("kangshu") as connection:
        found = dict(connection.execute(COUNT, [list(site.sent)]).fetchall())
    assert site.acknowledged - found.keys() == set(), "lost"
    assert set(found.values()) == {1}, "saved without its line in the audit trail, or carried out twice"
