"""Makes ready what a command needs: the message catalogues, Django, the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from kangshu.kernel.commands import Need


@contextmanager
def get_ready(need: Need) -> Iterator[None]:
    """Inside the block, what the command needs is there; a database of ours stops with its last user."""
    with ExitStack() as stack:
        if need is Need.DATABASE:
            stack.enter_context(database())
        if need is not Need.NOTHING:
            import django

            from kangshu.config.messages import compile_catalogues

            compile_catalogues()
            django.setup()
        yield


@contextmanager
def database() -> Iterator[None]:
    """The database is reachable inside the block: our own is started, another one is left to its keepers."""
    from kangshu.config.connections import embedded_cluster, uses_embedded
    from kangshu.config.home import ensure_home
    from kangshu.config.postgres.databases import prepare

    ensure_home()
    if not uses_embedded():
        yield
        return
    cluster = embedded_cluster()
    with cluster.running():
        prepare(cluster)
        try:
            yield
        finally:
            _close_connections()


def _close_connections() -> None:
    from django.apps import apps

    if apps.ready:
        from django.db import connections

        connections.close_all()
