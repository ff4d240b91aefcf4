"""Journeys in a real browser against a real server and database, row security on.

Each journey is a person's work from sign-in to the end, on a phone or on a desktop, and ends with an
accessibility check. With KANGSHU_PICTURES=1 (`just pictures`) a picture of every step is kept in
`.kangshu/journeys` (git-ignored): look at them. Without it none is taken: nobody looks at the gate's, and
Chromium now and then refuses a capture while a page is being laid out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

SCREENS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1366, "height": 900}}
PICTURES = Path(__file__).resolve().parents[2] / ".kangshu" / "journeys"
SERIOUS = ("serious", "critical")


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True, scope="session")
def _calls_beside_playwright() -> None:
    """Playwright's own loop runs in this thread; the tests' database calls are no coroutines."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@dataclass
class Visitor:
    """Somebody at a screen: opens pages by path, presses what is written on the screen."""

    page: object
    address: str
    screen: str
    journey: str
    pictures: int = 0
    troubles: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def press(self, name: str, role: str = "button", **options) -> None:
        self.page.get_by_role(role, name=re.compile(re.escape(name)), **options).first.click()

    def follow(self, name: str) -> None:
        self.press(name, role="link")

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.fill(value)

    def sees(self, text: str, seconds: int = 60) -> None:
        from playwright.sync_api import expect

        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=seconds * 1000)

    def picture(self, name: str) -> None:
        """Keep what is on the screen now, when pictures are asked for."""
        if not os.environ.get("KANGSHU_PICTURES"):
            return
        self.pictures += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{self.journey}-{self.screen}-{self.pictures:02d}-{name}.png"
        self.page.screenshot(path=path, full_page=True)

    def check_accessible(self) -> None:
        """No serious fault by axe, nothing wider than the screen, and no error in the browser's log."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        faults = [
            f"{fault['id']}: {fault['help']}: {node['html'][:160]}"
            for fault in found
            if fault["impact"] in SERIOUS
            for node in fault["nodes"]
        ]
        assert not faults, "\n".join([self.page.url, *faults])
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= SCREENS[self.screen]["width"] + 1, f"{self.page.url} is {width} pixels wide"
        assert not self.troubles, "\n".join(self.troubles)

    def sign_in(self, username: str, password: str | None = None) -> None:
        from tests.support.accounts import PASSWORD

        self.open("/access/sign-in/")
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(password or PASSWORD)
        self.page.locator("main button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def sign_in_past_second_factor(self, account) -> None:
        """A signed-in session as the second factor leaves it; the factor has a journey of its own."""
        from django.conf import settings
        from django.contrib.sessions.backends.db import SessionStore

        from kangshu.access import session as sessions

        session = SessionStore()
        sessions.start(session, account, second_factor=True)
        session.create()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.address}
        self.page.context.add_cookies([cookie])
        self.open("/")


@pytest.fixture
def visitor(request, chromium, live_server) -> Iterator[Callable[[str], Visitor]]:
    """`visitor("phone")` opens a browser window of that size."""
    contexts = []

    def opened(screen: str) -> Visitor:
        context = chromium.new_context(
            viewport=SCREENS[screen], locale="zh-CN", has_touch=screen == "phone", accept_downloads=True
        )
        # Generous: the checks run beside others on two cores.
        context.set_default_timeout(60_000)
        context.set_default_navigation_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        someone = Visitor(
            page, live_server.url, screen, request.node.name.split("[")[0].removeprefix("test_")
        )
        page.on("pageerror", lambda error: someone.troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note(someone, message))
        return someone

    yield opened
    for context in contexts:
        context.close()


def _note(someone: Visitor, message) -> None:
    # A refused form answers 400: the browser logs that as an error, we do not.
    if message.type == "error" and "Failed to load resource" not in message.text:
        someone.troubles.append(f"{someone.page.url}: {message.text}")


@dataclass(frozen=True)
class World:
    """What the journeys start from; dates are counted from today."""

    county: object
    accounts: object
    patient: object
    late_patient: object
    today: date


@pytest.fixture
def world(transactional_db) -> World:
    """The fixture county: 张建国 due today, 王秀英 overdue, both at clinic_a1 under care for hypertension."""
    from django.utils import timezone
    from tests.support.accounts import accounts, acting
    from tests.support.county import small_county
    from tests.support.people import resident, zhang

    from kangshu.work.actions import enrol

    county = small_county()
    who = accounts(county)
    now = timezone.localtime()
    today = now.date()
    patient = zhang(county, now=now)
    late = resident(
        county.clinic_a1, "王秀英", now=now, sex="2", birth_date=date(1958, 7, 9), phone="13900139000"
    )
    with acting(who.village_doctor_a) as doctor:
        for person, opened_on in ((patient, today - timedelta(days=90)), (late, today - timedelta(days=150))):
            enrol(
                kind="chronic.hypertension",
                person=person.pk,
                doctor=county.doctor_a.pk,
                on=opened_on,
                by=doctor,
                now=now,
            )
    return World(county, who, patient, late, today)
