"""A word or sentence in the two languages of the platform, Simplified Chinese first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Text:
    """One wording in Chinese and English. Both must be said: a missing one shows as a hole on a screen."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not isinstance(self.zh, str) or not isinstance(self.en, str):
            raise TypeError(f"Text takes two strings, not {self.zh!r} and {self.en!r}")
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"Text needs both languages, got zh={self.zh!r}, en={self.en!r}")

    def __str__(self) -> str:
        return self.zh

    def in_language(self, language: str) -> str:
        """The wording for a language tag (`zh-hans`, `en`, `en-gb`): Chinese unless English is asked."""
        return self.en if language.lower().startswith("en") else self.zh

    def format(self, **values: object) -> Text:
        """Fill `{name}` places in both wordings. A value that is itself a Text is given in its language."""

        def in_zh(value: object) -> object:
            return value.zh if isinstance(value, Text) else value

        def in_en(value: object) -> object:
            return value.en if isinstance(value, Text) else value

        return Text(
            self.zh.format(**{name: in_zh(value) for name, value in values.items()}),
            self.en.format(**{name: in_en(value) for name, value in values.items()}),
        )

    def to_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_json(cls, value: Any) -> Text:
        return cls(zh=value["zh"], en=value["en"])
