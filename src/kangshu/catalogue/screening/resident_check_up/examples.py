"""Every outcome and the edges of the packages."""

from __future__ import annotations

from kangshu.catalogue.judging import Cases, treatment_examples
from kangshu.catalogue.screening.resident_check_up.forms import BOOKING, FOLLOWED

booking = Cases(BOOKING.id, "row D2-04")


def born(day: str, sex: str = "1") -> dict[str, str]:
    return {"sex": sex, "birth_date": day}


EXAMPLES = (
    booking(
        "child", "6岁", "6 years", "booked", person=born("2019-05-13"), values={"package": "1"}, answer="1"
    ),
    booking(
        "pupil", "7岁", "7 years", "booked", person=born("2019-05-12"), values={"package": "2"}, answer="1"
    ),
    booking(
        "man",
        "18岁男性",
        "man of 18",
        "booked",
        person=born("2008-05-12"),
        values={"package": "3"},
        answer="1",
    ),
    booking(
        "woman",
        "64岁女性",
        "woman of 64",
        "booked",
        person=born("1961-05-13", "2"),
        values={"package": "4"},
        answer="1",
    ),
    booking(
        "elder", "65岁", "65 years", "booked", person=born("1961-05-12"), values={"package": "5"}, answer="1"
    ),
    booking(
        "chosen",
        "自选套餐",
        "chosen",
        "booked",
        person=born("1961-05-12"),
        values={"package": "3"},
        answer="1",
        package="3",
    ),
    booking("declined", "不参加", "declined", "declined", answer="2"),
    booking("unsaid", "未填是否参加", "no answer", "missing"),
    *treatment_examples(FOLLOWED.id, "row D2-04"),
)
