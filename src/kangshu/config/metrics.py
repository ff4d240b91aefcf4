"""What the site measures of itself, for Prometheus: requests by page, method, status and seconds.

Each web process writes into `KANGSHU_HOME/metrics` and whichever is asked adds them up. No label ever carries
a person, an account or a full address.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kangshu.config.home import metrics_folder

# The library looks for it when it is imported, and never again.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(metrics_folder()))
metrics_folder().mkdir(parents=True, exist_ok=True, mode=0o700)

from prometheus_client import (  # noqa: E402
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

REQUESTS = Counter("kangshu_requests_total", "Requests answered", ["page", "method", "status"])
SECONDS = Histogram(
    "kangshu_request_seconds",
    "Seconds until a request was answered",
    ["page"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Measured:
    """Middleware that counts and times every answer by the name of its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        page = match.view_name or "unnamed" if match else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(page, method, str(response.status_code)).inc()
        SECONDS.labels(page).observe(time.perf_counter() - began)
        return response


def exposition() -> bytes:
    """All measurements in Prometheus' text format, of all web processes."""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
