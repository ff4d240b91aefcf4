"""The HTTP interface `/api/v1`: the same actions as the screens, for programs. docs/api.md tells how."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from kangshu.access.entry import public
from kangshu.exchange.api import care, figures, forms, people, work
from kangshu.exchange.api.door import Key, door

api = NinjaAPI(
    title="kangshu 康枢",
    version="1",
    description=(
        "Residents, cases, visits and indicators of one county. A key (menu Manage, Keys for programs) acts "
        "as its account: same roles, same area. Every error has one shape: "
        '`{"error": {"code", "message", "where", "problems": [{"field", "code", "message", "value"}]}}`.'
    ),
    urls_namespace="api",
    auth=Key(),
    docs_decorator=public(methods=("GET",)),
)
api.add_decorator(door, mode="view")
for prefix, module in (
    ("/residents", people),
    ("/encounters", care),
    ("", work),
    ("/forms", forms),
    ("/indicators", figures),
):
    api.add_router(prefix, module.router, tags=[module.__name__.rsplit(".", 1)[-1]])


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or parameter that does not fit the schema."""
    problems = [
        {
            "field": ".".join(
                str(part) for part in item["loc"] if part not in ("body", "query", "path", "data")
            ),
            "code": f"schema.{item['type']}",
            "message": {"zh": "不符合接口说明", "en": item["msg"]},
            "value": None,
        }
        for item in error.errors
    ]
    message = (
        "请求不符合接口说明"
        if str(getattr(request, "LANGUAGE_CODE", "zh")).startswith("zh")
        else "Invalid request"
    )
    body = {"error": {"code": "schema.invalid", "message": message, "where": None, "problems": problems}}
    return api.create_response(request, body, status=422)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    body = {"error": {"code": f"http.{error.status_code}", "message": str(error), "where": None}}
    return api.create_response(request, body, status=error.status_code)


__all__ = ["api"]
