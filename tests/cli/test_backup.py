"""The drill: back up a county that is being used, lose the machine, restore on another, count everything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import pytest
from django.db import connections
from tests.support.accounts import accounts, acting
from tests.support.county import small_county
from tests.support.people import zhang

from kangshu.cli.backup import _unpack, back_up, check_backup
from kangshu.cli.errors import CommandFailed
from kangshu.config.home import home
from kangshu.config.postgres.cluster import Cluster

PHOTO = f"photos/zhang-{os.getpid()}.jpg"


@pytest.fixture
def used_county(transactional_db):
    """A committed county with accounts and a resident who has an encrypted identity number and a photo."""
    county = small_county()
    staff = accounts(county)
    with acting(staff.village_doctor_a):
        person = zhang(county)
    photo = home() / "media" / PHOTO
    photo.parent.mkdir(parents=True, exist_ok=True)
    # It stays until the run's state folder goes: another process may be backing the same folder up.
    photo.write_bytes(b"a picture")
    return person


@pytest.fixture
def other_machine():
    """A state folder with nothing in it."""
    folder = Path(tempfile.mkdtemp(prefix="kangshu-other-"))
    folder.chmod(0o711)
    yield folder
    cluster = Cluster(folder)
    if cluster.data.exists():
        cluster.stop()
    shutil.rmtree(cluster.folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def kangshu(where: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "KANGSHU_HOME": str(where),
        "DJANGO_SETTINGS_MODULE": "kangshu.config.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", "from kangshu.cli import main; main()", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def quiet(text: str) -> None:
    """Progress that nobody watches."""


def test_what_was_backed_up_is_there_on_the_other_machine(used_county, other_machine, tmp_path):
    back_up(tmp_path / "backup", with_keys=True, progress=quiet)
    manifest = json.loads((tmp_path / "backup" / "manifest.json").read_text())
    assert manifest["rows"]["people_person"] == 1
    done = kangshu(other_machine, "restore", str(tmp_path / "backup"))
    assert done.returncode == 0, done.stderr
    assert "every table holds what was counted" in done.stdout
    assert (other_machine / "media" / PHOTO).read_bytes() == b"a picture"
    for key in (home() / "keys").iterdir():
        if not key.name.startswith("postgres_"):
            assert (other_machine / "keys" / key.name).read_bytes() == key.read_bytes(), key.name
    again = kangshu(other_machine, "restore", str(tmp_path / "backup"))
    assert (again.returncode, "holds data" in again.stderr) == (1, True), "nothing is thrown away unasked"
    replaced = kangshu(other_machine, "restore", str(tmp_path / "backup"), "--replace")
    assert replaced.returncode == 0, replaced.stderr


def test_row_security_and_rights_survive_the_journey(used_county, other_machine, tmp_path):
    back_up(tmp_path / "backup", with_keys=True, progress=quiet)
    assert kangshu(other_machine, "restore", str(tmp_path / "backup")).returncode == 0
    query = (
        "SELECT relname, relrowsecurity, relacl::text FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') ORDER BY 1"
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(query)
        before = cursor.fetchall()
    with Cluster(other_machine).running() as cluster, cluster.connect_as_superuser("kangshu") as connection:
        assert connection.execute(query).fetchall() == before


def test_a_damaged_backup_is_refused_before_anything_is_touched(used_county, tmp_path):
    back_up(tmp_path / "backup", with_keys=False, progress=quiet)
    assert not (tmp_path / "backup" / "keys.tar").exists()
    with (tmp_path / "backup" / "database.dump").open("r+b") as file:
        file.seek(2000)
        file.write(b"rust")
    with pytest.raises(CommandFailed, match=r"database\.dump is missing or is not the file"):
        check_backup(tmp_path / "backup")


def test_an_interrupted_backup_is_none(tmp_path):
    (tmp_path / "database.dump").write_bytes(b"half")
    with pytest.raises(CommandFailed, match="no complete backup"):
        check_backup(tmp_path)
    with pytest.raises(CommandFailed, match="not empty"):
        back_up(tmp_path, with_keys=True, progress=quiet)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "keys/link"])
def test_nothing_leads_out_of_the_folder(tmp_path, name):
    source, target = tmp_path / "media.tar", tmp_path / "home"
    with tarfile.open(source, "w") as archive:
        member = tarfile.TarInfo(name)
        if name == "keys/link":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    with pytest.raises(CommandFailed, match="does not belong"):
        _unpack(source, target)
    assert not list(target.rglob("*"))
    assert not (tmp_path / "outside").exists()
