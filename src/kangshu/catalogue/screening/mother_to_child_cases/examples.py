"""Every outcome."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.mother_to_child_cases.forms import ENDED, POSITIVE, TREATMENT

found, ended = Cases(POSITIVE.id, "norms H1"), Cases(ENDED.id, "norms H1")

EXAMPLES = (
    found("confirmed", "确证阳性", "confirmed", "confirmed", diseases=("1",), confirmation="1"),
    found("excluded", "排除", "excluded", "excluded", diseases=("2",), confirmation="2"),
    found("waiting", "待确证", "waiting", "waiting", diseases=("2",), confirmation="3"),
    found("unsaid", "未填确证", "no answer", "missing", diseases=("2",)),
    ended("born", "活产", "live birth", "born", end="1"),
    ended("stillborn", "死产", "stillbirth", "lost_child", end="2"),
    ended("ended", "终止妊娠", "ended", "lost_child", end="3"),
    ended("pregnant", "仍在孕期", "still pregnant", "pregnant", end="4"),
    *treatment_examples(TREATMENT.id, "norms H1"),
)
