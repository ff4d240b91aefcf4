"""Second factor, emergency access and its review, the trail, and a resident's sign-in by phone code."""

from __future__ import annotations

import base64
import re

from tests.journeys.conftest import World
from tests.support.people import id_number

from kangshu.access.second_factor import current_code


def test_a_director_sets_up_the_second_step_on_a_phone(visitor, world: World):
    someone = visitor("phone")
    someone.sign_in("director")
    someone.sees("绑定验证器")
    someone.picture("set-up")
    someone.check_accessible()
    secret = someone.page.locator("details code").text_content().strip()
    key = base64.b32decode(secret).hex()
    someone.page.locator("input[name=code]").fill(current_code(key))
    someone.press("确认")
    someone.sees("请抄下这些恢复码")
    someone.picture("recovery-codes")
    someone.check_accessible()
    someone.follow("我已抄好")
    someone.page.wait_for_load_state()
    assert "second-factor" not in someone.page.url

    again = visitor("desktop")
    again.sign_in("director")
    again.sees("第二步验证")
    again.picture("second-step")
    again.check_accessible()


def test_a_clinician_opens_a_record_in_an_emergency_and_it_is_reviewed(visitor, world: World):
    someone = visitor("phone")
    someone.sign_in("clinician")
    someone.open(f"/people/{world.patient.pk}/")
    assert world.patient.name not in someone.page.content()
    someone.picture("not-in-scope")
    someone.check_accessible()
    someone.follow("紧急访问")
    someone.page.locator("input[name=number]").fill(id_number(world.patient.birth_date, "1", 90))
    someone.press("查找")
    someone.sees("张")
    someone.picture("found")
    someone.check_accessible()
    someone.page.locator("textarea[name=reason]").fill("昏迷送医，需查用药史")
    someone.press("立即打开档案")
    someone.sees(world.patient.name)
    someone.picture("opened")

    reviewer = visitor("desktop")
    reviewer.sign_in_past_second_factor(world.accounts.security_administrator)
    reviewer.open("/access/emergency/review/")
    reviewer.sees("昏迷送医")
    reviewer.picture("review")
    reviewer.check_accessible()
    reviewer.page.locator("input[name=review]").fill("情况属实")
    reviewer.press("提交复核")
    reviewer.sees("复核结论已记录")

    auditor = visitor("desktop")
    auditor.sign_in_past_second_factor(world.accounts.auditor)
    auditor.open("/audit/")
    auditor.sees("紧急打开居民档案")
    auditor.picture("trail")
    auditor.check_accessible()
    phone = visitor("phone")
    phone.sign_in_past_second_factor(world.accounts.auditor)
    phone.open("/audit/?action=person.")
    phone.picture("trail")
    phone.check_accessible()


def test_the_security_administrator_gives_a_role(visitor, world: World):
    someone = visitor("desktop")
    someone.sign_in_past_second_factor(world.accounts.security_administrator)
    someone.open(f"/access/accounts/{world.accounts.village_doctor_a.pk}/")
    someone.picture("account")
    someone.check_accessible()
    phone = visitor("phone")
    phone.sign_in_past_second_factor(world.accounts.administrator)
    phone.open(f"/access/accounts/{world.accounts.village_doctor_a.pk}/")
    phone.picture("account")
    phone.check_accessible()


def test_a_resident_signs_in_with_a_code_from_the_phone(visitor, world: World, settings):
    settings.KANGSHU_DEMO = True
    someone = visitor("phone")
    someone.open("/access/sign-in/")
    someone.picture("sign-in")
    someone.follow("我是居民")
    someone.page.locator("input[name=number]").fill(world.patient.record_number)
    someone.page.locator("input[name=phone]").fill(world.patient.phone)
    someone.picture("number-and-phone")
    someone.check_accessible()
    someone.press("获取验证码")
    someone.sees("短信模拟器")
    someone.picture("code")
    someone.check_accessible()
    code = re.search(r"验证码是 (\d{6})", someone.page.content()).group(1)
    someone.page.locator("input[name=code]").fill(code)
    someone.press("查看我的档案")
    someone.sees("张建国")
    someone.picture("own-record")
