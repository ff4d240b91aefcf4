"""A summary somebody wrote is uploaded, on a phone and at a desk: what is wrong stands in the margin."""

from __future__ import annotations

import pytest
from tests.journeys.conftest import World

SUMMARY = """某县卫生健康局2023年工作总结及2024年工作打算
今年以来，全县卫生健康系统围绕中心、服务大局，各项工作取得明显成效。
一、疾病预防控制
应种儿童10837人，实种儿童10714人，接种率98.86%。报告传染病286例，其中本地病例232例，外地病例56例。
乙类传染病居前三位的是肺结核、病毒性肝炎、手足口病。
二、妇幼健康
全县活产数2510人，婴儿死亡率为3.98‰，围产儿死亡率为12.21%。
三、综合监督
监测公共场所562户次，合格543户次，合格率96.92%。新建标准化卫生室x个（东河、西河、南山）。
共检查医疗机构126户次，立案12件，结案11件，结案率91.67%。
"""


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_an_officer_audits_a_summary(visitor, world: World, screen):
    officer = visitor(screen)
    officer.sign_in_past_second_factor(world.accounts.bureau_officer)
    officer.open("/summaries/")
    officer.follow("审核总结")
    officer.page.locator("#file").set_input_files(
        {"name": "工作总结.txt", "mimeType": "text/plain", "buffer": SUMMARY.encode()}
    )
    officer.picture("form")
    officer.press("审核", exact=False)
    officer.sees("543 ÷ 562 = 96.6192%")
    officer.sees("232 + 56 = 288例")
    officer.sees("手足口病属丙类")
    officer.picture("audited")
    officer.check_accessible()
    officer.page.locator(".show-proven").uncheck()
    assert officer.page.get_by_text("543 ÷ 562").filter(visible=True).count() == 0
