"""Word documents in the layout of official papers (GB/T 9704: A4, 仿宋, headings 一、（一）).

No domain words here. The same content gives the same bytes: dates in the package are fixed, its parts are
sorted and stamped alike.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE_FONT, HEADING_FONT, SUBHEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN_FONT = "Times New Roman"
_STAMP = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Linked:
    """Words that lead somewhere."""

    text: str
    url: str


Run = str | Linked


@dataclass(frozen=True)
class Heading:
    """`level` 1 is 一、 in 黑体, 2 is （一） in 楷体. The number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    runs: Sequence[Run]


@dataclass(frozen=True)
class Table:
    """`widths` in millimetres, `title` stands above. `landscape` starts a page of its own, turned."""

    head: Sequence[str]
    rows: Sequence[Sequence[Run]]
    widths: Sequence[int]
    landscape: bool = False
    title: str = ""


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Paper:
    """A document. `place` and `day` stand under the text, on the right, as a signature does."""

    title: str
    blocks: Sequence[Block]
    place: str = ""
    day: str = ""


def write_paper(paper: Paper) -> bytes:
    """The .docx as bytes."""
    document = Document()
    _set_up_page(document)
    _title(document, paper.title)
    signed = not (paper.place or paper.day)
    for block in paper.blocks:
        if isinstance(block, Table) and not signed:
            _signature(document, paper)
            signed = True
        _add(document, block)
    if not signed:
        _signature(document, paper)
    properties = document.core_properties
    properties.title, properties.author = paper.title, ""
    properties.created = properties.modified = datetime(*_STAMP, tzinfo=UTC)
    properties.revision = 1
    kept = io.BytesIO()
    document.save(kept)
    return _same_bytes(kept.getvalue())


def _same_bytes(package: bytes) -> bytes:
    """The package with its parts sorted and stamped alike."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as made:
        for name in sorted(source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            made.writestr(entry, source.read(name))
    return target.getvalue()


def _set_up_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    _font(style, BODY_FONT, 16)
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    spacing.space_before = spacing.space_after = Pt(0)
    _page_number(section.footer.paragraphs[0])


def _font(owner: Any, name: str, points: int) -> None:
    """Chinese letters take `name`, Latin letters and digits the Latin font."""
    owner.font.name, owner.font.size = LATIN_FONT, Pt(points)
    owner.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(text)
        _font(run, "宋体", 14)
        if field:
            simple = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), field)
            shown = OxmlElement("w:r")
            words = OxmlElement("w:t")
            words.text = "1"
            shown.append(deepcopy(run._r.rPr))  # else the number is larger than its dashes
            shown.append(words)
            simple.append(shown)
            run._r.addnext(simple)


def _title(document: Any, title: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(36)
    paragraph.paragraph_format.space_after = Pt(28)
    _font(paragraph.add_run(title), TITLE_FONT, 22)


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        paragraph = document.add_paragraph()
        _indent(paragraph)
        paragraph.paragraph_format.keep_with_next = True
        _font(paragraph.add_run(block.text), HEADING_FONT if block.level == 1 else SUBHEADING_FONT, 16)
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _indent(paragraph)
        for run in block.runs:
            _run(paragraph, run, BODY_FONT, 16)
    else:
        _table(document, block)


def _indent(paragraph: Any) -> None:
    """Two characters of sixteen points."""
    paragraph.paragraph_format.first_line_indent = Pt(32)


def _run(paragraph: Any, run: Run, font: str, points: int) -> None:
    if isinstance(run, str):
        _font(paragraph.add_run(run), font, points)
        return
    link = OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(run.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), relation)
    made = paragraph.add_run(run.text)
    _font(made, font, points)
    link.append(made._r)
    paragraph._p.append(link)


def _signature(document: Any, paper: Paper) -> None:
    for text in ("", paper.place, paper.day):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64)


def _table(document: Any, table: Table) -> None:
    if table.landscape:
        section = document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(25)
    if table.title:
        _add(document, Heading(table.title))
    made = document.add_table(rows=1, cols=len(table.head))
    made.style = "Table Grid"
    made.autofit = False
    for cell, words in zip(made.rows[0].cells, table.head, strict=True):
        _cell(cell, [words], HEADING_FONT)
    _repeat_on_every_page(made.rows[0])
    for row in table.rows:
        for cell, run in zip(made.add_row().cells, row, strict=True):
            _cell(cell, [run], BODY_FONT)
    for row in made.rows:
        for cell, width in zip(row.cells, table.widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Mm(width)
    document.add_paragraph()  # a section that ends in a table takes the page of the one before


def _repeat_on_every_page(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _cell(cell: Any, runs: Sequence[Run], font: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for run in runs:
        _run(paragraph, run, font, 10)
