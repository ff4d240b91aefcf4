"""All pages of the manual, written and compared."""

from __future__ import annotations

from pathlib import Path

from kangshu.declare import registry
from kangshu.work.manual.capability import capability_page
from kangshu.work.manual.markdown import Tongue, page, table

LANGUAGES = ("zh", "en")
MARK = "<!-- kangshu manual: written from the declarations, do not edit -->"


def pages() -> dict[str, str]:
    """Every page by its path under docs/manual, such as "zh/chronic.hypertension.md". Only what code
    declares: a county's own capabilities are shown on the site."""
    found = [each for each in registry.capabilities() if registry.registry.found(each.id).folder]
    written = {}
    for code in LANGUAGES:
        tongue = Tongue(code)
        for capability in found:
            written[f"{code}/{capability.id}.md"] = f"{MARK}\n\n{capability_page(capability, tongue)}"
        rows = [
            [
                f"[{tongue.text(each.title)}]({each.id}.md)",
                tongue.text(each.subject),
                tongue.text(each.purpose),
            ]
            for each in found
        ]
        heads = [tongue.say("服务", "Service"), tongue.say("对象", "For"), tongue.say("目的", "Purpose")]
        index = page(f"# {tongue.say('服务手册', 'Manual of services')}", table(heads, rows))
        written[f"{code}/README.md"] = f"{MARK}\n\n{index}"
    return written


def outdated(folder: Path) -> list[str]:
    """Paths of pages that are missing, different, or no longer declared."""
    wanted = pages()
    there = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.md")}
    different = [
        name
        for name, text in wanted.items()
        if name not in there or (folder / name).read_text(encoding="utf-8") != text
    ]
    return sorted([*different, *(there - set(wanted))])


def write(folder: Path) -> list[str]:
    """Bring the folder up to date; returns the paths that changed."""
    wanted = pages()
    changed = outdated(folder)
    for name in changed:
        path = folder / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8")
        else:
            path.unlink()
    return changed
