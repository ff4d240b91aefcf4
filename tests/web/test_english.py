"""Every page that needs no address of one thing, read in English: nothing Chinese but names stands on it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.support.accounts import sign_in

from kangshu.access.models import Account
from kangshu.access.scope import entered_as_system
from kangshu.people.models import Person
from kangshu.places.models import Institution, Region, Staff

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff，。、（）]*")
#: The first character of the account's name, alone in its circle.
AVATAR = re.compile(r"(?<!\S)[\u4e00-\u9fff](?!\S)")
ROLES = ("village_doctor_a", "township_worker_a", "clinician", "bureau_officer", "director", "administrator",
         "security_administrator", "auditor", "resident_zhang")  # fmt: skip
#: Examples of what to type, names of languages, and Chinese documents themselves.
MEANT = ("中文", "简体中文", "王小", "王伟", "康枢")
CHINESE_DOCUMENTS = {"exchange:template", "api:openapi-view", "api:openapi-json"}


class Text(HTMLParser):
    """What a reader sees: text outside of scripts, and the words of labels and placeholders."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag, attrs) -> None:
        self.skipping += tag in ("script", "style")
        self.words += [value or "" for name, value in attrs if name in ("placeholder", "aria-label", "title")]

    def handle_endtag(self, tag) -> None:
        self.skipping -= tag in ("script", "style")

    def handle_data(self, data) -> None:
        if not self.skipping:
            self.words.append(data)


def plain_pages() -> list[str]:
    def walk(patterns, space=""):
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, one.namespace or space)
            elif isinstance(one, URLPattern) and space and one.name and not one.pattern.converters:
                yield f"{space}:{one.name}"

    return sorted(set(walk(get_resolver().url_patterns)) - CHINESE_DOCUMENTS)


def chinese_in(html: str, names: list[str]) -> set[str]:
    reader = Text()
    reader.feed(html)
    text = " ".join(reader.words)
    for name in names:
        text = text.replace(name, "")
    text = AVATAR.sub(" ", text)
    return set(CHINESE.findall(text))


@pytest.fixture
def names(zhang_due) -> list[str]:
    with entered_as_system("test"):
        everybody = list(Person.objects.values_list("name", flat=True))
    found = [
        *Region.objects.values_list("name", flat=True),
        *Institution.objects.values_list("name", flat=True),
        *Staff.objects.values_list("name", flat=True),
        *Account.objects.values_list("name", flat=True),
        *everybody,
        *MEANT,
    ]
    return sorted(found, key=len, reverse=True)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_without_an_argument_speaks_chinese_in_english(who, names, role):
    account = getattr(who, role)
    Account.objects.filter(pk=account.pk).update(language="en")
    client = sign_in(Client(headers={"accept-language": "en"}), account)
    client.post(reverse("web:language"), {"language": "en"})
    wrong = {}
    for name in plain_pages():
        response = client.get(reverse(name))
        if response.status_code != 200 or "html" not in response.headers.get("Content-Type", ""):
            continue
        if found := chinese_in(response.content.decode(), names):
            wrong[name] = sorted(found)
    assert not wrong, "\n".join(f"{page}: {words}" for page, words in wrong.items())


def test_the_pages_of_one_resident_speak_english(who, names, zhang_due):
    client = sign_in(Client(), who.township_worker_a)
    client.post(reverse("web:language"), {"language": "en"})
    wrong = {}
    for name in ("resident", "edit", "document", "death", "move", "leave", "lost", "relations", "household",
                 "attachments"):  # fmt: skip
        html = client.get(reverse(f"people:{name}", args=[zhang_due.pk])).content.decode()
        if found := chinese_in(html, names):
            wrong[name] = sorted(found)
    for form in ("chronic.hypertension.follow_up", "records.health_check", "records.personal_information"):
        html = client.get(reverse("work:record", args=[form, zhang_due.pk])).content.decode()
        if found := chinese_in(html, names):
            wrong[form] = sorted(found)
    assert not wrong, "\n".join(f"{page}: {words}" for page, words in wrong.items())
