"""Worked cases, at least one for each branch of the rules. Each is a test and a line of docs/immunisation.md.

A case is the JSON of a child, what is expected of some doses (`"HepB 3": "not_yet 2026-07-31"`: status and
earliest date) and, where there is a history, the finding for each recorded dose in the order given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kangshu.immunisation.forecast.reading import read_children
from kangshu.immunisation.forecast.values import Child
from kangshu.kernel.text import Text


@dataclass(frozen=True)
class Example:
    """One case. `history` is `"code date"` per recorded dose."""

    about: Text
    born: str
    as_of: str
    expects: Mapping[str, str]
    history: Sequence[str] = ()
    findings: Sequence[str] = ()
    sex: str = "F"
    states: Sequence[Any] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    edition: str | None = None
    norm: str = ""

    def child(self) -> Child:
        """The child, read as the command would read it."""
        return read_children([self.json()])[0]

    def json(self) -> dict[str, Any]:
        """The child as the command's input has it."""
        return {
            "id": self.about.en,
            "birth_date": self.born,
            "sex": self.sex,
            "states": list(self.states),
            "product_choices": dict(self.choices),
            "history": [
                {"vaccine": vaccine, "date": on}
                for vaccine, on in (entry.rsplit(" ", 1) for entry in self.history)
            ],
            "as_of": self.as_of,
            "edition": self.edition,
        }


