"""The page: a file in, the document with its findings out; and the Word file with comments."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support.accounts import accounts, sign_in
from tests.support.county import small_county

from kangshu.summaries.audit.auditing import audit_text
from kangshu.summaries.audit.commenting import with_comments
from kangshu.summaries.audit.margin import lines_of
from kangshu.summaries.audit.readers.document import read_bytes

SENTENCE = "全县共监测公共场所562户次，合格543户次，合格率96.92%。"
WRONG = "543 ÷ 562 = 96.6192%"


def word_file(*paragraphs: str) -> bytes:
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


def upload(content: bytes, name: str = "summary.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def office(db, client):
    return sign_in(client, accounts(small_county()).bureau_officer)


def test_the_document_is_shown_with_its_findings(office):
    response = office.post(reverse("summaries:audit"), {"file": upload(word_file("一、监督", SENTENCE))})
    page = response.content.decode()
    assert response.status_code == 200
    assert WRONG in page
    assert '<mark class="at-proven">' in page


def test_the_word_file_comes_back_with_comments(office):
    response = office.post(
        reverse("summaries:audit"), {"file": upload(word_file("一、监督", SENTENCE)), "word": "1"}
    )
    comments = list(docx.Document(io.BytesIO(response.content)).comments)
    assert len(comments) == 1
    assert WRONG in comments[0].text


def test_a_file_that_cannot_be_read_is_refused_in_words(office):
    response = office.post(reverse("summaries:audit"), {"file": upload(b"\x89PNG\r\n\x1a\n", "scan.png")})
    assert response.status_code == 400
    assert "扫描件" in response.content.decode()


def test_without_a_file_the_page_asks_for_one(office):
    assert office.post(reverse("summaries:audit"), {}).status_code == 400


def test_comments_stand_at_the_words_and_leave_the_text_as_it_was():
    content = word_file("一、监督", f"今年以来，{SENTENCE}各项工作有序推进。")
    before = read_bytes(content, "a.docx").text
    after = with_comments(audit_text(before, "a.docx"), content)
    assert read_bytes(after, "a.docx").text == before
    document = docx.Document(io.BytesIO(after))
    runs = [run.text for run in document.paragraphs[1].runs if run.text]
    assert "合格率96.92%" in runs


def test_a_text_file_becomes_a_word_file_with_comments():
    made = docx.Document(io.BytesIO(with_comments(audit_text(SENTENCE, "a.txt"), None)))
    assert made.paragraphs[0].text == SENTENCE
    assert len(list(made.comments)) == 1


def test_the_margin_keeps_every_word_and_marks_the_accused_ones():
    text = f"一、监督\n\n{SENTENCE}\n"
    lines = lines_of(audit_text(text))
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == ["一、监督", SENTENCE]
    assert "合格率96.92%" in [piece.text for piece in lines[1].pieces if piece.level]
    assert [note.number for note in lines[1].notes] == [1]
