"""A township worker enters an activity on a phone; the bureau opens the logbook and the entry."""

from __future__ import annotations

from tests.journeys.conftest import Visitor, World

from kangshu.access.scope import entered_as_system
from kangshu.fieldwork.models import Entry


def fill_activity(someone: Visitor) -> None:
    someone.open("/fieldwork/health_education.activities/enter/")
    page = someone.page
    page.locator("#field-kind input[value='1']").check()
    page.fill("[name=a-subject]", "高血压防治知识")
    page.locator("#field-topic input[value='2']").check()
    page.fill("[name=a-place]", "柳林镇文化站")
    page.fill("[name=a-organiser]", "柳林镇卫生院")
    page.locator("#field-audience input[value='1']").check()
    page.fill("[name=a-participants]", "46")
    someone.picture("filled")
    someone.check_accessible()
    someone.press("保存")


def test_an_activity_is_entered_on_a_phone_and_opened_by_the_bureau(visitor, world: World):
    worker = visitor("phone")
    worker.sign_in("township_worker_a")
    fill_activity(worker)
    worker.sees("已保存")
    worker.picture("saved")
    worker.check_accessible()
    with entered_as_system("journey"):
        assert Entry.objects.get().answers["participants"] == 46

    officer = visitor("desktop")
    officer.sign_in_past_second_factor(world.accounts.bureau_officer)
    officer.open("/fieldwork/health_education.activities/")
    officer.sees("46")
    officer.sees("高血压防治知识")
    officer.picture("seen")
    officer.check_accessible()
    officer.page.locator("table a").first.click()
    officer.sees("柳林镇文化站")
    officer.check_accessible()
