"""The column that every protected row carries: where it belongs in the tree of institutions."""

from __future__ import annotations

from typing import Any

from django.db import models


class ScopePathField(models.CharField):
    """The path of the institution responsible for the row's person, e.g. `0001.0003.0012.`.

    Collated "C", because the policies compare it as a range, and only byte order makes `>=` and `<` both
    an index condition and leakproof. 12 levels of 5 characters.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)
