"""Serves the site with Granian, and the background worker beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kangshu.cli.errors import CommandFailed
from kangshu.config.home import home

# Each thread keeps up to two database connections; the embedded server allows a hundred.
THREADS_PER_PROCESS = 8
MOST_PROCESSES = 4


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
        log_level=LogLevels.error,
    )
    with background_worker() if with_worker else _nothing():
        progress(f"serving http://{host}:{port}/ with {count} processes; Ctrl+C ends it")
        server.serve()


def prepare_metrics() -> None:
    """A fresh folder in which the web processes add up what they measure; read by `config.metrics`."""
    folder = home() / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


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
def background_worker() -> Iterator[None]:
    """A worker process that lives as long as the block."""
    process = subprocess.Popen([sys.executable, "-c", "from kangshu.cli import main; main()", "worker"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def _nothing() -> Iterator[None]:
    yield
