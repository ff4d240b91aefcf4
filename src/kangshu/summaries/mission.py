"""The row of the mission that work summaries answer."""

from kangshu.declare.mission import Row
from kangshu.kernel.text import Text

rows = (
    Row(
        "D23-02",
        Text("工作总结与打算的编写", "Writing of work summaries and plans"),
        ("summaries:list", "summaries:read", "summaries:edit", "summaries:targets", "summaries:paper"),
        (
            "tests/summaries/test_summaries.py",
            "tests/summaries/test_review.py",
            "tests/summaries/test_planning.py",
            "tests/journeys/test_summary.py",
        ),
    ),
)
