"""All pages of the manual, written and compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kangshu.declare import Capability, registry
from kangshu.declare.report import Report
from kangshu.work.manual.capability import capability_page
from kangshu.work.manual.markdown import Tongue, page, table
from kangshu.work.manual.report import report_page

LANGUAGES = ("zh", "en")
MARK = "<!-- kangshu manual: written from the declarations, do not edit -->"


def pages() -> dict[str, str]:
    """Every page by its path under docs/manual, such as "zh/chronic.hypertension.md". Only what code
    declares: a county's own capabilities are shown on the site."""
    found = [each for each in registry.capabilities() if registry.registry.found(each.id).folder]
    reports: list[Report] = [value for _, value in sorted(registry.declared("report").items())]
    written: dict[str, str] = {}
    for code in LANGUAGES:
        tongue = Tongue(code)
        texts = {each.id: capability_page(each, tongue) for each in found}
        texts |= {each.id: report_page(each, tongue) for each in reports}
        texts["README"] = _index(found, reports, tongue)
        written |= {f"{code}/{name}.md": f"{MARK}\n\n{text}" for name, text in texts.items()}
    return written


def _index(capabilities: Sequence[Capability], reports: Sequence[Report], tongue: Tongue) -> str:
    heads = [tongue.say("服务", "Service"), tongue.say("对象", "For"), tongue.say("目的", "Purpose")]
    rows = [
        [_link(each, tongue), tongue.text(each.subject), tongue.text(each.purpose)] for each in capabilities
    ]
    return page(
        f"# {tongue.say('服务手册', 'Manual of services')}",
        table(heads, rows),
        tongue.say("## 统计报表", "## Statistical reports") if reports else "",
        "\n".join(f"- {_link(each, tongue)}" for each in reports),
    )


def _link(declared: Capability | Report, tongue: Tongue) -> str:
    return f"[{tongue.text(declared.title)}]({declared.id}.md)"


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
