"""As whom PostgreSQL runs. It refuses to run as root, so root lends it an unprivileged user."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PREFERRED_USERS = ("kangshu", "nobody")


class NoAccount(Exception):
    """There is no unprivileged user that PostgreSQL could run as."""


@dataclass(frozen=True)
class Account:
    """The operating system's user under which the server and its tools run."""

    name: str
    uid: int
    gid: int
    borrowed: bool

    def run(self, command: Sequence[str | Path], **options: object) -> subprocess.CompletedProcess[str]:
        """Run a PostgreSQL program as this user, from `/`, with an environment that names nothing of ours."""
        lent = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.borrowed else {}
        settings = {"text": True, "check": False, "stdin": subprocess.DEVNULL, "cwd": "/"}
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [str(part) for part in command], env=plain_environment(), **{**settings, **lent, **options}
        )

    def may_enter(self, folder: Path) -> bool:
        """Whether this user can search every folder down to `folder` and `folder` itself."""
        if not self.borrowed:
            return os.access(folder, os.X_OK)
        return self.run(["/bin/sh", "-c", 'test -x "$1"', "sh", folder]).returncode == 0

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.borrowed:
            os.chown(path, self.uid, self.gid)


def plain_environment() -> dict[str, str]:
    """All the environment PostgreSQL's programs get; inherited PG* variables would lead them elsewhere."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "Asia/Shanghai"}


def server_account() -> Account:
    """Ourselves, or for root an unprivileged user: `KANGSHU_POSTGRES_USER`, else `kangshu`, else `nobody`."""
    if os.geteuid() != 0:
        return Account(str(os.geteuid()), os.geteuid(), os.getegid(), borrowed=False)
    wanted = os.environ.get("KANGSHU_POSTGRES_USER")
    for name in (wanted,) if wanted else PREFERRED_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid, borrowed=True)
    raise NoAccount(
        "PostgreSQL does not run as root and no unprivileged user was found for it; "
        "name one by KANGSHU_POSTGRES_USER, or run kangshu as an ordinary user"
    )
