"""The background worker: jobs that wait in the database, and the sealing of the audit trail."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

RETRY_SECONDS = 5
log = logging.getLogger(__name__)


def work(beside: int | None) -> None:
    """Do jobs and seal until interrupted, or until the process `beside`, our starter, has ended."""
    from django.core.management import call_command

    if beside is not None:
        threading.Thread(target=_end_with, args=(beside,), name="end with site", daemon=True).start()
    with sealing():
        call_command("procrastinate", "worker")


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def sealing() -> Iterator[None]:
    """A thread seals the audit trail while the block runs, and begins again when the database was away."""
    stopped = threading.Event()
    thread = threading.Thread(target=_seal, args=(stopped,), name="sealer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(timeout=RETRY_SECONDS)


def _seal(stopped: threading.Event) -> None:
    from django.db import DatabaseError, InterfaceError, connections

    from kangshu.audit.sealing import seal_until

    while not stopped.is_set():
        try:
            seal_until(stopped.is_set)
        except (DatabaseError, InterfaceError) as error:
            log.warning("cannot seal just now: %s", error)
            connections.close_all()
            stopped.wait(RETRY_SECONDS)
