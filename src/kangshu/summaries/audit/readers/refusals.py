"""Why a file cannot be audited, said so that the person knows what to send instead."""

from __future__ import annotations

from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text


class UnreadableDocument(Refusal):
    """The file cannot be read as a document. `code` starts with `document.`, `where` is the file's name."""


def _refusal(code: str, zh: str, en: str, where: str) -> UnreadableDocument:
    return UnreadableDocument(f"document.{code}", Text(zh, en), where)


def not_found(where: str) -> UnreadableDocument:
    return _refusal(
        "not_found", f"找不到文件{where}，请核对路径。", f"There is no file {where}; check the path.", where
    )


def empty(where: str) -> UnreadableDocument:
    return _refusal("empty", "文件是空的，请另选文件。", "The file is empty; choose another one.", where)


def too_large(where: str, limit: str) -> UnreadableDocument:
    return _refusal(
        "too_large",
        f"文件过大（上限{limit}），请拆分后再审核。",
        f"The file is too large (at most {limit}); split it first.",
        where,
    )


def encrypted(where: str) -> UnreadableDocument:
    return _refusal(
        "encrypted",
        "文件已加密，请取消密码后再审核。",
        "The file is encrypted; remove the password first.",
        where,
    )


def without_text(where: str) -> UnreadableDocument:
    return _refusal(
        "without_text",
        "文件中没有可读的文字，可能是扫描件；请先做文字识别，或改用电子原件。",
        "The file has no text; it may be a scan. Recognise its text first, or use the original.",
        where,
    )


def damaged(where: str) -> UnreadableDocument:
    return _refusal(
        "damaged",
        "文件已损坏，无法打开，请重新导出。",
        "The file is damaged and cannot be opened; export it again.",
        where,
    )


def old_word(where: str) -> UnreadableDocument:
    return _refusal(
        "old_word",
        "这是旧版Word或WPS文件（.doc、.wps），请另存为.docx后再审核。",
        "This is an old Word or WPS file (.doc, .wps); save it as .docx first.",
        where,
    )


def bomb(where: str) -> UnreadableDocument:
    return _refusal(
        "expands_too_much",
        "文件解压后异常庞大，已拒绝打开。",
        "The file would expand to an abnormal size; it was not opened.",
        where,
    )


def wrong_type(where: str) -> UnreadableDocument:
    return _refusal(
        "wrong_type",
        "不是可审核的文件；支持.txt、.docx、.pdf和.html。",
        "Not a document that can be audited; .txt, .docx, .pdf and .html can.",
        where,
    )
