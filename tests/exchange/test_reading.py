"""Files as they come from townships: dates as text, rounded ID numbers, GB18030, merged cells."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from kangshu.exchange.excel.columns import BadCell, CellKind, Column, read_cell
from kangshu.exchange.excel.reading import NotReadable, count_rows, read_rows
from kangshu.exchange.excel.template import write_list, write_template
from kangshu.kernel.text import Text

SEX = (("1", Text("男", "male")), ("2", Text("女", "female")))
SYMPTOMS = (("1", Text("无", "none")), ("2", Text("头痛", "headache")), ("3", Text("眩晕", "dizziness")))
NAME = Column("name", Text("姓名", "Name"), required=True)
NUMBER = Column("id_number", Text("身份证号", "ID number"), is_number_code=True)
COLUMNS = (
    NAME,
    NUMBER,
    Column("sex", Text("性别", "Sex"), CellKind.CHOICE, choices=SEX),
    Column("sbp", Text("收缩压", "Systolic"), CellKind.INTEGER, unit="mmHg"),
    Column("seen_on", Text("随访日期", "Seen on"), CellKind.DATE),
)


def workbook(path: Path, *lines: tuple, **options: object) -> Path:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    for merged in options.get("merge", ()):  # type: ignore[union-attr]
        book.active.merge_cells(merged)
    book.save(path)
    return path


def refusal_of(path: Path) -> str:
    with pytest.raises(NotReadable) as caught:
        list(read_rows(path, COLUMNS)[1])
    return caught.value.code


def test_a_filled_template_is_read_back(tmp_path):
    target = tmp_path / "template.xlsx"
    with target.open("wb") as file:
        write_template(file, Text("居民", "Residents"), COLUMNS, "zh-hans")
    from openpyxl import load_workbook

    book = load_workbook(target)
    book.worksheets[0].append(("张三", "110101199001011234", "1 男", 142, date(2026, 9, 3)))
    book.save(target)
    header, rows = read_rows(target, COLUMNS)
    (row,) = rows
    assert row.number == 3
    assert [read_cell(column, row.values[column.name]) for column in COLUMNS] == [
        "张三", "110101199001011234", "1", 142, "2026-09-03",
    ]  # fmt: skip
    assert header.letter("sbp") == "D"


def test_headings_may_be_chinese_english_or_names_in_any_order(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("收缩压(mmHg) *", "NAME", "备注"), (120, "李四", "x"))
    header, rows = read_rows(path, COLUMNS)
    assert next(rows).values == {"sbp": 120, "name": "李四"}
    assert header.unknown == ("备注",)


def test_empty_rows_are_passed_over_and_keep_the_count(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("姓名",), ("甲",), (None,), ("  ",), ("乙",))
    assert [row.number for row in read_rows(path, COLUMNS)[1]] == [2, 5]


def test_csv_in_gb18030_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,性别,收缩压\n张三,男,150\n".encode("gb18030"))
    assert next(read_rows(path, COLUMNS)[1]).values == {"name": "张三", "sex": "男", "sbp": "150"}
    assert count_rows(path) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.old_excel"),
        (b"%PDF-1.7\n", "file.no_spreadsheet"),
        (b"PK\x03\x04broken", "file.broken"),
        (b"", "file.empty"),
        ("姓名,性别\n张三,男\n".encode("utf-16"), "file.no_spreadsheet"),
        (b"\x81\xff,\xff\xff\n" * 50, "file.encoding"),
        ("性别,收缩压\n男,120\n".encode(), "file.missing_columns"),
        (b"a,b,c\n1,2,3\n", "file.no_header"),
    ],
)
def test_what_is_no_spreadsheet_of_ours_is_refused_by_name(tmp_path, content, code):
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert refusal_of(path) == code


def test_merged_cells_are_refused_with_their_place(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("姓名", "收缩压"), ("甲", 120), (None, 130), merge=["A2:A3"])
    with pytest.raises(NotReadable, match="A2:A3"):
        list(read_rows(path, COLUMNS)[1])


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        (COLUMNS[4], "2026年9月3日", "2026-09-03"),
        (COLUMNS[4], "2026/9/3", "2026-09-03"),
        (COLUMNS[4], "20260903", "2026-09-03"),
        (COLUMNS[4], 46268, "2026-09-03"),
        (COLUMNS[4], datetime(2026, 9, 3, 8, 30), "2026-09-03"),  # noqa: DTZ001 - as Excel gives it
        (COLUMNS[3], "１４２ mmHg", 142),
        (COLUMNS[3], "142.0", 142),
        (COLUMNS[2], "2.女", "2"),
        (COLUMNS[2], 1.0, "1"),
        (NUMBER, 13800001111, "13800001111"),
        (NUMBER, 13800001111.0, "13800001111"),
        (NUMBER, "'110101 19900101 1234", "110101199001011234"),
        (NAME, "  ", None),
        (Column("s", Text("症状", "Symptoms"), CellKind.CHOICES, choices=SYMPTOMS), "3；头痛", ["2", "3"]),
        (
            Column("s", Text("症状", "Symptoms"), CellKind.CHOICES, choices=SYMPTOMS),
            "2 头痛; 3 眩晕",
            ["2", "3"],
        ),
        (Column("y", Text("吸烟", "Smokes"), CellKind.YES_NO), "否", False),
    ],
)
def test_a_cell_is_read_as_people_type_it(column, raw, value):
    assert read_cell(column, raw) == value


@pytest.mark.parametrize(
    ("column", "raw", "code"),
    [
        (NUMBER, 3.39901e17, "cell.digits_lost"),
        (NUMBER, "3.39901E+17", "cell.digits_lost"),
        (NUMBER, 339901199001011000, "cell.digits_lost"),
        (NAME, "=B2&C2", "cell.formula"),
        (COLUMNS[3], "高", "cell.not_a_number"),
        (COLUMNS[3], 120.5, "cell.not_whole"),
        (COLUMNS[4], "2026-02-30", "cell.not_a_date"),
        (COLUMNS[2], "3", "cell.not_in_list"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(column, raw, code):
    with pytest.raises(BadCell) as caught:
        read_cell(column, raw)
    assert caught.value.code == code
    assert caught.value.reason.zh
    assert caught.value.reason.en


def test_a_list_taken_away_says_by_whom_and_runs_no_formula():
    from openpyxl import load_workbook

    target = BytesIO()
    count = write_list(
        target,
        Text("居民", "Residents"),
        COLUMNS[:2],
        [("=cmd|' /C calc'!A0", "1"), ("甲", "2")],
        taken_by="周柳",
        taken_at=datetime(2026, 9, 3, 8, 30),  # noqa: DTZ001 - already local
        language="zh-hans",
    )
    book = load_workbook(target)
    assert count == 2
    assert book.worksheets[0]["A2"].value.startswith("'=")
    assert book.worksheets[1]["B2"].value == "周柳"
