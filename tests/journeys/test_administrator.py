"""The administrator: makes an account; a guesser is locked out and hears how long."""

from __future__ import annotations

from tests.journeys.conftest import World


def test_who_guesses_a_password_is_locked_out(visitor, world: World):
    someone = visitor("phone")
    for _ in range(5):
        someone.sign_in("village_doctor_a", "wrong-password")
    someone.sign_in("village_doctor_a")
    someone.picture("locked")
    assert "/sign-in" in someone.page.url
    someone.check_accessible()


def test_the_administrator_makes_an_account(visitor, world: World):
    someone = visitor("desktop")
    someone.sign_in_past_second_factor(world.accounts.administrator)
    someone.sees("启用的账号")
    someone.picture("desk")
    someone.check_accessible()
    someone.open("/access/accounts/")
    someone.picture("accounts")
    someone.check_accessible()
    someone.open("/access/accounts/new/")
    someone.page.locator("input[name=username]").fill("newdoctor")
    someone.page.locator("input[name=name]").fill("新村医")
    someone.page.locator("select[name=institution]").select_option(str(world.county.clinic_a2.pk))
    someone.picture("new-account")
    someone.check_accessible()
    someone.page.locator("main form button[type=submit]").first.click()
    someone.page.wait_for_load_state()
    someone.sees("newdoctor")
    password = someone.page.locator("main code").first.text_content().strip()
    someone.picture("first-password")
    someone.check_accessible()

    newcomer = visitor("phone")
    newcomer.sign_in("newdoctor", password)
    assert "password" in newcomer.page.url
    newcomer.picture("must-change")
    newcomer.check_accessible()
