"""Which products there are, under which names they are written, and what each contains.

A product outside the programme that contains one of its antigens counts for it (norm: general principle 7),
so every product is a list of antigens. Codes of the programme are those of the 2026 table; everything else is
an alias. Names are compared without case, spaces and punctuation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kangshu.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Product:
    """A vaccine product. `live` means an injected live vaccine; `leaflet` one outside the programme."""

    code: str
    title: Text
    antigens: tuple[str, ...]
    live: bool = False
    leaflet: bool = False
    aliases: tuple[str, ...] = ()


PRODUCTS = (
    Product("HepB", Text("乙肝疫苗", "Hepatitis B vaccine"), ("HepB",),
            aliases=("乙肝", "乙型肝炎疫苗", "重组乙型肝炎疫苗", "重组乙肝疫苗", "HBV", "HepB10", "HepB20")),
    Product("BCG", Text("卡介苗", "BCG vaccine"), ("BCG",), live=True, aliases=("卡介疫苗",)),
    Product("IPV", Text("脊灰灭活疫苗", "Inactivated polio vaccine"), ("IPV",),
            aliases=("sIPV", "wIPV", "Polio IPV", "脊灰灭活", "脊髓灰质炎灭活疫苗")),
    Product("bOPV", Text("脊灰减毒活疫苗", "Bivalent oral polio vaccine"), ("bOPV",),
            aliases=("Polio bOPV", "二价脊灰减毒活疫苗", "二价口服脊髓灰质炎减毒活疫苗", "二价脊灰疫苗",
                     "脊灰二价")),
    Product("tOPV", Text("三价脊灰减毒活疫苗", "Trivalent oral polio vaccine"), ("tOPV",),
            aliases=("三价脊灰疫苗",)),
    Product("OPV", Text("口服脊灰减毒活疫苗", "Oral polio vaccine"), ("OPV",),
            aliases=("脊灰糖丸", "脊灰减毒", "脊灰减毒疫苗")),
    Product("DTaP", Text("百白破疫苗", "DTaP vaccine"), ("DTaP",),
            aliases=("DTP", "DTwP", "DPT", "百白破", "无细胞百白破", "无细胞百白破疫苗",
                     "吸附无细胞百白破联合疫苗")),
    Product("DT", Text("白破疫苗", "DT vaccine"), ("DT",), aliases=("白破", "吸附白喉破伤风联合疫苗")),
    Product("dT", Text("白破疫苗（成人及青少年用）", "Adult dT vaccine"), ("dT",),
            aliases=("dT-adult", "Td", "成人白破")),
    Product("MMR", Text("麻腮风疫苗", "Measles, mumps and rubella vaccine"), ("MMR",), live=True,
            aliases=("麻腮风", "麻腮风联合减毒活疫苗")),
    Product("MR", Text("麻风疫苗", "Measles and rubella vaccine"), ("MR",), live=True,
            aliases=("麻风", "麻疹风疹联合减毒活疫苗")),
    Product("M", Text("麻疹疫苗", "Measles vaccine"), ("M",), live=True, aliases=("MV", "measles", "麻疹")),
    Product("JE-L", Text("乙脑减毒活疫苗", "Live Japanese encephalitis vaccine"), ("JE-L",), live=True,
            aliases=("乙脑减毒", "乙脑减毒疫苗", "乙脑活疫苗", "JE live")),
    Product("JE-I", Text("乙脑灭活疫苗", "Inactivated Japanese encephalitis vaccine"), ("JE-I",),
            aliases=("乙脑灭活", "JE inactivated")),
    Product("MPSV-A", Text("A群流脑多糖疫苗", "Meningococcal A polysaccharide vaccine"), ("MPSV-A",),
            aliases=("MenA", "MPVA", "MPV-A", "流脑A", "A群流脑疫苗", "流脑A群")),
    Product("MPSV-AC", Text("A群C群流脑多糖疫苗", "Meningococcal AC polysaccharide vaccine"), ("MPSV-AC",),
            aliases=("MenAC", "MPVAC", "MPV-AC", "流脑AC", "A+C群流脑疫苗", "流脑A+C群")),
    Product("HepA-L", Text("甲肝减毒活疫苗", "Live hepatitis A vaccine"), ("HepA-L",), live=True,
            aliases=("甲肝减毒", "HepA live")),
    Product("HepA-I", Text("甲肝灭活疫苗", "Inactivated hepatitis A vaccine"), ("HepA-I",),
            aliases=("甲肝灭活", "HepA inactivated")),
    Product("2vHPV", Text("双价人乳头瘤病毒疫苗", "Bivalent HPV vaccine"), ("HPV",),
            aliases=("HPV2", "双价HPV疫苗", "双价HPV", "二价HPV", "二价HPV疫苗", "HPV疫苗", "HPV")),
    # Outside the programme, with antigens of the programme.
    Product("DTaP-IPV-Hib", Text("百白破-脊灰灭活-b型流感嗜血杆菌联合疫苗（五联）",
                                 "DTaP-IPV-Hib (pentavalent)"), ("DTaP", "IPV"), leaflet=True,
            aliases=("DTaP-IPV/Hib", "五联", "五联疫苗", "pentavalent", "penta", "Pentaxim")),
    Product("DTaP-IPV", Text("百白破-脊灰灭活联合疫苗", "DTaP-IPV"), ("DTaP", "IPV"), leaflet=True),
    Product("DTaP-Hib", Text("百白破-b型流感嗜血杆菌联合疫苗（四联）", "DTaP-Hib (tetravalent)"), ("DTaP",),
            leaflet=True, aliases=("四联", "四联疫苗")),
    Product("DTaP-IPV-Hib-HepB", Text("六联疫苗", "DTaP-IPV-Hib-HepB (hexavalent)"), ("DTaP", "IPV", "HepB"),
            leaflet=True, aliases=("DTaP-HepB-IPV-Hib", "hexavalent", "六联")),
    Product("MMRV", Text("麻腮风水痘联合减毒活疫苗", "Measles, mumps, rubella and varicella vaccine"),
            ("MMR", "varicella"), live=True, leaflet=True, aliases=("麻腮风水痘疫苗", "麻腮风水痘")),
    Product("MCV-AC", Text("A群C群流脑多糖结合疫苗", "Meningococcal AC conjugate vaccine"), ("MCV-AC",),
            leaflet=True,
            aliases=("MPCV-AC", "MenAC conjugate", "MCV2", "流脑AC结合", "A群C群脑膜炎球菌多糖结合疫苗",
                     "AC-Hib", "MCV-AC-Hib")),
    Product("MCV4", Text("ACYW135群流脑结合疫苗", "Meningococcal ACYW135 conjugate vaccine"), ("MCV-AC",),
            leaflet=True, aliases=("MenACYW", "MCV-ACYW135", "MPCV-ACYW", "四价流脑结合疫苗")),
    Product("MPSV4", Text("ACYW135群流脑多糖疫苗", "Meningococcal ACYW135 polysaccharide vaccine"),
            ("MPSV-4",), leaflet=True, aliases=("MPSV-ACYW135", "MPSV-ACYW", "四价流脑多糖疫苗")),
    Product("HepA-HepB", Text("甲乙肝联合疫苗", "Hepatitis A and B vaccine"), ("HepA-I", "HepB"),
            leaflet=True, aliases=("HepAB", "甲乙肝疫苗")),
    Product("4vHPV", Text("四价人乳头瘤病毒疫苗", "Quadrivalent HPV vaccine"), ("HPV",), leaflet=True,
            aliases=("HPV4", "四价HPV", "四价HPV疫苗")),
    Product("9vHPV", Text("九价人乳头瘤病毒疫苗", "Nonavalent HPV vaccine"), ("HPV",), leaflet=True,
            aliases=("HPV9", "九价HPV", "九价HPV疫苗")),
    # Without antigens of the programme; the live ones matter for spacing.
    Product("VarV", Text("水痘减毒活疫苗", "Varicella vaccine"), ("varicella",), live=True, leaflet=True,
            aliases=("Var", "varicella", "水痘", "水痘疫苗", "VZV")),
    Product("MuV", Text("腮腺炎减毒活疫苗", "Mumps vaccine"), ("mumps",), live=True, leaflet=True,
            aliases=("mumps", "腮腺炎疫苗")),
    Product("RuV", Text("风疹减毒活疫苗", "Rubella vaccine"), ("rubella",), live=True, leaflet=True,
            aliases=("rubella", "风疹疫苗")),
    Product("Hib", Text("b型流感嗜血杆菌结合疫苗", "Hib vaccine"), ("Hib",), leaflet=True,
            aliases=("Hib疫苗",)),
    Product("PCV13", Text("13价肺炎球菌多糖结合疫苗", "13-valent pneumococcal conjugate vaccine"), ("PCV",),
            leaflet=True, aliases=("PCV", "13价肺炎", "13价肺炎疫苗")),
    Product("PPV23", Text("23价肺炎球菌多糖疫苗", "23-valent pneumococcal polysaccharide vaccine"), ("PPV",),
            leaflet=True, aliases=("PPSV23", "23价肺炎疫苗")),
    Product("RV", Text("轮状病毒疫苗", "Rotavirus vaccine"), ("rotavirus",), leaflet=True,
            aliases=("RV1", "RV3", "RV5", "rotavirus", "轮状", "轮状疫苗")),
    Product("EV71", Text("肠道病毒71型灭活疫苗", "Enterovirus 71 vaccine"), ("EV71",), leaflet=True,
            aliases=("EV71疫苗", "手足口疫苗")),
    Product("Flu", Text("流感疫苗", "Influenza vaccine"), ("influenza",), leaflet=True,
            aliases=("influenza", "IIV", "IIV3", "IIV4", "流感")),
    Product("LAIV", Text("鼻喷流感减毒活疫苗", "Live intranasal influenza vaccine"), ("influenza",),
            leaflet=True, aliases=("LAIV3",)),
    Product("RabV", Text("狂犬病疫苗", "Rabies vaccine"), ("rabies",), leaflet=True,
            aliases=("rabies", "狂犬疫苗", "狂犬病")),
    Product("TT", Text("破伤风疫苗", "Tetanus vaccine"), ("tetanus",), leaflet=True, aliases=("破伤风",)),
    Product("COVID-19", Text("新冠病毒疫苗", "COVID-19 vaccine"), ("covid",), leaflet=True,
            aliases=("COVID19", "新冠疫苗", "新冠")),
    # No vaccines, but written in the same column: they hold back injected live vaccines.
    Product("IG", Text("人免疫球蛋白", "Immunoglobulin"), ("IG",),
            aliases=("IVIG", "immunoglobulin", "immune globulin", "免疫球蛋白", "丙种球蛋白", "丙球",
                     "blood product", "blood products", "血液制品")),
    Product("HBIG", Text("乙肝免疫球蛋白", "Hepatitis B immunoglobulin"), ("IG",)),
)  # fmt: skip

#: Products that hold an immunoglobulin: no vaccine, and a reason to wait.
IMMUNOGLOBULIN = "IG"
PROGRAMME_ANTIGENS = frozenset(
    [
        *("HepB", "BCG", "IPV", "bOPV", "tOPV", "OPV", "DTaP", "DT", "dT", "MMR", "MR", "M", "JE-L", "JE-I"),
        *("MPSV-A", "MPSV-AC", "MPSV-4", "MCV-AC", "HepA-L", "HepA-I", "HPV"),
    ]
)
_NOISE = re.compile(r"[\s\-_/（）()+.·,，、]+")


def _plain(name: str) -> str:
    return _NOISE.sub("", name).lower()


def _index() -> dict[str, Product]:
    found: dict[str, Product] = {}
    for product in PRODUCTS:
        for name in (product.code, product.title.zh, product.title.en, *product.aliases):
            # DT (children) and dT (adults) differ by case alone, so exact codes are looked up first.
            found.setdefault(_plain(name), product)
    return found


_EXACT = {product.code: product for product in PRODUCTS}
_BY_NAME = _index()


@lru_cache(maxsize=4096)
def product_named(name: str) -> Product | None:
    """The product a name, code or alias stands for; None when nobody here knows it."""
    return _EXACT.get(name) or _BY_NAME.get(_plain(name))
