"""Every branch and edge (norms K2)."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.breast.forms import MAMMOGRAPHY, PATHOLOGY, SCREENING, TREATMENT

NORM = "norms K2"
screened, pictured, read = Cases(SCREENING.id, NORM), Cases(MAMMOGRAPHY.id, NORM), Cases(PATHOLOGY.id, NORM)

EXAMPLES = (
    *(
        screened(
            f"bi_rads_{code}", f"超声{code}类", f"ultrasound {code}", outcome, clinical="1", bi_rads=code
        )
        for code, outcome in (
            ("0", "mammography"),
            ("1", "negative"),
            ("2", "negative"),
            ("3", "mammography"),
            ("4", "biopsy"),
            ("5", "biopsy"),
        )
    ),
    screened(
        "lump", "肿块可疑、超声2类：X线", "lump, ultrasound 2", "mammography", clinical="3", bi_rads="2"
    ),
    screened("lump_4", "肿块可疑、超声4类：活检", "lump, ultrasound 4", "biopsy", clinical="3", bi_rads="4"),
    screened("no_ultrasound", "没有超声结果", "no ultrasound", "missing", clinical="1"),
    pictured("clear", "X线2类", "mammography 2", "negative", done="1", bi_rads="2"),
    pictured("suspicious", "X线4类：活检", "mammography 4", "biopsy", done="1", bi_rads="4"),
    pictured("unsure", "X线0类未评估：待副高评估", "0 without an opinion", "opinion", done="1", bi_rads="0"),
    pictured(
        "unsure_biopsy", "X线3类评估活检", "3, opinion biopsy", "biopsy", done="1", bi_rads="3", opinion="1"
    ),
    pictured(
        "unsure_follow", "X线3类评估随访", "3, opinion again", "follow", done="1", bi_rads="3", opinion="2"
    ),
    pictured(
        "unsure_clear",
        "X线0类评估常规",
        "0, opinion next round",
        "negative",
        done="1",
        bi_rads="0",
        opinion="3",
    ),
    pictured("refused", "拒绝X线", "refused", "not_done", done="3"),
    read("benign", "良性", "benign", "benign", result="1"),
    read("lcis", "小叶原位癌", "LCIS", "precancer", values={"staged": False}, result="2"),
    read(
        "dcis",
        "导管原位癌0期",
        "DCIS, stage 0",
        "cancer",
        values={"staged": True, "early": True},
        result="3",
        stage="1",
    ),
    read("stage_1", "Ⅰ期：早期", "stage I: early", "cancer", values={"early": True}, result="4", stage="2"),
    read(
        "stage_2a",
        "ⅡA期：非早期",
        "stage IIA: not early",
        "cancer",
        values={"early": False},
        result="4",
        stage="3",
    ),
    read(
        "not_staged",
        "未分期",
        "not staged",
        "cancer",
        values={"staged": False, "early": False},
        result="4",
        stage="7",
    ),
    read("waiting", "结果未出", "no result yet", "waiting", result="5"),
    *treatment_examples(TREATMENT.id, NORM),
)
