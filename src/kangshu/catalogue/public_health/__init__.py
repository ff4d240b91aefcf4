"""Money of public health: basic services are paid in advance, then by the score of their appraisal; major
projects for each person served."""

from __future__ import annotations

from kangshu.declare.fund import Fund
from kangshu.kernel.text import Text

funds = (
    Fund(
        "public_health.basic",
        Text("基本公共卫生服务补助资金", "Basic public-health services"),
        Text(
            "按常住人口和绩效评价结果拨付给承担基本公共卫生服务的机构",
            "paid to institutions by residents and by the result of their appraisal",
        ),
        source="基本公共卫生服务等项目补助资金管理办法；norms A0.2, J3",
    ),
    Fund(
        "public_health.major",
        Text("重大公共卫生服务项目补助资金", "Major public-health projects"),
        Text(
            "按服务人数和补助标准结算给承担重大公共卫生服务项目的机构",
            "paid to institutions for each person served by a major project",
        ),
        source="重大公共卫生服务补助资金管理办法",
    ),
)
