"""One PostgreSQL for a test run, migrated once, copied for each worker; row-level security is on.

* `db`: everything happens in one transaction on `default`, as the app's role, and is rolled back; so is what
  is written on the aliases `audit` and `owner`, each a connection of its own that sees only its own rows.
* `transactional_db` (and `live_server`): real commits on real connections; afterwards the worker's database
  is copied anew from the template, so data that migrations made is there again.
* `as_owner`: a block in which `default` acts as the tables' owner, past row-level security, for preparing
  data that no role of the app could write.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import hypothesis
import pytest

from kangshu.cli.chromium import driver_starts, find_chromium
from kangshu.config.messages import compile_catalogues

TEMPLATE = "kangshu_template"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SKIPPED_JOURNEYS: list[str] = []


def _home() -> Path:
    return Path(os.environ["KANGSHU_TEST_HOME"])


@pytest.fixture(scope="session")
def cluster():
    """The run's own PostgreSQL server, started by whoever needs it first."""
    from kangshu.config.postgres.cluster import Cluster

    cluster = Cluster(_home(), durable=False)
    cluster.start()
    return cluster


@pytest.fixture(scope="session")
def template_database(cluster, django_db_blocker) -> str:
    """A migrated database without rows of its own; the first worker makes it, the others wait."""
    with (_home() / "template.lock").open("w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = _home() / "template.done"
        if not done.exists():
            _migrate_template(cluster)
            done.touch()
    return TEMPLATE


def _migrate_template(cluster) -> None:
    from django.core.management import call_command
    from django.db import connections

    from kangshu.config.postgres.databases import APP, OWNER, grant_rows, prepare

    prepare(cluster, TEMPLATE)
    with cluster.connect_as_superuser() as connection:
        # Only in tests: `as_owner` changes roles inside the test's own transaction.
        connection.execute(f"GRANT {OWNER} TO {APP} WITH INHERIT FALSE, SET TRUE")
    owner = connections["owner"]
    owner.settings_dict["NAME"] = TEMPLATE
    with owner.cursor() as cursor:
        grant_rows(cursor.connection, APP)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    owner.close()


@pytest.fixture(scope="session")
def worker_database(worker_id) -> str:
    """The name of this worker's copy."""
    return f"kangshu_{worker_id}"


@pytest.fixture(scope="session")
def worker_id(request) -> str:
    """`gw0`, `gw1` … or `main` without xdist."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def django_db_setup(cluster, template_database, worker_database, django_test_environment, django_db_blocker):
    """Takes the place of pytest-django's own: copies the template and points every alias at the copy."""
    from django.db import connections
    from django.test import TestCase, TransactionTestCase

    from kangshu.config.postgres.databases import clone

    clone(cluster, template_database, worker_database)
    for alias in connections:
        connections[alias].settings_dict["NAME"] = worker_database
    for case in (TestCase, TransactionTestCase):
        case.databases = frozenset(connections)

    def copy_anew(self) -> None:
        for connection in connections.all(initialized_only=True):
            connection.close()
        clone(cluster, template_database, worker_database)

    TransactionTestCase._fixture_teardown = copy_anew
    yield
    with django_db_blocker.unblock():
        for connection in connections.all(initialized_only=True):
            connection.close()


@pytest.fixture
def as_owner(request) -> Callable[[], AbstractContextManager[None]]:
    """`with as_owner(): …` writes and reads on `default` as the tables' owner, past row-level security."""
    from django.db import connections

    from kangshu.config.postgres.databases import OWNER

    @contextmanager
    def acting() -> Iterator[None]:
        with connections["default"].cursor() as cursor:
            cursor.execute(f"SET ROLE {OWNER}")
        try:
            yield
        finally:
            with connections["default"].cursor() as cursor:
                cursor.execute("RESET ROLE")

    return acting


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A Chromium of this worker, driven by Playwright; `chromium.new_page(...)`, `new_context(...)`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def pytest_configure(config) -> None:
    """The words of both languages, as the site's start compiles them."""
    compile_catalogues()
    # On a busy machine a property would fail by the clock alone.
    hypothesis.settings.register_profile("kangshu", deadline=None)
    hypothesis.settings.load_profile("kangshu")


def pytest_collection_modifyitems(items) -> None:
    """Without Chromium, browser tests are skipped, each by its name."""
    if find_chromium() and driver_starts():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=f"no Chromium for {item.name}"))


def pytest_runtest_logreport(report) -> None:
    """Note the browser tests that were skipped; the run's main process hears of all workers' tests."""
    if report.skipped and "browser" in report.keywords:
        SKIPPED_JOURNEYS.append(report.nodeid)


def pytest_terminal_summary(terminalreporter) -> None:
    """Name the browser tests that were skipped."""
    if SKIPPED_JOURNEYS:
        terminalreporter.section("browser tests skipped")
        for name in sorted(set(SKIPPED_JOURNEYS)):
            terminalreporter.line(name)


def pytest_sessionfinish(session, exitstatus) -> None:
    """Where browser tests are required, one that was skipped fails the run."""
    required = os.environ.get("KANGSHU_REQUIRE_BROWSER") == "1"
    if required and SKIPPED_JOURNEYS and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config) -> None:
    """The run is over (not merely a worker's part of it): stop the server, remove the folder."""
    if hasattr(config, "workerinput") or "KANGSHU_TEST_HOME" not in os.environ:
        return
    home = Path(os.environ.pop("KANGSHU_TEST_HOME"))
    from kangshu.config.postgres.cluster import Cluster

    cluster = Cluster(home, durable=False)
    if (home / "start.lock").exists():
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)
        shutil.rmtree(cluster.socket_folder, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)
