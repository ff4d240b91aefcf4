"""Paging of lists that may be too long to be counted."""

from __future__ import annotations

from functools import cached_property

from django.core.paginator import Paginator

CAP = 1000


class CappedPaginator(Paginator):
    """Counts `CAP` rows of a queryset and no more: behind row security, counting a county's people by a part
    of their name costs more than showing the page, and nobody turns to the tenth one."""

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by().values("pk")[: CAP + 1].count()

    @property
    def count(self) -> int:
        return min(self._counted, CAP)

    @property
    def more(self) -> bool:
        """Whether there are more rows than `count` says."""
        return self._counted > CAP
