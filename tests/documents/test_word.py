"""Papers: fonts of the official layout, links, and the same bytes for the same content."""

from __future__ import annotations

import io
import time

from docx import Document
from docx.oxml.ns import qn

from kangshu.documents.word import Heading, Linked, Paper, Paragraph, Table, write_paper

PAPER = Paper(
    "某县2026年卫生健康工作总结",
    [
        Heading("一、基本公共卫生服务"),
        Heading("（一）高血压患者健康管理", level=2),
        Paragraph(["规范管理率为", Linked("64.12%", "https://county.example/indicators/x/"), "。"]),
        Table(
            ("序号", "指标"),
            [("1", Linked("规范管理率", "https://county.example/"))],
            (20, 60),
            landscape=True,
        ),
    ],
    place="某县卫生健康局",
    day="2026年12月31日",
)


def test_the_same_content_gives_the_same_bytes() -> None:
    first = write_paper(PAPER)
    time.sleep(2.1)  # a zip's clock ticks every two seconds
    assert write_paper(PAPER) == first


def test_a_paper_reads_as_official_papers_do() -> None:
    document = Document(io.BytesIO(write_paper(PAPER)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == PAPER.title
    assert "规范管理率为64.12%。" in texts
    assert texts.index("某县卫生健康局") > texts.index("规范管理率为64.12%。")
    heading = document.paragraphs[1].runs[0]
    assert heading._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    first, last = document.sections[0], document.sections[-1]
    assert (round(first.page_width.mm), round(first.top_margin.mm)) == (210, 37)
    assert last.page_width > last.page_height
    assert "PAGE" in first.footer._element.xml


def test_figures_lead_to_their_pages() -> None:
    document = Document(io.BytesIO(write_paper(PAPER)))
    targets = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert "https://county.example/indicators/x/" in targets
