"""PostgreSQL's programs where the database's user may not enter the folder that they came in."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kangshu.config.postgres import binaries
from kangshu.config.postgres.account import plain_environment


class ShutOut:
    """The database's user, who cannot enter the folder of the installation."""

    def may_enter(self, folder: Path) -> bool:
        return False


def test_a_copied_installation_finds_its_libraries(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "SHARED_COPIES", tmp_path / "shared")
    install = binaries.install_for(ShutOut())
    assert install.is_relative_to(tmp_path)
    for name in ("initdb", "postgres"):
        command = [install / "bin" / name, "--version"]
        told = subprocess.run(command, env=plain_environment(), capture_output=True, text=True, check=False)
        assert "(PostgreSQL) 18" in (told.stdout or told.stderr)
    assert binaries.install_for(ShutOut()) == install
