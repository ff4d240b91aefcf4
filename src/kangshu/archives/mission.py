"""The rows of the mission that the state of the records answers."""

from kangshu.declare.mission import Row
from kangshu.kernel.text import Text

rows = (
    Row(
        "D1-01",
        Text("居民电子健康档案", "Resident health records"),
        ("archives:standing", "archives:quality", "archives:faulty", "people:register", "people:resident"),
        ("tests/archives/test_standing.py", "tests/people/test_register.py"),
    ),
    Row(
        "D1-02",
        Text("纸质表录入", "Backlog of paper forms"),
        ("archives:paper", "archives:batch"),
        ("tests/archives/test_paper.py",),
    ),
)
