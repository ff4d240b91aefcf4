"""Our own server: private, restartable, and forgiving about what a killed one left behind."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from kangshu.config.postgres.cluster import SUPERUSER, Cluster, ClusterFailed
from kangshu.config.postgres.databases import APP, DATABASE, prepare


@pytest.fixture
def own_cluster():
    home = Path(tempfile.mkdtemp(prefix="kangshu-cluster-"))
    home.chmod(0o711)
    cluster = Cluster(home, durable=False)
    yield cluster
    if cluster.data.exists():
        cluster.stop()
    shutil.rmtree(cluster.folder, ignore_errors=True)
    shutil.rmtree(cluster.socket_folder, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def test_starts_attaches_and_stops_with_its_last_user(own_cluster):
    with own_cluster.running():
        assert own_cluster.start() is False, "a second start attaches"
        with own_cluster.running():
            assert prepare(own_cluster) is True
        assert own_cluster.is_running(), "the first user is still there"
        assert prepare(own_cluster) is False
    assert not own_cluster.is_running()


def test_nobody_enters_without_a_password_or_over_the_network(own_cluster):
    with own_cluster.running():
        prepare(own_cluster)
        known = own_cluster.connection(APP, DATABASE)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**{**known, "password": "guessed"})
        with own_cluster.connect_as_superuser() as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
            assert methods == [("scram-sha-256",)]
    assert stat.S_IMODE(own_cluster.data.stat().st_mode) == 0o700
    key = own_cluster.keys_folder / f"postgres_{SUPERUSER}"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_socket_folder_is_private_and_short_enough(tmp_path_factory):
    deep = Path(tempfile.mkdtemp(prefix="kangshu-deep-"))
    deep.chmod(0o711)
    home = deep / ("a" * 60) / ("b" * 60)
    home.mkdir(parents=True)
    cluster = Cluster(home, durable=False)
    try:
        with cluster.running():
            assert len(str(cluster.socket_folder)) < 60
            assert stat.S_IMODE(cluster.socket_folder.stat().st_mode) == 0o700
    finally:
        shutil.rmtree(deep)
        shutil.rmtree(cluster.socket_folder)


def test_starts_again_after_a_kill(own_cluster):
    own_cluster.start()
    postmaster = int((own_cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    time.sleep(0.2)
    assert own_cluster.start() is True
    assert own_cluster.is_running()


def test_starts_although_the_killed_servers_number_belongs_to_somebody_else(own_cluster):
    with own_cluster.running():
        pass
    # What a container's restart leaves: the file names a process that lives but is no PostgreSQL.
    stale = own_cluster.data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{own_cluster.data}\n")
    assert own_cluster.start() is True


def test_a_strangers_socket_folder_is_refused(own_cluster):
    with own_cluster.running():
        pass
    own_cluster.socket_folder.chmod(0o777)
    with pytest.raises(ClusterFailed, match="not a private folder"):
        own_cluster.start()


def test_two_processes_starting_at_once_get_one_server(own_cluster):
    code = (
        "import sys; from pathlib import Path; from kangshu.config.postgres.cluster import Cluster;"
        "print(Cluster(Path(sys.argv[1]), durable=False).start())"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", code, own_cluster.home], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert sorted(start.communicate(timeout=60)[0].strip() for start in starts) == ["False", "True"]
