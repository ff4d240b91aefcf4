"""The first rows of a real county."""

from __future__ import annotations

from datetime import date

import pytest

from kangshu.cli.errors import CommandFailed
from kangshu.cli.establishing import establish_county
from kangshu.demo.tree import default_divisions
from kangshu.kernel.errors import Refusal
from kangshu.places.models import Institution, Region

CODE = "12321322014100000A"


def establish(division: str = "321322") -> tuple[int, str]:
    return establish_county(
        division=division, bureau_code=CODE, bureau_name="", since=date(2000, 1, 1), divisions=None
    )


@pytest.mark.django_db
@pytest.mark.skipif(default_divisions() is None, reason="the list of divisions is not installed here")
def test_a_county_begins_with_its_regions_and_its_bureau(as_owner):
    with as_owner():
        count, name = establish()
        assert Region.objects.count() == count > 100
        assert set(Region.objects.values_list("level", flat=True)) == {1, 2, 3, 4, 5}
        bureau = Institution.objects.get()
        assert (bureau.name, bureau.code, bureau.region_id) == (name, CODE, "321322000000")
        with pytest.raises(CommandFailed, match="already"):
            establish()


@pytest.mark.django_db
@pytest.mark.skipif(default_divisions() is None, reason="the list of divisions is not installed here")
def test_an_unknown_division_leaves_nothing_behind(as_owner):
    with as_owner():
        with pytest.raises(Refusal):
            establish("999999")
        assert not Region.objects.exists()


def test_an_unreachable_database_is_one_sentence(monkeypatch, capsys):
    import psycopg

    from kangshu.cli.run import BROKEN, run

    def fail(words):
        psycopg.connect("host=127.0.0.1 port=1 user=x dbname=x connect_timeout=2")

    monkeypatch.setattr("kangshu.cli.run.command_line", lambda: fail(()))
    assert run(["migrate"]) == BROKEN
    said = capsys.readouterr().err
    assert said.startswith("the database cannot be reached")
    assert "Traceback" not in said
