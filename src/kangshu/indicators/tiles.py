"""A map without borders: a tile for each township, placed by the region tree, so that it works in any county.

Free and true boundaries of townships do not exist for most counties. Tiles of one size show a small township
as well as a large one; their order is that of the statistical codes, which runs through a county from its
seat outwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from kangshu.declare.indicator import Direction, Indicator
from kangshu.indicators.board import Ranked

CLASSES = 5


@dataclass(frozen=True)
class Tile:
    """A place with its shade: 1 (worst) to 5 (best), 0 without a figure; for a figure without a better side 5
    is the highest."""

    place: Ranked
    shade: int


@dataclass(frozen=True)
class TileMap:
    tiles: tuple[Tile, ...]
    columns: int
    bounds: tuple[str, ...]


def tile_map(indicator: Indicator, places: Sequence[Ranked]) -> TileMap:
    """Tiles in the order of the codes, in five classes of equal width between the lowest and the highest."""
    ordered = sorted((one for one in places if one.key), key=lambda one: one.key)
    values = [one.row.value for one in ordered if one.row.value is not None]
    if not values:
        return TileMap(tuple(Tile(one, 0) for one in ordered), _columns(len(ordered)), ())
    low, high = min(values), max(values)
    width = (high - low) / CLASSES
    tiles = []
    for one in ordered:
        if one.row.value is None:
            tiles.append(Tile(one, 0))
            continue
        at = CLASSES if not width else min(int((one.row.value - low) / width) + 1, CLASSES)
        tiles.append(Tile(one, CLASSES + 1 - at if indicator.direction is Direction.DOWN else at))
    bounds = tuple(f"{low + width * at:.{indicator.decimals}f}" for at in range(CLASSES + 1))
    return TileMap(tuple(tiles), _columns(len(ordered)), bounds)


def _columns(count: int) -> int:
    return max(1, ceil(sqrt(count)))
