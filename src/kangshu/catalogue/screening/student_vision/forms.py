"""Forms of student vision: the screening by class, and what the eye clinic told (norms K6)."""

from __future__ import annotations

from kangshu.catalogue.asking import coded, number, one_of, words
from kangshu.catalogue.judging import part, said, sheet
from kangshu.declare import Field, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "儿童青少年近视防控适宜技术指南；norms K6"
ID = "screening.student_vision"

SCREENED = {
    "normal": said("视力正常", "Normal", "下学期再查。", "Again next term."),
    "poor": said(
        "视力不良，非筛查性近视：转诊",
        "Poor vision, not myopic: refer",
        "转眼科检查，结果反馈学校。",
        "To the eye clinic; tell the school.",
        refer=True,
    ),
    "myopia": said(
        "筛查性近视：转诊",
        "Screening myopia: refer",
        "转眼科确诊、验光配镜，结果反馈学校。",
        "To the eye clinic; tell the school.",
        refer=True,
    ),
}
REFERRED = {
    "confirmed": said(
        "确诊近视", "Myopia confirmed", "按医嘱矫正，下学期复查。", "Correct as told; again next term."
    ),
    "excluded": said("非近视", "No myopia", "下学期再查。", "Again next term."),
    "not_gone": said("未就诊", "Has not gone", "督促家长带孩子就诊。", "Ask the parents to go."),
}
GLASSES = coded(
    ("0", "无", "none"),
    ("1", "框架眼镜", "spectacles"),
    ("2", "隐形眼镜", "contact lenses"),
    ("3", "角膜塑形镜（OK镜）", "OK lenses"),
)
GRADES = coded(
    ("k", "幼儿园", "kindergarten"),
    *((str(n), f"小学{n}年级", f"primary {n}") for n in range(1, 7)),
    *((str(n + 6), f"初中{n}年级", f"junior {n}") for n in range(1, 4)),
    *((str(n + 9), f"高中{n}年级", f"senior {n}") for n in range(1, 4)),
)


def _vision(name: str, zh: str, en: str, *, required: bool = False) -> Field:
    """On the five-point logarithmic chart, 3.0 to 5.3."""
    return number(name, zh, en, "", ("3", "5.3"), ("4", "5.2"), places=1, required=required)


def _sphere(name: str, zh: str, en: str) -> Field:
    return number(name, zh, en, "D", (-25, 20), (-10, 5), places=2)


SCREENING = sheet(
    f"{ID}.screening",
    Text("学生视力筛查表", "Student vision screening"),
    "screened",
    SCREENED,
    SOURCE,
    part(
        "class",
        "班级",
        "Class",
        words("school", "学校", "School", length=60, required=True),
        one_of("grade", "年级", "Grade", GRADES, required=True, carried=False),
        words("class_name", "班级", "Class", length=20),
    ),
    part(
        "vision",
        "视力与屈光",
        "Vision and refraction",
        one_of("glasses", "戴镜类型", "Glasses", GLASSES, required=True, carried=False),
        _vision("right_naked", "右眼裸眼视力", "Right eye, naked", required=True),
        _vision("left_naked", "左眼裸眼视力", "Left eye, naked", required=True),
        _vision("right_corrected", "右眼戴镜视力", "Right eye, with glasses"),
        _vision("left_corrected", "左眼戴镜视力", "Left eye, with glasses"),
        _sphere("right_sphere", "右眼球镜", "Right sphere"),
        number("right_cylinder", "右眼柱镜", "Right cylinder", "D", (-15, 15), (-6, 6), places=2),
        number("right_axis", "右眼轴位", "Right axis", "°", (0, 180)),
        _sphere("left_sphere", "左眼球镜", "Left sphere"),
        number("left_cylinder", "左眼柱镜", "Left cylinder", "D", (-15, 15), (-6, 6), places=2),
        number("left_axis", "左眼轴位", "Left axis", "°", (0, 180)),
    ),
)
FEEDBACK = sheet(
    f"{ID}.feedback",
    Text("视力异常转诊反馈", "Vision: what the eye clinic told"),
    "referred",
    REFERRED,
    SOURCE,
    part(
        "feedback",
        "复诊反馈",
        "Feedback",
        one_of(
            "gone",
            "是否就诊",
            "Went",
            numbered(("已就诊", "yes"), ("未就诊", "no")),
            required=True,
            carried=False,
        ),
        one_of(
            "diagnosis",
            "诊断",
            "Diagnosis",
            numbered(
                ("近视", "myopia"),
                ("远视或散光", "hyperopia or astigmatism"),
                ("弱视斜视等", "amblyopia, squint, other"),
                ("正常", "normal"),
            ),
            visible=answer("gone").equals("1"),
            required=answer("gone").equals("1"),
            measured=True,
        ),
        one_of(
            "correction",
            "矫正方式",
            "Correction",
            numbered(
                ("配框架眼镜", "spectacles"),
                ("OK镜", "OK lenses"),
                ("药物", "drops"),
                ("观察", "watched"),
                ("未矫正", "none"),
            ),
            visible=answer("gone").equals("1"),
            carried=False,
        ),
        words("hospital", "就诊机构", "Hospital", length=60, visible=answer("gone").equals("1")),
    ),
)
