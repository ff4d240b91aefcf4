"""Every outcome."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.women_disease.forms import EXAMINATION, TREATMENT

examined = Cases(EXAMINATION.id, "norms H1")

EXAMPLES = (
    examined("none", "未检出", "nothing", "none", values={"diseases": 0}, diseases=("14",)),
    examined("one", "宫颈炎", "inflammation of the cervix", "treat", values={"diseases": 1}, diseases=("4",)),
    examined("two", "两种疾病", "two diseases", "treat", values={"diseases": 2}, diseases=("3", "6")),
    examined("cervix", "宫颈可疑癌", "cervical cancer suspected", "suspected", diseases=("4", "9")),
    examined("breast", "乳腺可疑癌", "breast cancer suspected", "suspected", diseases=("11",)),
    examined("unsaid", "未填检出疾病", "no answer", "missing"),
    *treatment_examples(TREATMENT.id, "norms H1"),
)
