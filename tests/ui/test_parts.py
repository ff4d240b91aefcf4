"""The parts of pages: what they say, and that they say it safely."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from kangshu.kernel.text import Text
from kangshu.ui.registry import NavItem, Panel, register_nav, register_panel
from kangshu.ui.templatetags.ui import day, percent, words


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_words_follow_the_language_of_the_page():
    with translation.override("en"):
        assert words(Text("高血压", "Hypertension")) == "Hypertension"
    with translation.override("zh-hans"):
        assert words(Text("高血压", "Hypertension")) == "高血压"


def test_a_day_names_its_weekday():
    with translation.override("zh-hans"):
        assert day(date(2026, 9, 30)) == "2026-09-30 周三"
    with translation.override("en"):
        assert day(date(2026, 9, 30)) == "Wed 2026-09-30"
    assert day(None) == "—"


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("0.6412"), "64.12%"), (Decimal("0"), "0.00%"), (None, "—")]
)
def test_a_missing_ratio_is_a_dash_and_never_zero(value, shown):
    assert percent(value) == shown


def test_a_status_says_in_words_what_its_colour_repeats():
    html = drawn('{% status "bad" label %}', label=Text("逾期", "late"))
    assert "逾期" in html
    assert "bg-red-lt" in html


def test_what_people_typed_is_never_markup():
    assert "<script>" not in drawn('{% status "bad" label %}', label="<script>alert(1)</script>")
    assert "<script>" not in drawn("{% empty_state title %}", title="<script>alert(1)</script>")


def test_an_empty_list_offers_the_next_step():
    html = drawn('{% empty_state "没有" "说明" "/next" "去办理" %}')
    assert 'href="/next"' in html
    assert "去办理" in html


class Named(forms.Form):
    name = forms.CharField(label="姓名")


def test_a_refused_field_keeps_its_value_and_is_tied_to_its_error():
    form = Named({"name": ""})
    form.is_valid()
    html = drawn("{% form_errors form %}{% field form.name %}", form=form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name-errors"' in html
    assert 'id="id_name-errors"' in html
    assert 'href="#id_name"' in html


def test_pages_of_a_list_keep_the_filter():
    page = Paginator(range(200), 20).get_page(3)
    request = RequestFactory().get("/list", {"q": "王", "page": 3})
    template = Template("{% load ui %}{% pagination page %}")
    html = template.render(RequestContext(request, {"page": page}))
    assert "q=%E7%8E%8B" in html
    assert "page=4" in html
    assert 'aria-current="page"' in html


def test_a_missing_page_has_no_address():
    assert drawn('{% url_or_none "no:such" as url %}[{{ url }}]') == "[None]"


def test_a_name_is_registered_once():
    register_nav(NavItem("test-entry", "甲", "web:desk"))
    register_nav(NavItem("test-entry", "甲", "web:desk"))
    with pytest.raises(ValueError, match="test-entry"):
        register_nav(NavItem("test-entry", "乙", "web:desk"))
    register_panel("test", Panel("one", "甲", "x.html", load=test_words_follow_the_language_of_the_page))
    with pytest.raises(ValueError, match="one"):
        register_panel("test", Panel("one", "乙", "x.html", load=test_words_follow_the_language_of_the_page))


@pytest.fixture(autouse=True)
def _registries_as_before(monkeypatch):
    from kangshu.ui import registry

    monkeypatch.setattr(registry, "_nav", dict(registry._nav))
    monkeypatch.setattr(
        registry, "_panels", {where: dict(panels) for where, panels in registry._panels.items()}
    )
