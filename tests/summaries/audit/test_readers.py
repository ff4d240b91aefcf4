"""Every kind of file that is read, and every kind that is refused with a clear answer."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import pypdf
import pytest

from kangshu.cli.run import run
from kangshu.summaries.audit.readers import document as readers
from kangshu.summaries.audit.readers.document import read_bytes
from kangshu.summaries.audit.readers.refusals import UnreadableDocument

SENTENCE = "全县共监测公共场所562户次，合格543户次，合格率96.92%。"


def pdf(words: str = "", pages: int = 1) -> bytes:
    """A small PDF with Latin text, or with none, as a scan has none."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(width=595, height=842)
        if words:
            content = pypdf.generic.DecodedStreamObject()
            content.set_data(f"BT /F1 12 Tf 50 800 Td ({words}) Tj ET".encode())
            font = pypdf.generic.DictionaryObject(
                {
                    pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
                    pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
                    pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
                }
            )
            fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
            page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
                {pypdf.generic.NameObject("/Font"): fonts}
            )
            page[pypdf.generic.NameObject("/Contents")] = writer._add_object(content)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def word(*paragraphs: str) -> bytes:
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    table = file.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "合计", "562户次"
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        read_bytes(content, "x")
    assert refused.value.message.zh
    assert refused.value.message.en
    return refused.value.code


def test_plain_text_is_read_in_utf8_and_gb18030():
    assert read_bytes(SENTENCE.encode(), "a.txt").text == SENTENCE
    assert read_bytes(SENTENCE.encode("gb18030"), "a.txt").text == SENTENCE
    assert read_bytes(SENTENCE.encode("utf-8-sig"), "a.txt").text == SENTENCE
    assert read_bytes(SENTENCE.encode("utf-16"), "a.txt").text == SENTENCE


def test_word_is_read_with_its_tables():
    assert read_bytes(word("一、工作", SENTENCE), "a.docx").text == f"一、工作\n{SENTENCE}\n合计\t562户次"


def test_a_word_file_by_another_name_is_read_as_what_it_is():
    assert SENTENCE in read_bytes(word(SENTENCE), "a.doc").text


def test_a_web_page_is_read_without_what_is_not_shown():
    head = "<html><head><title>t</title><script>1%</script></head>"
    page = f"{head}<body><p>{SENTENCE}</p><p>乙</p></body></html>"
    assert read_bytes(page.encode(), "a.html").text == f"{SENTENCE}\n乙"
    assert read_bytes(page.encode("gb18030"), "a.html").text == f"{SENTENCE}\n乙"


def test_a_pdf_is_read():
    assert read_bytes(pdf("checked 562, passed 543"), "a.pdf").text.strip() == "checked 562, passed 543"


def test_an_encrypted_pdf_is_refused():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("secret words here")))
    writer.encrypt("x", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    assert refusal(held.getvalue()) == "document.encrypted"


def test_a_scan_without_text_is_refused():
    assert refusal(pdf()) == "document.without_text"
    assert refusal(b"\x89PNG\r\n\x1a\n123") == "document.without_text"


def test_an_empty_file_is_refused():
    assert refusal(b"") == "document.empty"
    assert refusal(b" \r\n ") == "document.empty"


def test_a_file_of_500_pages_is_read_and_one_beyond_the_limit_refused(monkeypatch):
    assert read_bytes(pdf("page of a long report", pages=500), "a.pdf").text.count("long report") == 500
    monkeypatch.setattr("kangshu.summaries.audit.readers.pdf.MAX_PAGES", 20)
    assert refusal(pdf("page of a long report", pages=21)) == "document.too_large"


def test_a_text_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(readers, "MAX_CHARACTERS", 100)
    assert refusal(("字" * 101).encode()) == "document.too_large"


def test_a_zip_bomb_is_refused_unopened():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    assert len(held.getvalue()) < 100_000
    assert refusal(held.getvalue()) == "document.expands_too_much"


def test_damaged_and_foreign_files_are_refused():
    assert refusal(b"PK\x03\x04 nothing") == "document.damaged"
    assert refusal(b"%PDF-1.7 nothing") == "document.damaged"
    assert refusal(bytes(range(32)) * 40) == "document.wrong_type"
    assert refusal(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600) == "document.old_word"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refusal(held.getvalue()) == "document.wrong_type"


def test_the_command_answers_in_the_agreed_form(tmp_path, capsys):
    file = tmp_path / "summary.txt"
    file.write_text(SENTENCE, encoding="utf-8")
    assert run(["summary", "audit", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["text"] == SENTENCE
    (finding,) = said["findings"]
    assert (finding["kind"], finding["level"], finding["stated"], finding["computed"]) == (
        "rate",
        "proven",
        96.92,
        96.62,
    )
    assert [figure["value"] for figure in said["figures"]] == [562, 543, 96.92]
    assert set(said) >= {"document", "text", "findings", "held", "figures"}


def test_the_command_refuses_bad_input_with_the_agreed_error(tmp_path, capsys):
    assert run(["summary", "audit", str(tmp_path / "none.txt"), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "document.not_found"
    assert error["message"]
    assert error["where"].endswith("none.txt")
