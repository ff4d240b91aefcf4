"""The texts of messages, in both languages. None names a disease or a programme: others read a phone too."""

from __future__ import annotations

from dataclasses import dataclass

from kangshu.kernel.text import Text

LONGEST = 300
OPT_OUT = ("TD", "T", "退订")
"""Replies that take the consent back, written in any case."""


@dataclass(frozen=True)
class Template:
    """A declared text. `{…}` are filled with values by name; every value must be given."""

    id: str
    title: Text
    text: Text

    def filled(self, language: str, **values: str) -> str:
        """The text in a language. Raises KeyError for a value that was not given."""
        return self.text.in_language(language).format(**values)[:LONGEST]


TEMPLATES = {
    template.id: template
    for template in (
        Template(
            "visit_due",
            Text("随访提醒", "Visit due"),
            Text(
                "【{sender}】{name}您好，"
                "您有一项健康服务请于{day}前到{place}办理或等待上门。"
                "咨询{phone}，拒收请回复TD",
                "[{sender}] {name}, a health service is due by {day} at {place}. "
                "Ask {phone}. Reply TD to stop",
            ),
        ),
        Template(
            "vaccination_due",
            Text("接种提醒", "Vaccination due"),
            Text(
                "【{sender}】{name}家长您好，"
                "孩子可接种{doses}，请携接种证到{place}。"
                "咨询{phone}，拒收请回复TD",
                "[{sender}] To the guardian of {name}: {doses} may be given at {place}; "
                "bring the certificate. "
                "Ask {phone}. Reply TD to stop",
            ),
        ),
    )
}
