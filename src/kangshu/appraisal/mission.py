"""The rows of the mission that packages, appraisals and projects answer."""

from kangshu.declare.mission import Row
from kangshu.kernel.text import Text

rows = (
    Row(
        "D2-01",
        Text("基本公共卫生服务包", "Service packages"),
        ("appraisal:package", "appraisal:progress", "appraisal:item", "summaries:targets"),
        ("tests/appraisal/test_packages.py",),
    ),
    Row(
        "D2-02",
        Text("绩效考核与资金结算", "Appraisal and settlement"),
        ("appraisal:list", "appraisal:one", "appraisal:checks", "appraisal:check", "appraisal:entry"),
        (
            "tests/appraisal/test_appraisal.py",
            "tests/appraisal/test_scoring.py",
            "tests/appraisal/test_sampling.py",
            "tests/appraisal/test_settling.py",
        ),
    ),
    Row(
        "D2-06",
        Text("重大公共卫生服务项目", "Major public-health projects"),
        ("appraisal:programmes", "appraisal:programme", "appraisal:new_programme"),
        ("tests/appraisal/test_programmes.py",),
    ),
    Row(
        "D9-06",
        Text("民生实事项目", "Promised projects"),
        ("appraisal:projects", "appraisal:project", "appraisal:new_project"),
        ("tests/appraisal/test_projects.py",),
    ),
)
