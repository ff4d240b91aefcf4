"""A capability that is declared for the length of a test, as a county's own would be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kangshu.declare import Capability
from kangshu.declare.registry import Found, registry


@contextmanager
def declared(*capabilities: Capability) -> Iterator[None]:
    def source() -> list[Found]:
        return [Found(capability) for capability in capabilities]

    registry.add_source(source)
    try:
        yield
    finally:
        registry._sources.remove(source)
        registry.reload()
