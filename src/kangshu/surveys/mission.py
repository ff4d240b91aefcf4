"""The row of the mission that surveys answer."""

from kangshu.declare.mission import Row
from kangshu.kernel.text import Text

rows = (
    Row(
        "D5-05",
        Text("基线调查与流行病学调查", "Baseline and epidemiological surveys"),
        (
            "surveys:list",
            "surveys:new",
            "surveys:survey",
            "surveys:household",
            "surveys:interview",
            "surveys:results",
        ),
        (
            "tests/surveys/test_surveys.py",
            "tests/surveys/test_sampling.py",
            "tests/surveys/test_estimating.py",
        ),
    ),
)
