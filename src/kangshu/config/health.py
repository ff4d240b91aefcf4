"""`/health/live`, `/health/ready` and `/metrics`: for a supervisor, a load balancer and Prometheus."""

from __future__ import annotations

import hmac
import os
from threading import Event

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from kangshu.access import entry
from kangshu.config.metrics import exposition

LOOPBACK = frozenset({"127.0.0.1", "::1", ""})
_found_up_to_date = Event()


@entry.public(methods=("GET", "HEAD"))
def live(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nobody else: a database that is down is no reason to start it again."""
    return JsonResponse({"status": "alive"})


@entry.public(methods=("GET", "HEAD"))
def ready(request: HttpRequest) -> HttpResponse:
    """This process can do its work: the database answers and its tables are those of this release."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = 0 if _found_up_to_date.is_set() else _waiting_migrations()
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    if waiting:
        return JsonResponse({"status": "migrations missing", "waiting": waiting}, status=503)
    return JsonResponse({"status": "ready"})


@entry.public(methods=("GET",))
def metrics(request: HttpRequest) -> HttpResponse:
    """The measurements: for holders of `KANGSHU_METRICS_TOKEN`, or, if none is set, for this machine only."""
    if not _may_read_metrics(request):
        return HttpResponse(status=404)
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read_metrics(request: HttpRequest) -> bool:
    token = os.environ.get("KANGSHU_METRICS_TOKEN")
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}")
    # A proxy on this machine also comes from here; what it forwards does not.
    return request.META.get("REMOTE_ADDR", "") in LOOPBACK and "X-Forwarded-For" not in request.headers


def _waiting_migrations() -> int:
    executor = MigrationExecutor(connections["default"])
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        # It cannot become untrue while this process lives, and asking costs half a second.
        _found_up_to_date.set()
    return waiting


urlpatterns = [
    path("health/live", live, name="live"),
    path("health/ready", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
]
