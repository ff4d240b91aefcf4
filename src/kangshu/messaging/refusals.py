"""What messaging refuses."""

from __future__ import annotations

from kangshu.kernel.errors import Conflict
from kangshu.kernel.text import Text


class NoConsent(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "messaging.no_consent",
            Text(
                "居民没有同意接收短信提醒，不能发送。",
                "The resident has not agreed to reminders; none is sent.",
            ),
        )


class NoPhone(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "messaging.no_phone",
            Text("档案中没有手机号码，不能发送。", "There is no mobile number in the record; none is sent."),
        )
