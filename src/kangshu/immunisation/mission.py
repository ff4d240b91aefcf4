"""The row of the mission that the oversight of vaccine answers."""

from kangshu.declare.mission import Row
from kangshu.kernel.text import Text

rows = (
    Row(
        "D4-06",
        Text("疫苗与冷链监管", "Oversight of vaccine and cold chain"),
        ("immunisation:oversight", "immunisation:receive", "stock:consumption", "fieldwork:logbook"),
        ("tests/immunisation/test_supplies.py", "tests/stock/test_actions.py"),
    ),
)
