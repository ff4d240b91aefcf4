"""One private PostgreSQL server: made, started, attached to, stopped.

Several processes may use one server. Each holds a shared lock on `users.lock` while it does, and the one that
leaves last stops the server; a process that was killed has left, because the kernel drops its lock. Whoever
finds a server running attaches to it, whoever finds the remains of a killed one clears them away.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from kangshu.config import keys
from kangshu.config.postgres.account import Account, server_account
from kangshu.config.postgres.binaries import install_for
from kangshu.config.postgres.tuning import configuration

SUPERUSER = "kangshu_superuser"
PORT = 5432
# The kernel's limit for a socket's path is 107 bytes; the file name takes the last part of it.
LONGEST_SOCKET_FOLDER = 107 - len(f"/.s.PGSQL.{PORT}.lock")
START_SECONDS = 60
ELSEWHERE = Path("/var/lib/kangshu")


class ClusterFailed(Exception):
    """The server could not be made, started or stopped; the message ends with what it logged."""


@dataclass(frozen=True)
class Cluster:
    """A server's place: `home` is the installation's state folder. `durable=False` is for tests only."""

    home: Path
    durable: bool = True

    @property
    def account(self) -> Account:
        return server_account()

    @property
    def folder(self) -> Path:
        """Where the cluster lies: in the state folder, or elsewhere if the server's user cannot get there."""
        inside = self.home / "postgres"
        if inside.exists() or self.account.may_enter(_nearest(self.home)):
            return inside
        return ELSEWHERE / f"postgres-{_short_hash(self.home)}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """The private folder of the server's socket; a short one when the state folder's path is too long."""
        inside = self.folder / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path("/tmp") / f"kangshu-{self.account.uid}-{_short_hash(self.home)}"

    @property
    def keys_folder(self) -> Path:
        return self.home / "keys"

    def password(self, role: str) -> str:
        """The password of one of our roles; made on first use."""
        return keys.read_or_create(self.keys_folder, f"postgres_{role}")

    def connection(self, role: str, database: str) -> dict[str, str]:
        """How libpq reaches `database` as `role`."""
        return {
            "host": str(self.socket_folder),
            "port": str(PORT),
            "user": role,
            "password": self.password(role),
            "dbname": database,
        }

    def connect_as_superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A superuser's connection in autocommit, for roles and databases only."""
        return psycopg.connect(**self.connection(SUPERUSER, database), autocommit=True)  # type: ignore[arg-type]

    def is_running(self) -> bool:
        """Whether the server answers."""
        return self._control("status").returncode == 0 and self._answers()

    def listens(self) -> bool:
        """Whether somebody answers at the socket; cheap enough to ask every second."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
            knock.settimeout(5)
            try:
                knock.connect(str(self.socket_folder / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
        return True

    def start(self) -> bool:
        """Start the server, making it first if need be; False if it was running already."""
        with self._alone():
            if self._answers():
                return False
            self._make()
            self._clear_remains()
            self._prepare_socket_folder()
            self._write_configuration()
            self._launch()
            return True

    def stop(self) -> bool:
        """Stop the server in good order; False if it was not running."""
        with self._alone():
            if self._control("status").returncode != 0:
                return False
            done = self._control("stop", "--mode=fast", "--wait", f"--timeout={START_SECONDS}")
            if done.returncode != 0:
                raise ClusterFailed(f"PostgreSQL did not stop: {self._log_tail()}")
            return True

    @contextmanager
    def running(self) -> Iterator[Cluster]:
        """The server runs inside this block; whoever leaves last stops it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "users.lock").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield self
            finally:
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _program(self, name: str) -> Path:
        return install_for(self.account) / "bin" / name

    def _control(self, *words: str) -> subprocess.CompletedProcess[str]:
        # Not captured: the server would inherit the pipe and hold it open for as long as it runs.
        return self.account.run(
            [self._program("pg_ctl"), f"--pgdata={self.data}", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _answers(self) -> bool:
        if not (self.socket_folder / f".s.PGSQL.{PORT}").exists():
            return False
        try:
            self.connect_as_superuser().close()
        except psycopg.OperationalError as error:
            # "starting up" is an answer of a kind, but not one that somebody could work with yet.
            return "starting up" in str(error) and self._wait_until_up()
        return True

    def _wait_until_up(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with suppress(psycopg.OperationalError):
                self.connect_as_superuser().close()
                return True
            time.sleep(0.1)
        return False

    def _make(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.folder.parent == ELSEWHERE:
            ELSEWHERE.chmod(0o755)
        self.folder.chmod(0o700)
        self.account.own(self.folder)
        if not self.account.may_enter(self.folder):
            raise ClusterFailed(f"the user {self.account.name} cannot reach {self.folder}")
        password_file = self.folder / ".superuser"
        password_file.touch(mode=0o600)
        self.account.own(password_file)
        password_file.write_text(self.password(SUPERUSER) + "\n", encoding="ascii")
        unfinished = self.folder / "data.unfinished"
        self.account.run(["/bin/rm", "-rf", unfinished])
        try:
            done = self.account.run(
                [
                    self._program("initdb"),
                    f"--pgdata={unfinished}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={password_file}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    *([] if self.durable else ["--no-sync", "--no-data-checksums"]),
                ],
                capture_output=True,
            )
        finally:
            password_file.unlink()
        if done.returncode != 0:
            raise ClusterFailed(f"PostgreSQL's files could not be made: {done.stderr.strip()}")
        # A set-up that was killed half way leaves no half-made cluster under the real name.
        unfinished.rename(self.data)

    def _clear_remains(self) -> None:
        """Forget the process id file of a server that is gone.

        In a container ids start over, so the id of a killed server may belong to anybody, or to a remnant
        that nobody collects; PostgreSQL would refuse to start beside it. The file also guards against the
        killed server's children, which may live a moment longer: they are waited for.
        """
        pid_file = self.data / "postmaster.pid"
        deadline = time.monotonic() + START_SECONDS
        while pid_file.exists() and time.monotonic() < deadline:
            if not _processes_in(self.data.resolve()):
                pid_file.unlink()
                for remnant in self.socket_folder.glob(".s.PGSQL.*"):
                    remnant.unlink()
            time.sleep(0.1)

    def _prepare_socket_folder(self) -> None:
        folder = self.socket_folder
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            folder.chmod(0o700)
            self.account.own(folder)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.account.uid or found.st_mode & 0o077:
            raise ClusterFailed(f"{folder} is not a private folder of user {self.account.name}")

    def _write_configuration(self) -> None:
        (self.data / "kangshu.conf").write_text(
            configuration(self.socket_folder, PORT, durable=self.durable), encoding="utf-8"
        )
        self.account.own(self.data / "kangshu.conf")
        main = self.data / "postgresql.conf"
        if "include 'kangshu.conf'" not in main.read_text(encoding="utf-8"):
            with main.open("a", encoding="utf-8") as file:
                file.write("\ninclude 'kangshu.conf'\n")

    def _launch(self) -> None:
        done = self._control("start", "--silent", "--wait", f"--timeout={START_SECONDS}", f"--log={self.log}")
        if done.returncode != 0:
            raise ClusterFailed(f"PostgreSQL did not start: {self._log_tail()}")

    def _log_tail(self) -> str:
        with suppress(OSError):
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
        return "it wrote no log"


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _processes_in(folder: Path) -> list[int]:
    """Processes that work in `folder`, as every process of a server does in its data folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink() == folder:
                found.append(int(process.name))
    return found
