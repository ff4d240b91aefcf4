"""Units as declared (in Chinese, or by their international sign) in the language of the reader."""

from __future__ import annotations

ENGLISH = {
    "次/分": "/min",
    "次/日": "times/day",
    "次/周": "times/week",
    "分钟/次": "min each time",
    "分钟": "min",
    "次": "times",
    "人": "people",
    "人次": "services",
    "支": "cigarettes",
    "两": "liang (50 mL)",
    "岁": "years of age",
    "年": "years",
    "分": "points",
    "个": "items",
    "级": "grade",
    "例": "cases",
    "户": "households",
    "台": "devices",
    "张": "sheets",
    "份": "copies",
    "床": "beds",
    "元": "yuan",
    "万元": "10,000 yuan",
    "天": "days",
    "日": "days",
    "周": "weeks",
    "孕周": "weeks of pregnancy",
    "月": "months",
    "个月": "months",
    "月龄": "months of age",
    "小时": "hours",
    "个工作日": "working days",
    "片": "tablets",
    "粒": "capsules",
    "克": "g",
    "颗": "teeth",
    "剂次": "doses",
    "家": "institutions",
    "所": "schools",
    "处": "places",
    "名": "people",
    "项": "items",
    "批": "batches",
    "盒": "boxes",
    "场": "events",
    "户次": "household visits",
    "支次": "vials",
    "株": "plants",
    "框": "frames",
    "种": "kinds",
    "笔": "entries",
    "件": "cases",
    "株次": "plants",
    "条": "clues",
    "场次": "events",
    "只/框": "a frame",
    "瓶": "bottles",
    "个/μL": "cells/μL",
    "对": "couples",
    "单": "orders",
    "/10万": "per 100,000",
    "/万": "per 10,000",
    "拷贝/mL": "copies/mL",
    "剂": "doses",
    "只": "pieces",
}
"""What has no international sign."""

PER = {"/日": "/day", "/周": "/week", "/月": "/month", "/年": "/year", "/次": "/time", "/分": "/min"}


def unit_in(unit: str, language: str) -> str:
    """The unit for a language tag; one that is not in the table stays as it is."""
    if not language.lower().startswith("en"):
        return unit
    if unit in ENGLISH:
        return ENGLISH[unit]
    for zh, en in PER.items():
        if unit.endswith(zh):
            rest = unit.removesuffix(zh)
            return ENGLISH.get(rest, rest) + en
    return unit
