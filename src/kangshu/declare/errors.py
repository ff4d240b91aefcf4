"""What the language raises when somebody states nonsense."""

from __future__ import annotations

from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text


class BadDeclaration(Refusal, ValueError):
    """A statement that cannot be meant. `where` names the part, such as `form chronic.x.y field sbp`."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(
            "declaration.bad", Text(f"声明有误（{where}）：{message}", f"{where}: {message}"), where=where
        )
        self.reason = message


def refuse_unless(condition: bool, where: str, message: str) -> None:
    """Raise `BadDeclaration` when the condition does not hold."""
    if not condition:
        raise BadDeclaration(where, message)
