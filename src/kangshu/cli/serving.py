"""Serves the site with Granian, and the background worker beside it."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kangshu.cli.errors import CommandFailed
from kangshu.config.home import metrics_folder
from kangshu.config.postgres.cluster import Cluster, ClusterFailed

# Each thread keeps up to two database connections; the embedded server allows a hundred. A process computes
# in one thread at a time: more of them than wait for the database at once only take turns, and everybody
# waits longer (ADR 1102).
THREADS_PER_PROCESS = int(os.environ.get("KANGSHU_THREADS", "4"))
MOST_PROCESSES = 4
STOP_SECONDS = 10
RETRY_SECONDS = 5
log = logging.getLogger(__name__)


def serve_site(
    host: str,
    port: int,
    processes: int | None,
    *,
    with_worker: bool,
    progress: Callable[[str], None],
) -> None:
    """Serve until interrupted. A web process that dies is started again."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    check_port(host, port)
    prepare_metrics()
    let_go_before_forking()
    count = processes or min(os.cpu_count() or 1, MOST_PROCESSES)
    server = Server(
        "kangshu.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=count,
        blocking_threads=THREADS_PER_PROCESS,
        # The threads keep their database connections, so they stay.
        blocking_threads_idle_timeout=600,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    with kept_alive(with_worker=with_worker):
        progress(f"serving http://{host}:{port}/ with {count} processes; Ctrl+C ends it")
        server.serve()


def let_go_before_forking() -> None:
    """Close what the web processes, which are forked, must not share with us: database connections, and the
    open snapshots. DuckDB's threads stay behind in the parent, so a child that counts on an inherited one
    waits for ever; `kangshu demo` counts the first figures before it serves."""
    from django.db import connections

    from kangshu.indicators.snapshot.store import forget

    connections.close_all()
    forget()
    gc.collect()  # a store and what it keeps point at each other


def prepare_metrics() -> None:
    """Forget what the web processes of an earlier start have measured."""
    shutil.rmtree(metrics_folder(), ignore_errors=True)
    metrics_folder().mkdir(parents=True, mode=0o700)


def check_port(host: str, port: int) -> None:
    """Raise `CommandFailed` when somebody listens there already: Granian would share the port."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandFailed(
                f"cannot listen on {host}:{port} ({error.strerror}); choose another port with --port"
            ) from error


@contextmanager
def kept_alive(*, with_worker: bool) -> Iterator[None]:
    """While the block runs: our own database and the background worker are started again if they die."""
    from kangshu.config.connections import embedded_cluster, uses_embedded

    stopped = threading.Event()
    cluster = embedded_cluster() if uses_embedded() else None
    keeper = Keeper(cluster, _start_worker if with_worker else None)
    thread = threading.Thread(target=keeper.keep_until, args=(stopped,), name="keeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(timeout=STOP_SECONDS)
        keeper.end_worker()


class Keeper:
    """Looks every second whether what the site needs is alive, and starts it again."""

    def __init__(
        self, cluster: Cluster | None, start_worker: Callable[[], subprocess.Popen[bytes]] | None
    ) -> None:
        self._cluster = cluster
        self._start_worker = start_worker
        self._worker = start_worker() if start_worker else None

    def keep_until(self, stopped: threading.Event) -> None:
        while not stopped.wait(1):
            try:
                if self._cluster is not None and not self._cluster.listens():
                    log.error("the database was gone; starting it again")
                    self._cluster.start()
                if self._start_worker and self._worker and self._worker.poll() is not None:
                    log.error("the background worker was gone; starting it again")
                    self._worker = self._start_worker()
            except ClusterFailed as error:
                log.error("%s", error)
                stopped.wait(RETRY_SECONDS)

    def end_worker(self) -> None:
        """Let the worker finish its job, for a while."""
        if self._worker is None:
            return
        self._worker.terminate()
        try:
            self._worker.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._worker.kill()


def _start_worker() -> subprocess.Popen[bytes]:
    # In a session of its own: Ctrl+C is for the site, which then ends its worker in good order.
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from kangshu.cli import main; main()",
            "worker",
            "--beside",
            str(os.getpid()),
        ],
        start_new_session=True,
    )
