"""The one door: what a GET may do, what a stream sees, what a refusal becomes, how many questions it asks."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InternalError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.support.accounts import ZHANG, acting

from kangshu.access import entry
from kangshu.access import session as sessions
from kangshu.access.models import Account
from kangshu.access.scope import current_actor, entered_as_system
from kangshu.audit import log
from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Problem
from kangshu.kernel.text import Text


def request_of(account, method: str = "get", **headers):
    request = getattr(RequestFactory(), method)("/somewhere/", headers=headers)
    request.session = SessionStore()
    sessions.start(request.session, account, second_factor=True)
    request.session.save()
    request.LANGUAGE_CODE = "zh-hans"
    return request


def test_a_get_that_writes_is_refused_by_the_database(people_of):
    @entry.page()
    def writes(request):
        Account.objects.update(phone="1")
        return HttpResponse("written")

    with pytest.raises(InternalError, match="read-only"):
        writes(request_of(people_of.village_doctor_a))
    assert writes(request_of(people_of.village_doctor_a, "post")).content == b"written"


def test_the_trail_of_a_get_is_written_after_its_reading(people_of):
    @entry.page()
    def reads(request):
        log.write(by=request.actor, action="person.read", person_id=ZHANG)
        return HttpResponse("read")

    reads(request_of(people_of.village_doctor_a, **{"X-Request-Id": "r-1"}))
    with entered_as_system("test"):
        written = AuditEntry.objects.get(action="person.read")
    assert (written.person_id, written.request_id, written.ip) == (ZHANG, "r-1", "127.0.0.1")


def test_a_page_knows_its_actor_and_leaves_nobody_behind(people_of):
    @entry.page("record.visit")
    def page(request):
        assert current_actor().account_id == request.actor.account_id == request.user.pk
        return HttpResponse(request.actor.scope_path)

    assert page(request_of(people_of.village_doctor_a)).content == b"0001.0003.0001."
    assert current_actor() is None


def test_a_streamed_body_is_read_in_its_own_scope(people_of):
    @entry.streamed()
    def stream(request):
        def parts():
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('kangshu.low', true)")
                yield cursor.fetchone()[0].encode()

        return StreamingHttpResponse(parts())

    body = stream(request_of(people_of.village_doctor_a))
    assert b"".join(body.streaming_content) == b"0001.0003.0001."


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotAllowed("x", Text("不行", "no")), 403),
        (NotFound("x", Text("没有", "none")), 404),
        (Conflict("x", Text("冲突", "conflict")), 409),
        (BadInput([Problem("f", "x", Text("不对", "wrong"))]), 400),
    ],
)
def test_a_refusal_becomes_a_page_that_says_why_and_rolls_back(people_of, refusal, status):
    @entry.page()
    def refuses(request):
        Account.objects.filter(pk=people_of.auditor.pk).update(phone="changed")
        raise refusal

    response = refuses(request_of(people_of.village_doctor_a, "post"))
    assert response.status_code == status
    assert refusal.message.zh in response.content.decode()
    assert Account.objects.get(pk=people_of.auditor.pk).phone == ""


def test_htmx_is_sent_to_the_sign_in_as_a_whole_page(people_of):
    @entry.page()
    def page(request):
        return HttpResponse()

    request = RequestFactory().get("/somewhere/", headers={"HX-Request": "true"})
    request.session = SessionStore()
    response = page(request)
    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/access/sign-in/")


def test_the_door_asks_few_questions(people_of):
    """Session and account with its scope: two questions; the rest begins and ends transactions."""

    @entry.page("read.resident")
    def page(request):
        return HttpResponse()

    request = request_of(people_of.village_doctor_a)
    request.session = SessionStore(request.session.session_key)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(request)
    questions = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "SET LOCAL"))]
    assert len(questions) == 2, questions


def test_a_role_of_the_bureau_needs_its_second_factor_on_every_page(people_of):
    @entry.page()
    def page(request):
        return HttpResponse("in")

    request = request_of(people_of.bureau_officer)
    request.session.pop("second_factor_at")
    assert page(request)["Location"] == "/access/second-factor/"
    with acting(people_of.bureau_officer) as actor:
        assert entry.needs_second_factor(actor)


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(people_of, settings):
    @entry.page()
    def page(request):
        log.write(by=request.actor, action="person.read")
        return HttpResponse()

    forged = {"X-Forwarded-For": "1.2.3.4, 198.51.100.7"}
    page(request_of(people_of.village_doctor_a, **forged))
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    page(request_of(people_of.village_doctor_a, **forged))
    page(request_of(people_of.village_doctor_a, **{"X-Forwarded-For": "nonsense"}))
    with entered_as_system("test"):
        addresses = list(AuditEntry.objects.order_by("id").values_list("ip", flat=True))
    assert addresses == ["127.0.0.1", "198.51.100.7", None]
