"""Special states as people write them: what each phrase is read as, and what is rather left unread."""

from __future__ import annotations

import pytest

from kangshu.immunisation.forecast import forecast
from kangshu.immunisation.forecast.reading import read_children
from kangshu.immunisation.forecast.states import states_named

READ_AS = {
    "preterm": "preterm premature_birth Preterm-Infant <37wk 早产 早产儿",
    "low_birth_weight": "birth_weight_lt_2500 <2500g 低体重儿 出生体重2300克",
    "birth_weight_under_2000": "under_2000g ＜2000g 出生体重低于2000克 birth_weight_1800g 2000克以下",
    "mother_hbsag_positive": "mother_hbsag_positive HBsAg+ hbsag_mother 母亲乙肝表面抗原阳性 hbv_exposed",
    "mother_hbsag_unknown": "mother_hbsag_unknown 母亲HBsAg不详 母亲表面抗原未查",
    "hiv_exposed": "hiv_exposed HIV-exposed hiv_exposed_infant HIV感染母亲所生儿童 HIV暴露",
    "hiv_excluded": "hiv_uninfected hiv_exposed_uninfected HIV阴性",
    "hiv_infected": "hiv hiv_infected HIV感染 HIV阳性",
    "hiv_infected_asymptomatic": "hiv_asymptomatic hiv_not_severe HIV感染无症状 HIV感染无严重免疫抑制",
    "hiv_infected_symptomatic": "hiv_severe hiv_symptomatic AIDS 艾滋病 HIV有症状 HIV无症状但严重免疫抑制",
    "immune_deficiency": "immune_dysfunction immunocompromised 免疫缺陷 免疫功能低下",
    "immunosuppressive_therapy": "immunosuppressed immune_suppression 免疫抑制剂治疗 化疗",
    "immunoglobulin": "ivig received_immunoglobulin 丙种球蛋白 血液制品",
    "no_contraindication": "eczema controlled_epilepsy 湿疹 先心病 母乳喂养 母亲HBsAg阴性 无",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for code, names in READ_AS.items() for name in names.split()]
)
def test_a_state_is_known_by_what_it_is_usually_called(name, code):
    assert states_named(name) == (code,)


@pytest.mark.parametrize("name", ["mother_hbsag_positive_under_2000g", "母亲HBsAg阳性且出生体重<2000g"])
def test_two_facts_in_one_phrase(name):
    assert states_named(name) == ("mother_hbsag_positive", "birth_weight_under_2000")


@pytest.mark.parametrize(
    "name", ["", "no_immunodeficiency", "无免疫缺陷", "uncontrolled_epilepsy", "severe allergy", "blue eyes"]
)
def test_what_is_denied_or_unclear_is_left_unread(name):
    assert states_named(name) == ()


@pytest.mark.parametrize(
    "state",
    [
        "immunoglobulin:2026-09-01",
        "immunoglobulin 2026-09-01",
        "丙种球蛋白（2026-09-01）",
        {"code": "immunoglobulin", "date": "2026-09-01"},
        {"type": "ivig", "on": "2026-09-01"},
    ],
)
def test_the_day_of_an_immunoglobulin_is_read(state):
    child = {"id": 1, "birth_date": "2026-01-31", "sex": "M", "as_of": "2026-11-23", "states": [state]}
    doses = {(dose.vaccine, dose.dose): dose for dose in forecast(read_children([child])[0]).doses}
    assert str(doses["MMR", 1].earliest) == "2026-12-01"
    assert str(doses["BCG", 1].earliest) == "2026-01-31"


def test_hbig_at_birth_holds_nothing_back_and_says_of_the_mother_what_it_says():
    child = {"id": 1, "birth_date": "2026-01-31", "sex": "F", "as_of": "2026-11-23"}
    for states in (["HBIG"], ["乙肝免疫球蛋白"], ["mother_hbsag_positive_hbig"]):
        read = read_children([{**child, "states": states}])[0]
        assert [str(on) for on in read.immunoglobulin_on] == ["2026-01-31"]
        assert read.unknown_states == ()
        assert ("mother_hbsag_positive" in read.states) is ("mother" in states[0])
