"""Another PostgreSQL than our own is named by an address."""

from __future__ import annotations

import pytest

from kangshu.config.connections import BadDatabaseAddress, database_settings


def test_an_address_with_an_owner_of_its_own(monkeypatch):
    monkeypatch.setenv(
        "KANGSHU_DATABASE_URL", "postgresql://app:p%40ss@db.example:5433/county?sslmode=require"
    )
    monkeypatch.setenv("KANGSHU_OWNER_DATABASE_URL", "postgresql://owner:o@db.example/county")
    found = database_settings()
    assert (found["default"]["USER"], found["default"]["PASSWORD"]) == ("app", "p@ss")
    assert (found["default"]["HOST"], found["default"]["PORT"]) == ("db.example", "5433")
    assert found["default"]["OPTIONS"] == {"sslmode": "require"}
    assert found["audit"]["USER"] == "app"
    assert found["owner"]["USER"] == "owner"


def test_a_socket_folder_comes_in_the_query(monkeypatch):
    monkeypatch.setenv("KANGSHU_DATABASE_URL", "postgresql:///county?host=/run/postgresql&user=app")
    found = database_settings()["default"]
    assert (found["HOST"], found["NAME"], found["USER"]) == ("/run/postgresql", "county", "app")


@pytest.mark.parametrize("address", ["mysql://a@b/c", "postgresql://a@b", "county"])
def test_an_address_that_is_none(monkeypatch, address):
    monkeypatch.setenv("KANGSHU_DATABASE_URL", address)
    with pytest.raises(BadDatabaseAddress, match="must look like"):
        database_settings()
