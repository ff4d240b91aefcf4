"""A supervisor, a load balancer and Prometheus ask."""

from __future__ import annotations

import pytest

from kangshu.config import health


def test_live_answers_without_a_database(client):
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_ready_when_the_database_answers(client):
    assert client.get("/health/ready").json() == {"status": "ready"}


@pytest.mark.django_db
def test_not_ready_before_the_release_has_migrated(client, monkeypatch):
    health._found_up_to_date.clear()
    monkeypatch.setattr(health, "_waiting_migrations", lambda: 2)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["waiting"]) == (503, 2)


def test_metrics_count_pages_without_naming_anybody(client):
    client.get("/health/live")
    text = client.get("/metrics").content.decode()
    assert 'kangshu_requests_total{method="GET",page="live",status="200"}' in text


@pytest.mark.parametrize("asked", [{"REMOTE_ADDR": "10.1.2.3"}, {"headers": {"X-Forwarded-For": "10.1.2.3"}}])
def test_metrics_are_hidden_from_other_machines(client, asked):
    assert client.get("/metrics", **asked).status_code == 404


def test_metrics_with_a_token(client, monkeypatch):
    monkeypatch.setenv("KANGSHU_METRICS_TOKEN", "prometheus")
    assert client.get("/metrics").status_code == 404
    known = {"REMOTE_ADDR": "10.1.2.3", "headers": {"Authorization": "Bearer prometheus"}}
    assert client.get("/metrics", **known).status_code == 200


def test_every_answer_forbids_the_browser_to_load_from_elsewhere(client):
    headers = client.get("/health/live").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
