"""The manual says what is declared, and the pages in docs are current."""

from __future__ import annotations

from pathlib import Path

from kangshu.work.manual.markdown import table
from kangshu.work.manual.writing import outdated, pages, write

DOCS = Path(__file__).parents[2] / "docs" / "manual"


def test_the_pages_in_docs_are_current() -> None:
    assert outdated(DOCS) == [], "run `kangshu manual`"


def test_a_page_holds_every_part() -> None:
    page = pages()["zh/chronic.hypertension.md"]
    for part in (
        "## 状态",
        "stateDiagram-v2",
        "## 时间安排",
        "## 判定规则",
        "## 示例",
        "## 表单",
        "## 参数",
        "## 指标",
    ):
        assert part in page
    assert "收缩压≥180" in page
    assert "必填，若药物不良反应为“有”" in page
    assert "拒收：40–300之外" in page
    english = pages()["en/chronic.hypertension.md"]
    assert "required if Adverse drug reaction is" in english


def test_pages_are_written_and_removed(tmp_path: Path) -> None:
    assert set(write(tmp_path)) == set(pages())
    assert outdated(tmp_path) == []
    stale = tmp_path / "zh" / "gone.md"
    stale.write_text("old")
    (tmp_path / "en" / "README.md").write_text("edited by hand")
    assert outdated(tmp_path) == ["en/README.md", "zh/gone.md"]
    write(tmp_path)
    assert not stale.exists()
    assert outdated(tmp_path) == []


def test_a_table_drops_columns_without_content() -> None:
    assert table(["a", "b"], [["1", ""], ["2|3", ""]]) == "| a |\n| --- |\n| 1 |\n| 2\\|3 |"
    assert table(["a"], []) == ""
