"""The statutory list of notifiable diseases in China by class, with the dates from which each stood there.

Law on the prevention and treatment of infectious diseases (2004-12-01, revised 2025-09-01) and the notices
that changed the list in between. A disease may have stood in two classes at different times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Listing:
    """`names` as reports write them; class 甲, 乙 or 丙 from a day to a day (exclusive)."""

    names: re.Pattern[str]
    letter: str
    from_on: date = date(2004, 12, 1)
    to_on: date | None = None
    title: str = ""


LAW = date(2004, 12, 1)


def _listed(
    letter: str, title: str, names: str = "", from_on: date = LAW, to_on: date | None = None
) -> Listing:
    return Listing(re.compile(names or title), letter, from_on, to_on, title)


LISTINGS: tuple[Listing, ...] = (
    _listed("甲", "鼠疫"),
    _listed("甲", "霍乱", "霍乱|副霍乱"),
    _listed("乙", "新型冠状病毒感染", "新型冠状病毒|新冠", date(2020, 1, 20)),
    _listed("乙", "传染性非典型肺炎", "非典型肺炎|非典"),
    _listed("乙", "艾滋病", "艾滋病|HIV"),
    _listed("乙", "病毒性肝炎", "病毒性肝炎|[甲乙丙丁戊]型?肝炎?(?!类)|乙肝|甲肝|丙肝|戊肝"),
    _listed("乙", "脊髓灰质炎", "脊髓灰质炎|脊灰"),
    _listed("乙", "人感染高致病性禽流感", "禽流感|H7N9|H5N1"),
    _listed("乙", "甲型H1N1流感", "甲型?H1N1流感|甲流|甲型流感", date(2009, 4, 30), date(2013, 11, 4)),
    _listed("乙", "麻疹", "麻疹"),
    _listed("乙", "流行性出血热", "出血热"),
    _listed("乙", "狂犬病"),
    _listed("乙", "流行性乙型脑炎", "乙型脑炎|乙脑"),
    _listed("乙", "登革热"),
    _listed("乙", "猴痘", "猴痘", date(2023, 9, 20)),
    _listed("乙", "炭疽"),
    _listed("乙", "细菌性和阿米巴性痢疾", "痢疾|菌痢"),
    _listed("乙", "肺结核", "肺?结核病?"),
    _listed("乙", "伤寒和副伤寒", "(?<!斑疹)伤寒"),
    _listed("乙", "流行性脑脊髓膜炎", "脑脊髓膜炎|流脑"),
    _listed("乙", "百日咳"),
    _listed("乙", "白喉"),
    _listed("乙", "新生儿破伤风", "新生儿破伤风|新破"),
    _listed("乙", "猩红热"),
    _listed("乙", "布鲁氏菌病", "布鲁氏菌病|布病|布氏杆?菌病|布鲁菌病"),
    _listed("乙", "淋病"),
    _listed("乙", "梅毒"),
    _listed("乙", "钩端螺旋体病", "钩端螺旋体|钩体"),
    _listed("乙", "血吸虫病"),
    _listed("乙", "疟疾"),
    _listed("乙", "基孔肯雅热", "基孔肯雅热", date(2026, 4, 1)),
    _listed("乙", "发热伴血小板减少综合征", "发热伴血小板减少", date(2026, 4, 1)),
    _listed("丙", "流行性感冒", "流行性感冒|(?<!禽)(?<!H1N1)(?<!甲型)(?<!亚型)流感(?!疫苗)"),
    _listed("丙", "流行性腮腺炎", "腮腺炎|流腮"),
    _listed("丙", "风疹"),
    _listed("丙", "急性出血性结膜炎", "出血性结膜炎|红眼病"),
    _listed("丙", "麻风病", "麻风"),
    _listed("丙", "流行性和地方性斑疹伤寒", "斑疹伤寒"),
    _listed("丙", "黑热病"),
    _listed("丙", "包虫病", "包虫病|棘球蚴"),
    _listed("丙", "丝虫病"),
    _listed("丙", "手足口病", "手足口病?", date(2008, 5, 2)),
    _listed("丙", "其他感染性腹泻病", "感染性腹泻|其[他它].{0,3}腹泻"),
)
# Never notifiable under the law; a frequent mistake.
UNLISTED = re.compile(r"水痘|带状疱疹|尖锐湿疣|生殖器疱疹|衣原体|恙虫病|森林脑炎")
MOST = {"甲": 2, "乙": 29, "丙": 11}


def classes_of(name: str, on: date | None = None) -> tuple[str, frozenset[str]]:
    """Title and classes of a disease; on a day, or ever when the day is not known. ('', ∅) when unknown."""
    found = [listing for listing in LISTINGS if listing.names.search(name)]
    if not found:
        return "", frozenset()
    if on is not None:
        dated = [one for one in found if one.from_on <= on and (one.to_on is None or on < one.to_on)]
        found = dated or found
    return found[0].title, frozenset(one.letter for one in found)
