"""Codes of vaccines as a record keeps them, and of the doses of the programme that a record can count as."""

from __future__ import annotations

from kangshu.catalogue.asking import coded

VACCINES = coded(
    ("HepB", "乙肝疫苗", "Hepatitis B"),
    ("BCG", "卡介苗", "BCG"),
    ("IPV", "脊灰灭活疫苗", "Inactivated polio"),
    ("bOPV", "脊灰减毒活疫苗", "Oral polio"),
    ("DTaP", "百白破疫苗", "DTaP"),
    ("DT", "白破疫苗", "DT"),
    ("MMR", "麻腮风疫苗", "MMR"),
    ("MR", "麻风疫苗", "MR"),
    ("JE-L", "乙脑减毒活疫苗", "Japanese encephalitis, live"),
    ("JE-I", "乙脑灭活疫苗", "Japanese encephalitis, inactivated"),
    ("MPSV-A", "A群流脑多糖疫苗", "Meningococcal A"),
    ("MPSV-AC", "A群C群流脑多糖疫苗", "Meningococcal A and C"),
    ("HepA-L", "甲肝减毒活疫苗", "Hepatitis A, live"),
    ("HepA-I", "甲肝灭活疫苗", "Hepatitis A, inactivated"),
    ("2vHPV", "双价HPV疫苗", "Bivalent HPV"),
    ("DTaP-IPV-Hib", "五联疫苗", "DTaP-IPV-Hib"),
    ("DTaP-Hib", "四联疫苗", "DTaP-Hib"),
    ("MMRV", "麻腮风水痘疫苗", "MMRV"),
    ("MCV-AC", "A群C群流脑结合疫苗", "Meningococcal A and C conjugate"),
    ("MCV4", "四价流脑结合疫苗", "Meningococcal ACYW135 conjugate"),
    ("VarV", "水痘疫苗", "Varicella"),
    ("Hib", "Hib疫苗", "Hib"),
    ("PCV13", "13价肺炎疫苗", "PCV13"),
    ("RV", "轮状病毒疫苗", "Rotavirus"),
    ("EV71", "EV71疫苗", "EV71"),
    ("Flu", "流感疫苗", "Influenza"),
    ("RabV", "狂犬病疫苗", "Rabies"),
    ("COVID-19", "新冠疫苗", "COVID-19"),
    ("4vHPV", "四价HPV疫苗", "Quadrivalent HPV"),
    ("9vHPV", "九价HPV疫苗", "Nonavalent HPV"),
    ("tOPV", "三价脊灰减毒活疫苗", "Trivalent oral polio"),
    ("IG", "人免疫球蛋白", "Immunoglobulin"),
    ("HBIG", "乙肝免疫球蛋白", "Hepatitis B immunoglobulin"),
)

_COUNTS = (
    *(("HepB", number) for number in (1, 2, 3, 4)),
    ("BCG", 1),
    *(("IPV", number) for number in (1, 2)),
    *(("bOPV", number) for number in (2, 3, 4)),
    *(("DTaP", number) for number in (1, 2, 3, 4, 5)),
    *(("DT", number) for number in (1, 2, 3)),
    *(("dT", number) for number in (1, 2, 3)),
    ("MR", 1),
    *(("MMR", number) for number in (1, 2)),
    *(("JE-L", number) for number in (1, 2)),
    *(("JE-I", number) for number in (1, 2, 3, 4)),
    *(("MPSV-A", number) for number in (1, 2)),
    *(("MPSV-AC", number) for number in (3, 4)),
    ("HepA-L", 1),
    *(("HepA-I", number) for number in (1, 2)),
    *(("2vHPV", number) for number in (1, 2)),
)
DOSES = coded(
    *(
        (f"{vaccine}-{number}", f"{vaccine} 第{number}剂", f"{vaccine} dose {number}")
        for vaccine, number in _COUNTS
    )
)
STATES = coded(
    ("preterm", "早产儿", "preterm"),
    ("low_birth_weight", "低出生体重儿（<2500克）", "birth weight under 2500 g"),
    ("birth_weight_under_2000", "出生体重不足2000克", "birth weight under 2000 g"),
    ("mother_hbsag_positive", "母亲HBsAg阳性", "mother HBsAg positive"),
    ("mother_hbsag_unknown", "母亲HBsAg不详", "mother's HBsAg unknown"),
    ("hiv_exposed", "HIV暴露、感染状况不详", "HIV-exposed, infection not known"),
    ("hiv_excluded", "HIV暴露、已排除感染", "HIV-exposed, confirmed uninfected"),
    ("hiv_infected_asymptomatic", "HIV感染、无严重免疫抑制", "HIV-infected, no severe immunosuppression"),
    ("hiv_infected_symptomatic", "HIV感染、有症状或严重免疫抑制", "HIV-infected, symptoms or severe"),
    ("immune_deficiency", "免疫功能异常", "immune dysfunction"),
    ("immunosuppressive_therapy", "免疫抑制治疗", "immunosuppressive therapy"),
    ("live_vaccines_assessed_safe", "已评估可接种减毒活疫苗", "assessed: live vaccines may be given"),
    ("none", "无", "none"),
)
