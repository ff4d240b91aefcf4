"""The sealer as a job: a block every few seconds, in the system's scope.

`audit` lies below `access`, so it opens the system's scope with the database's own function.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from kangshu.audit.seal import seal

EVERY_SECONDS = 5


@contextmanager
def system_scope() -> Iterator[None]:
    """A transaction in which every entry is visible."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_enter_system('audit sealer')")
        yield


def seal_until(stopped: Callable[[], bool], *, every: float = EVERY_SECONDS) -> None:
    """Seal again and again until `stopped()`; for the worker's own thread."""
    while not stopped():
        with system_scope():
            seal(now=timezone.now())
        time.sleep(every)
