"""What can go wrong with a campaign, each with its name and its words."""

from __future__ import annotations

from kangshu.kernel.errors import Conflict, NotFound, Refusal
from kangshu.kernel.text import Text


class CampaignNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("campaign.not_found", Text("没有这个项目。", "There is no such campaign."))


class NothingToPublish(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "campaign.unchanged",
            Text("与已发布的版本相同，没有需要发布的修改。", "Nothing was changed since it was published."),
        )


class AlreadyStopped(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "campaign.stopped",
            Text(
                "项目已终止，不能再修改。请另建新项目。",
                "The campaign was stopped and cannot be changed. Compose a new one.",
            ),
        )


class NotStarted(Conflict):
    def __init__(self) -> None:
        super().__init__("campaign.not_started", Text("项目尚未开始。", "The campaign has not been started."))
