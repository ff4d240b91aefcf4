"""Every outcome."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases
from kangshu.catalogue.screening.exposed_children.forms import BIRTH, ENDING, VISIT

born, seen, ending = (Cases(form.id, "norms H1") for form in (BIRTH, VISIT, ENDING))

EXAMPLES = (
    born("given", "已用药", "given", "given", mother=("1",), prophylaxis="2", hours=4),
    born("not_given", "未用药", "not given", "not_given", mother=("2",), prophylaxis="1"),
    born("unsaid", "未填用药", "no answer", "missing", mother=("2",)),
    seen("well", "检测阴性", "negative", "well", tested="2", signs="1"),
    seen("positive", "检测阳性", "positive", "suspected", tested="3", signs="1"),
    seen("signs", "有症状体征", "signs", "suspected", tested="1", signs="2"),
    ending("excluded", "排除", "not infected", "excluded", result="1"),
    ending("infected", "感染", "infected", "infected", result="2"),
    ending("waiting", "未定", "not clear", "waiting", result="3"),
)
