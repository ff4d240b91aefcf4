"""Addresses of the funds."""

from __future__ import annotations

from django.urls import path

from kangshu.ledger.pages import entering, funds

app_name = "ledger"
urlpatterns = [
    path("", funds.funds, name="funds"),
    path("<str:fund_id>/", funds.fund, name="fund"),
    path("<str:fund_id>/export/", funds.export, name="export"),
    path("<str:fund_id>/allot/", entering.allot, name="allot"),
    path("<str:fund_id>/enter/<slug:kind>/", entering.enter, name="enter"),
    path("<str:fund_id>/reverse/<uuid:posting_id>/", entering.reverse_posting, name="reverse"),
]
