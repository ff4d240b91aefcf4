"""A resident on a phone: signs in, sees their own record, and nobody else's."""

from __future__ import annotations

from tests.journeys.conftest import World


def test_a_resident_sees_only_their_own_record(visitor, world: World):
    someone = visitor("phone")
    someone.sign_in("resident_zhang")
    someone.sees("我的健康档案")
    someone.sees("张建国")
    someone.sees("我的下次随访")
    assert "王秀英" not in someone.page.content()
    someone.picture("own-record")
    someone.check_accessible()

    someone.open(f"/people/{world.late_patient.pk}/")
    assert "王秀英" not in someone.page.content()
    someone.picture("not-theirs")
    someone.check_accessible()
