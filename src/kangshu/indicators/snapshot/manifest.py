"""The manifest: which files make up a snapshot, with their hashes. Its own hash is the snapshot's name.

Parts are only ever added. An increment's manifest lists its base's parts and its own; where a row stands in
several parts, the part of the highest increment has the row as it is (`Table.superseding`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text

#: 2: records know the day of the person's next one.
FORMAT = 2
NAME_LENGTH = 32
_BLOCK = 1 << 20


class UnknownSnapshot(Refusal):
    """No snapshot of that name is kept here."""


class DamagedSnapshot(Refusal):
    """A file of the snapshot is missing or is not what was written."""


@dataclass(frozen=True)
class Part:
    """One Parquet file. `increment` 0 is the full copy; `compartment` is empty for what is not
    confidential."""

    file: str
    rows: int
    bytes: int
    sha256: str
    increment: int = 0
    compartment: str = ""


@dataclass(frozen=True)
class Table:
    """The parts of one laid-out table. `replaced` tables are copied whole each time: only their last part
    counts."""

    name: str
    parts: tuple[Part, ...]
    replaced: bool = False

    def readable(self, compartments: frozenset[str] | None) -> tuple[Part, ...]:
        """The parts that somebody with access to these compartments may read (None: all of them)."""
        return tuple(
            part
            for part in self.parts
            if not part.compartment or compartments is None or part.compartment in compartments
        )


@dataclass(frozen=True)
class Manifest:
    """What a snapshot consists of. `watermark`: every change of a transaction below it is inside; changes
    at or above it may be inside and are taken again by the next increment."""

    taken_at: datetime
    database: str
    watermark: int
    tables: Mapping[str, Table]
    base: str = ""
    increment: int = 0
    format: int = FORMAT

    @cached_property
    def name(self) -> str:
        return hashlib.sha256(self.encoded()).hexdigest()[:NAME_LENGTH]

    @property
    def rows(self) -> int:
        return sum(part.rows for table in self.tables.values() for part in table.parts)

    @property
    def bytes(self) -> int:
        return sum(part.bytes for table in self.tables.values() for part in table.parts)

    def parts(self) -> Iterator[Part]:
        for table in self.tables.values():
            yield from table.parts

    def encoded(self) -> bytes:
        value = asdict(self) | {"taken_at": self.taken_at.isoformat()}
        return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()

    @classmethod
    def decoded(cls, content: bytes) -> Manifest:
        value: dict[str, Any] = json.loads(content)
        tables = {
            name: Table(
                table["name"], tuple(Part(**part) for part in table["parts"]), replaced=table["replaced"]
            )
            for name, table in value.pop("tables").items()
        }
        taken_at = datetime.fromisoformat(value.pop("taken_at"))
        return cls(taken_at=taken_at, tables=tables, **value)

    def with_parts(self, new: Mapping[str, Table], **changes: Any) -> Manifest:
        """This manifest with the parts of an increment added."""
        tables = dict(self.tables)
        for name, table in new.items():
            old = tables.get(name)
            if old is None or table.replaced:
                tables[name] = table
            else:
                tables[name] = replace(old, parts=(*old.parts, *table.parts))
        return replace(self, tables=tables, **changes)


def hash_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _folder(root: Path) -> Path:
    return root / "manifests"


def write(root: Path, manifest: Manifest) -> Path:
    """Keep a manifest under its name; it appears whole or not at all."""
    folder = _folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{manifest.name}.json"
    beside = path.with_suffix(".writing")
    with beside.open("wb") as file:
        file.write(manifest.encoded())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path


def names(root: Path) -> list[str]:
    """The names of the snapshots kept here, oldest first."""
    found = [path.stem for path in _folder(root).glob("*.json")]
    return sorted(found, key=lambda name: (_read(root, name).taken_at, name))


def resolve(root: Path, name: str) -> str:
    """The full name for `latest`, or for the unmistakable beginning of a name. Raises UnknownSnapshot."""
    kept = names(root)
    if name == "latest" and kept:
        return kept[-1]
    matching = [full for full in kept if full == name or (len(name) >= 6 and full.startswith(name))]
    if len(matching) == 1:
        return matching[0]
    raise UnknownSnapshot(
        "snapshot.unknown",
        Text(
            "还没有快照。请先运行“kangshu snapshot take”。"
            if not kept
            else f"没有名为“{name}”的快照，可能已被清理。",
            "There is no snapshot yet: run `kangshu snapshot take` first."
            if not kept
            else f"There is no snapshot {name!r}; it may have been deleted.",
        ),
        where=name,
    )


def read(root: Path, name: str) -> Manifest:
    """A kept manifest by name, `latest` or the beginning of a name. Raises UnknownSnapshot,
    DamagedSnapshot."""
    full = resolve(root, name)
    manifest = _read(root, full)
    if manifest.name != full:
        raise _damaged(full, f"{full}.json")
    return manifest


def _read(root: Path, full: str) -> Manifest:
    return Manifest.decoded((_folder(root) / f"{full}.json").read_bytes())


def verify(root: Path, manifest: Manifest) -> None:
    """Read every file and compare its hash. Raises DamagedSnapshot with the first file that differs."""
    for part in manifest.parts():
        path = root / part.file
        if not path.exists() or path.stat().st_size != part.bytes or hash_of_file(path) != part.sha256:
            raise _damaged(manifest.name, part.file)


def _damaged(name: str, file: str) -> DamagedSnapshot:
    return DamagedSnapshot(
        "snapshot.damaged",
        Text(
            f"快照 {name} 的文件 {file} 缺失或已被改动，不能再用于计算。请重新生成快照。",
            f"The file {file} of snapshot {name} is missing or was changed: take a new snapshot.",
        ),
        where=file,
    )
