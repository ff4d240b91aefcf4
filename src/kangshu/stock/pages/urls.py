"""Addresses of the stock."""

from __future__ import annotations

from django.urls import path

from kangshu.stock.pages import acts, lists, waiting

app_name = "stock"
urlpatterns = [
    path("", lists.goods, name="goods"),
    path("export/", lists.export, name="export"),
    path("number/", lists.number, name="number"),
    path("consumption/", lists.consumption, name="consumption"),
    path("gaps/", waiting.gaps, name="gaps"),
    path("transfers/", waiting.transfers, name="transfers"),
    path("settlement/", waiting.settlement, name="settlement"),
    path("of/<str:goods_id>/", lists.ledger, name="ledger"),
    path("of/<str:goods_id>/export/", lists.export_ledger, name="export_ledger"),
    path("of/<str:goods_id>/count/", acts.count, name="count"),
    path("of/<str:goods_id>/<slug:act>/", acts.act, name="act"),
]