BORN = "2026-01-31"
# fmt: off
EXAMPLES = (
    Example(
        Text("新生儿：各剂最早日期（月末对齐）",
             "A newborn: every earliest date, clamped to the month's end"),
        BORN, BORN, {
            "HepB 1": "due 2026-01-31", "BCG 1": "due 2026-01-31", "HepB 2": "not_yet 2026-02-28",
            "IPV 1": "not_yet 2026-03-31", "DTaP 1": "not_yet 2026-03-31", "IPV 2": "not_yet 2026-04-30",
            "bOPV 3": "not_yet 2026-05-31", "DTaP 2": "not_yet 2026-05-31", "HepB 3": "not_yet 2026-07-31",
            "DTaP 3": "not_yet 2026-07-31", "MPSV-A 1": "not_yet 2026-07-31", "MMR 1": "not_yet 2026-09-30",
            "JE-L 1": "not_yet 2026-09-30", "MPSV-A 2": "not_yet 2026-10-31", "DTaP 4": "not_yet 2027-07-31",
            "MMR 2": "not_yet 2027-07-31", "HepA-L 1": "not_yet 2027-07-31", "JE-L 2": "not_yet 2028-01-31",
            "MPSV-AC 3": "not_yet 2029-01-31", "bOPV 4": "not_yet 2030-01-31", "DTaP 5": "not_yet 2032-01-31",
            "MPSV-AC 4": "not_yet 2032-01-31", "2vHPV 1": "not_yet 2039-01-31",
            "2vHPV 2": "not_yet 2039-07-31",
        }, norm="B1"),
    Example(
        Text("满月龄前一天未到，当天应种", "Not the day before the age is reached, due on the day"),
        "2026-01-15", "2026-09-15", {"MMR 1": "due 2026-09-15", "MPSV-A 2": "not_yet 2026-12-15"},
        norm="B2-1"),
    Example(
        Text("时限当天仍为应种", "On the last day of the time limit: due"),
        "2026-01-15", "2026-04-15", {"BCG 1": "due 2026-01-15"}, norm="B1"),
    Example(
        Text("时限次日为逾期；3月龄后先做结核菌素试验", "The day after: overdue; a tuberculin test first"),
        "2026-01-15", "2026-04-16", {"BCG 1": "overdue 2026-01-15"}, norm="B4"),
    Example(
        Text("卡介苗：满4岁不再补种", "BCG: no longer from four years on"),
        "2022-07-01", "2026-07-01", {"BCG 1": "aged_out"}, norm="B4"),
    Example(
        Text("卡介苗：满4岁前一天仍可补种", "BCG: still the day before the fourth birthday"),
        "2022-07-02", "2026-07-01", {"BCG 1": "overdue 2022-07-02"}, norm="B4"),
    Example(
        Text("乙肝第3剂：与第2剂60天", "HepB 3: 60 days after dose 2"),
        "2026-01-01", "2026-08-01", {"HepB 3": "not_yet 2026-08-30"},
        ("HepB 2026-01-01", "HepB 2026-07-01"), ("counted", "counted"), norm="B1"),
    Example(
        Text("乙肝第3剂：与第1剂4个月", "HepB 3: four months after dose 1"),
        "2025-01-01", "2026-08-01", {"HepB 3": "not_yet 2026-10-20"},
        ("HepB 2026-06-20", "HepB 2026-07-20"), ("counted", "counted"), norm="B1 B4"),
    Example(
        Text("早一天接种无效，没有宽限", "A day too early does not count: no grace"),
        "2026-01-31", "2026-03-05", {"HepB 2": "due 2026-02-28"},
        ("HepB 2026-01-31", "HepB 2026-02-27"), ("counted", "before_minimum_age"), norm="B4"),
    Example(
        Text("间隔27天无效，从有效剂次继续", "27 days apart does not count; it goes on from the valid dose"),
        "2026-01-15", "2026-06-20", {"IPV 2": "due 2026-05-29", "bOPV 3": "not_yet 2026-07-18"},
        ("IPV 2026-05-01", "IPV 2026-05-28"), ("counted", "before_minimum_interval"), norm="B1"),
    Example(
        Text("间隔28天有效", "28 days apart counts"),
        "2026-01-15", "2026-06-20", {"IPV 2": "done 2026-05-29", "bOPV 3": "not_yet 2026-06-26"},
        ("IPV 2026-05-01", "IPV 2026-05-29"), ("counted", "counted"), norm="B1"),
    Example(
        Text("百白破第4剂：18月龄前接种无效", "DTaP 4 before 18 months does not count"),
        "2025-01-10", "2026-08-01", {"DTaP 4": "due 2026-07-10"},
        ("DTaP 2025-03-10", "DTaP 2025-05-10", "DTaP 2025-07-10", "DTaP 2026-01-10"),
        ("counted", "counted", "counted", "before_minimum_age"), norm="B1"),
    Example(
        Text("百白破第4剂：与第3剂6个月", "DTaP 4: six months after dose 3"),
        "2025-01-10", "2026-08-01", {"DTaP 4": "not_yet 2026-11-30"},
        ("DTaP 2025-03-10", "DTaP 2025-05-10", "DTaP 2026-05-31"), ("counted",) * 3, norm="B4"),
    Example(
        Text("2024-11-01出生：百白破2-4-6月龄程序", "Born 2024-11-01: DTaP at 2, 4, 6 months"),
        "2024-11-01", "2026-07-01", {"DTaP 1": "due 2025-01-01"},
        norm="B1.2"),
    Example(
        Text("2024-10-31出生：百白破3-4-5月龄程序，满6岁第5剂",
             "Born 2024-10-31: DTaP at 3, 4, 5 months, the fifth at six"),
        "2024-10-31", "2026-07-01",
        {"DTaP 3": "done 2025-03-31", "DTaP 4": "due 2026-04-30", "DTaP 5": "not_yet 2030-10-31"},
        ("DTaP 2025-01-31", "DTaP 2025-02-28", "DTaP 2025-03-31"), ("counted",) * 3, norm="B1.2"),
    Example(
        Text("2021年版：6岁接种白破", "2021 edition: DT at six"),
        "2018-05-01", "2024-06-01", {"DT 1": "due 2024-05-01", "DTaP 4": "done 2019-11-01"},
        ("DTaP 2018-08-01", "DTaP 2018-09-01", "DTaP 2018-10-01", "DTaP 2019-11-01"), ("counted",) * 4,
        norm="B1.1"),
    Example(
        Text("满6岁已种白破：不需要百白破第5剂", "DT after six: no fifth DTaP"),
        "2020-01-10", "2026-07-01", {"DTaP 5": "not_needed", "DT 1": "done 2026-02-01"},
        ("DTaP 2020-04-10", "DTaP 2020-05-10", "DTaP 2020-06-10", "DTaP 2021-07-10", "DT 2026-02-01"),
        ("counted",) * 5, norm="B1.2"),
    Example(
        Text("满7岁不足3剂：用白破补齐3剂", "Seven years with fewer than three: DT makes up three"),
        "2019-01-10", "2026-07-01",
        {"DTaP 2": "aged_out", "DT 1": "due 2026-01-10", "DT 2": "not_yet 2027-01-01"},
        ("DTaP 2019-04-10",), ("counted",), norm="B4"),
    Example(
        Text("满12岁不足3剂：用成人白破", "Twelve years with fewer than three: adult dT"),
        "2014-01-10", "2026-07-01", {"dT 1": "due 2026-01-10"}, norm="B4"),
    Example(
        Text("最早日期已过上限：不再接种", "Earliest date past the age limit: no longer given"),
        "2019-08-01", "2026-07-01", {"DTaP 1": "due 2019-11-01", "DTaP 4": "aged_out"}, norm="B4"),
    Example(
        Text("两种注射减毒活疫苗间隔27天：后一种无效",
             "Two injected live vaccines 27 days apart: the second fails"),
        "2026-01-15", "2026-11-01", {"JE-L 1": "due 2026-10-20"},
        ("MMR 2026-09-22", "JE-L 2026-10-19"), ("counted", "live_too_close"), norm="B2-4"),
    Example(
        Text("间隔28天或同日：有效", "28 days apart, or on one day: valid"),
        "2025-01-15", "2026-10-20", {"HepA-L 1": "done 2026-07-15", "MMR 2": "done 2026-07-15"},
        ("MMR 2025-09-15", "JE-L 2025-10-13", "MMR 2026-07-15", "HepA-L 2026-07-15"), ("counted",) * 4,
        norm="B2-4"),
    Example(
        Text("今日已种麻腮风，乙脑减毒可同日接种", "MMR today: live JE may be given on the same day"),
        "2026-01-15", "2026-09-20", {"JE-L 1": "due 2026-09-15"}, ("MMR 2026-09-20",), ("counted",),
        norm="B2-4"),
    Example(
        Text("昨日已种麻腮风，乙脑减毒须等28天", "MMR yesterday: live JE waits 28 days"),
        "2026-01-15", "2026-09-21", {"JE-L 1": "not_yet 2026-10-18"}, ("MMR 2026-09-20",), ("counted",),
        norm="B2-4"),
    Example(
        Text("口服活疫苗和灭活疫苗无间隔要求", "Oral live and inactivated vaccines need no spacing"),
        "2026-01-15", "2026-11-01", {"bOPV 3": "done 2026-09-20", "JE-L 1": "due 2026-10-13"},
        ("IPV 2026-03-15", "IPV 2026-04-15", "MMR 2026-09-15", "bOPV 2026-09-20"), ("counted",) * 4,
        norm="B2-4"),
    Example(
        Text("水痘疫苗也是注射减毒活疫苗", "Varicella vaccine is an injected live vaccine too"),
        "2025-01-15", "2026-07-20", {"MMR 2": "not_yet 2026-08-07"},
        ("MMR 2025-09-15", "VarV 2026-07-10"), ("counted", "surplus"), norm="B2-4"),
    Example(
        Text("免疫球蛋白后3个月内不种注射减毒活疫苗",
             "Three months after immunoglobulin: no injected live vaccine"),
        "2026-01-15", "2026-10-01",
        {"MMR 1": "not_yet 2026-11-30", "JE-L 1": "not_yet 2026-11-30", "IPV 1": "due 2026-03-15",
         "BCG 1": "overdue 2026-01-15"},
        states=("immunoglobulin:2026-08-31",), norm="B3"),
    Example(
        Text("免疫球蛋白后2个月接种的麻腮风无效", "MMR two months after immunoglobulin does not count"),
        "2025-10-15", "2026-10-01", {"MMR 1": "due 2026-09-01"},
        ("IG 2026-06-01", "MMR 2026-08-01"), ("surplus", "after_immunoglobulin"), norm="B3"),
    Example(
        Text("乙脑灭活：第1、2剂间隔7天", "Inactivated JE: 7 days between doses 1 and 2"),
        "2025-01-15", "2026-07-20",
        {"JE-I 1": "done 2025-09-15", "JE-I 2": "done 2025-09-22", "JE-I 3": "not_yet 2027-01-15",
         "JE-I 4": "not_yet 2031-01-15"},
        ("JE-I 2025-09-15", "JE-I 2025-09-22"), ("counted", "counted"), choices={"je": "inactivated"},
        norm="B1"),
    Example(
        Text("乙脑：接种史优先于选择，减毒与灭活不混用", "JE: the history outranks the choice; no mixing"),
        "2025-01-15", "2026-07-20", {"JE-L 1": "done 2025-09-15", "JE-L 2": "not_yet 2027-01-15"},
        ("JE-L 2025-09-15", "JE-I 2026-01-15"), ("counted", "mixed_products"),
        choices={"je": "inactivated"}, norm="B4"),
    Example(
        Text("甲肝灭活：2剂，间隔6个月", "Inactivated HepA: two doses, six months apart"),
        "2024-01-15", "2026-07-20", {"HepA-I 2": "not_yet 2026-11-01"}, ("HepA-I 2026-05-01",),
        ("counted",), norm="B1"),
    Example(
        Text("满24月龄：A群不再补种，由A+C群替代", "From 24 months: group A is replaced by A and C"),
        "2024-07-01", "2026-07-01", {"MPSV-A 1": "aged_out", "MPSV-AC 3": "not_yet 2027-07-01"}, norm="B4"),
    Example(
        Text("A+C群与A群末剂间隔12个月", "A and C: twelve months after the last A"),
        "2023-07-01", "2026-07-10", {"MPSV-AC 3": "not_yet 2026-07-20"},
        ("MPSV-A 2024-07-01", "MPSV-A 2025-07-20"), ("counted", "counted"), norm="B1"),
    Example(
        Text("A+C群两剂间隔3年", "Three years between the doses of A and C"),
        "2019-01-01", "2026-07-10",
        {"MPSV-A 1": "not_needed", "MPSV-AC 3": "done 2023-09-01", "MPSV-AC 4": "not_yet 2026-09-01"},
        ("MPSV-AC 2023-09-01",), ("counted",), norm="B1"),
    Example(
        Text("脊灰：满4岁从未接种，先种灭活", "Polio never given at four: inactivated first"),
        "2021-01-01", "2026-07-10",
        {"IPV 1": "due 2021-03-01", "IPV 2": "not_yet 2026-08-07", "bOPV 3": "not_yet 2026-09-04",
         "bOPV 4": "not_yet 2026-10-02"}, norm="B4"),
    Example(
        Text("2017年出生：1剂灭活加3剂减毒即为全程", "Born 2017: one inactivated and three oral doses"),
        "2017-03-01", "2026-07-10", {"IPV 1": "done 2017-05-01", "bOPV 4": "done 2021-03-01"},
        ("IPV 2017-05-01", "bOPV 2017-06-01", "bOPV 2017-07-01", "bOPV 2021-03-01"), ("counted",) * 4,
        norm="B1.1"),
    Example(
        Text("2017年出生、指定2026年版：当年合规的口服剂次照计",
             "Born 2017, edition 2026 by name: the oral doses of that time count"),
        "2017-03-01", "2026-07-10",
        {"IPV 1": "done 2017-05-01", "IPV 2": "not_needed", "bOPV 3": "done 2017-07-01",
         "bOPV 4": "done 2021-03-01"},
        ("IPV 2017-05-01", "bOPV 2017-06-01", "bOPV 2017-07-01", "bOPV 2021-03-01"), ("counted",) * 4,
        edition="2026", norm="B1.1 B4"),
    Example(
        Text("4剂三价减毒脊灰疫苗：不再补灭活",
             "Four doses of trivalent oral vaccine: no inactivated needed"),
        "2011-01-01", "2026-07-10", {"IPV 1": "not_needed", "bOPV 4": "done 2015-01-01"},
        ("tOPV 2011-03-01", "tOPV 2011-04-01", "tOPV 2011-05-01", "tOPV 2015-01-01"), ("counted",) * 4,
        norm="B4"),
    Example(
        Text("2016-05-01前的口服脊灰疫苗都是三价，不论记录写作什么",
             "Oral polio vaccine before 2016-05-01 was trivalent, whatever the record says"),
        "2015-02-28", "2026-07-10", {"IPV 1": "not_needed", "bOPV 4": "done 2019-03-01"},
        ("bOPV 2015-04-28", "bOPV 2015-05-28", "OPV 2015-06-28", "bOPV 2019-03-01"), ("counted",) * 4,
        norm="B4"),
    Example(
        Text("五联疫苗计为百白破和脊灰", "Pentavalent vaccine counts as DTaP and polio"),
        "2025-01-15", "2026-09-01",
        {"DTaP 4": "done 2026-07-15", "bOPV 4": "done 2026-07-15", "DTaP 5": "not_yet 2031-01-15"},
        ("DTaP-IPV-Hib 2025-03-15", "DTaP-IPV-Hib 2025-04-15", "DTaP-IPV-Hib 2025-05-15",
         "DTaP-IPV-Hib 2026-07-15"), ("counted",) * 4, norm="B2-7"),
    Example(
        Text("麻腮风水痘计为麻腮风", "MMRV counts as MMR"),
        "2025-01-15", "2026-09-01", {"MMR 1": "done 2026-01-15", "MMR 2": "due 2026-07-15"},
        ("MMRV 2026-01-15",), ("counted",), norm="B2-7"),
    Example(
        Text("24月龄前的流脑结合疫苗计为A群", "Conjugate vaccine before 24 months counts as group A"),
        "2025-01-15", "2026-09-01", {"MPSV-A 1": "done 2025-05-15", "MPSV-A 2": "done 2025-06-15"},
        ("MCV-AC 2025-05-15", "MCV-AC 2025-06-15"), ("counted", "counted"), norm="B2-7 B4"),
    Example(
        Text("非免疫规划疫苗只作记录", "A vaccine outside the programme is kept on record"),
        "2025-01-15", "2026-09-01", {"HepB 1": "overdue 2025-01-15"}, ("PCV13 2025-03-15",), ("surplus",),
        norm="B2-7"),
    Example(
        Text("不可能的记录逐条说明，从有效剂次继续", "Impossible records are named one by one"),
        "2026-01-15", "2026-09-01",
        {"HepB 1": "done 2026-01-15", "HepB 2": "due 2026-02-15"},
        ("HepB 2025-12-31", "HepB 2026-01-15", "HepB 2026-01-15", "HepB 2026-12-01", "XYZ 2026-03-01"),
        ("before_birth", "counted", "duplicate", "after_as_of", "unknown_vaccine"), norm="B4"),
    Example(
        Text("记录次序颠倒时按日期计算", "Records out of order are taken by date"),
        "2026-01-15", "2026-09-01", {"HepB 3": "done 2026-07-20"},
        ("HepB 2026-07-20", "HepB 2026-01-15", "HepB 2026-02-20"), ("counted",) * 3, norm="B4"),
    Example(
        Text("早产儿按实际月龄", "Preterm: by actual age"),
        "2026-01-15", "2026-09-15", {"MMR 1": "due 2026-09-15"}, states=("preterm",), norm="B3"),
    Example(
        Text("母亲HBsAg阳性且不足2000克：乙肝4剂", "Mother HBsAg positive, under 2000 g: four HepB"),
        "2026-01-15", "2026-01-15",
        {"HepB 1": "due 2026-01-15", "HepB 2": "not_yet 2026-02-15", "HepB 3": "not_yet 2026-03-15",
         "HepB 4": "not_yet 2026-08-15"},
        states=("mother_hbsag_positive", "birth_weight_under_2000"), norm="B3"),
    Example(
        Text("母亲HBsAg阳性、2000克及以上：乙肝3剂", "Mother HBsAg positive, 2000 g or more: three HepB"),
        "2026-01-15", "2026-01-15", {"HepB 3": "not_yet 2026-07-15"}, states=("mother_hbsag_positive",),
        norm="B3"),
    Example(
        Text("HIV暴露：卡介苗暂缓，减毒禁止，麻腮风评估",
             "HIV-exposed: BCG deferred, live prohibited, MMR assessed"),
        "2026-01-15", "2026-09-20",
        {"BCG 1": "contraindicated", "bOPV 3": "contraindicated", "JE-L 1": "contraindicated",
         "HepA-L 1": "contraindicated", "MMR 1": "due 2026-09-15", "IPV 1": "due 2026-03-15"},
        states=("hiv_exposed",), norm="B3"),
    Example(
        Text("HIV感染、无严重免疫抑制：可种麻腮风", "HIV-infected, no severe immunosuppression: MMR allowed"),
        "2026-01-15", "2026-09-20",
        {"BCG 1": "contraindicated", "JE-L 1": "contraindicated", "MMR 1": "due 2026-09-15"},
        states=("hiv_infected_asymptomatic",), norm="B3"),
    Example(
        Text("HIV感染、严重免疫抑制：禁止一切减毒活疫苗", "HIV-infected, severe: no live vaccine"),
        "2026-01-15", "2026-09-20", {"MMR 1": "contraindicated", "DTaP 1": "due 2026-03-15"},
        states=("hiv_infected_symptomatic",), norm="B3"),
    Example(
        Text("HIV感染、未说明免疫状况：麻腮风先评估",
             "HIV-infected, no word on immunity: MMR after an assessment"),
        "2026-01-15", "2026-09-20",
        {"BCG 1": "contraindicated", "bOPV 3": "contraindicated", "HepA-L 1": "contraindicated",
         "MMR 1": "due 2026-09-15", "IPV 1": "due 2026-03-15"},
        states=("hiv_infected",), norm="B3"),
    Example(
        Text("免疫功能异常：减毒活疫苗须评估", "Immune dysfunction: live vaccines only after assessment"),
        "2026-01-15", "2026-09-20", {"MMR 1": "contraindicated", "HepB 1": "overdue 2026-01-15"},
        states=("immune_deficiency",), norm="B3"),
    Example(
        Text("免疫抑制治疗、已评估可种", "Immunosuppressive therapy, assessed as safe"),
        "2026-01-15", "2026-09-20", {"MMR 1": "due 2026-09-15"},
        states=("immunosuppressive_therapy", "live_vaccines_assessed_safe"), norm="B3"),
    Example(
        Text("HIV严重免疫抑制、选择乙脑灭活：可种", "Severe HIV with inactivated JE chosen: may be given"),
        "2026-01-15", "2026-09-20", {"JE-I 1": "due 2026-09-15"}, states=("hiv_infected_symptomatic",),
        choices={"je": "inactivated"}, norm="B3"),
    Example(
        Text("HPV：2011-11-10出生的女孩", "HPV: a girl born 2011-11-10"),
        "2011-11-10", "2026-07-01", {"2vHPV 1": "overdue 2024-11-10"}, norm="B1"),
    Example(
        Text("HPV：2011-11-09出生不在范围", "HPV: born 2011-11-09 is outside"),
        "2011-11-09", "2026-07-01", {"2vHPV 1": "not_needed"}, norm="B1"),
    Example(
        Text("HPV：男孩不需要", "HPV: not for boys"),
        "2013-01-01", "2026-07-01", {"2vHPV 1": "not_needed"}, sex="M", norm="B1"),
    Example(
        Text("HPV：第2剂最短5个月", "HPV: dose 2 at least five months later"),
        "2012-06-01", "2026-07-01", {"2vHPV 2": "not_yet 2026-11-20"}, ("2vHPV 2026-06-20",), ("counted",),
        norm="B1"),
    Example(
        Text("HPV：满18岁不再接种", "HPV: no longer from 18"),
        "2011-12-01", "2029-12-01", {"2vHPV 1": "aged_out"}, norm="B1"),
    Example(
        Text("乙肝：满18岁不再补种", "HepB: no longer from 18"),
        "2008-06-30", "2026-06-30", {"HepB 1": "aged_out"}, norm="B4"),
    Example(
        Text("麻腮风补种到14岁", "MMR catch-up to 14 years"),
        "2011-07-02", "2026-07-01", {"MMR 1": "overdue 2012-03-02"}, norm="B4"),
    Example(
        Text("2015年出生：麻风加麻腮风即可", "Born 2015: measles-rubella and MMR are enough"),
        "2015-01-01", "2026-07-01", {"MMR 1": "done 2015-09-01", "MMR 2": "done 2016-07-01"},
        ("MR 2015-09-01", "MMR 2016-07-01"), ("counted", "counted"), norm="B4"),
    Example(
        Text("2019-10-01起出生：麻风不计，需2剂麻腮风", "Born from 2019-10-01: MR does not count"),
        "2019-10-01", "2026-07-01", {"MMR 1": "overdue 2020-06-01"}, ("MR 2020-06-01",), ("wrong_product",),
        norm="B4"),
    Example(
        Text("补种：只补缺的剂次", "Catch-up: only the missing doses"),
        "2023-02-10", "2026-07-01", {"DTaP 2": "done 2023-06-10", "DTaP 3": "overdue 2023-07-10"},
        ("DTaP 2023-05-10", "DTaP 2023-06-10"), ("counted", "counted"), norm="B2-2"),
    Example(
        Text("2021年版：A群第2剂18月龄前完成", "2021 edition: group A dose 2 before 18 months"),
        "2025-01-10", "2026-07-11", {"MPSV-A 2": "overdue 2025-12-01"},
        ("MPSV-A 2025-09-01",), ("counted",), edition="2021", norm="B1.1"),
    Example(
        Text("2026年版：A群第2剂24月龄前完成", "2026 edition: group A dose 2 before 24 months"),
        "2025-01-10", "2026-07-11", {"MPSV-A 2": "due 2025-12-01"},
        ("MPSV-A 2025-09-01",), ("counted",), edition="2026", norm="B1.1"),
    Example(
        Text("2016年版：8月龄接种麻风", "2016 edition: measles-rubella at eight months"),
        "2018-01-10", "2018-10-01", {"MR 1": "due 2018-09-10", "bOPV 2": "not_yet 2018-10-29"},
        norm="B1.1"),
)
# fmt: on
