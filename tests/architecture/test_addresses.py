"""Every address of the site is entered through one door, `access.entry`."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

KINDS = {"page", "public", "api", "streamed"}
# Ninja's own root answers every visitor that there is nothing.
EXCEPTIONS = {"api/v1/"}


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern."""
    for part in resolver.url_patterns:
        path = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from addresses(part, path)
        else:
            yield path, part


def doors(pattern: URLPattern) -> list[str | None]:
    """How each view behind an address is entered; an address of the interface has one for each method."""
    own = getattr(pattern.callback, "kangshu_entry", None)
    names = getattr(pattern.callback, "__code__", None)
    if own is None and names is not None and "self" in names.co_freevars:
        path_view = pattern.callback.__closure__[names.co_freevars.index("self")].cell_contents
        return [
            getattr(operation.run, "kangshu_entry", None)
            for operation in getattr(path_view, "operations", [])
        ]
    return [own]


def test_every_address_is_wrapped():
    open_doors = [
        path
        for path, pattern in addresses(get_resolver())
        if path not in EXCEPTIONS and not (doors(pattern) and set(doors(pattern)) <= KINDS)
    ]
    assert open_doors == []


def test_addresses_have_unique_names():
    names = [pattern.name for path, pattern in addresses(get_resolver()) if not path.startswith("api/")]
    assert None not in names
