"""The names of acts, for people who read the trail. An act without a name here shows its code."""

from __future__ import annotations

from collections.abc import Mapping

from kangshu.kernel.text import Text

#: The first part of an act's code: what it was about.
SUBJECTS: Mapping[str, Text] = {
    "account": Text("账号与登录", "Accounts and sign-in"),
    "role": Text("任职", "Roles"),
    "compartment": Text("保密专项", "Confidential programmes"),
    "grant": Text("单人授权", "Grants"),
    "page": Text("被拒绝的页面", "Refused pages"),
    "person": Text("居民", "Residents"),
    "record": Text("服务记录", "Records"),
    "case": Text("专案", "Cases"),
    "care": Text("诊疗", "Care"),
    "data": Text("导入导出", "Imports and exports"),
    "summary": Text("工作总结", "Summaries"),
}

ACTS: Mapping[str, Text] = {
    "account.signed_in": Text("登录", "signed in"),
    "account.signed_out": Text("退出登录", "signed out"),
    "account.sign_in_failed": Text("登录失败", "failed to sign in"),
    "account.second_factor_enrolled": Text("绑定验证器", "set up the second step"),
    "account.second_factor_shown": Text("通过第二步验证", "passed the second step"),
    "account.second_factor_failed": Text("第二步验证失败", "failed the second step"),
    "account.second_factor_reset": Text("重置第二步验证", "reset the second step"),
    "account.created": Text("新建账号", "made an account"),
    "account.changed": Text("修改账号", "changed an account"),
    "account.password_reset": Text("重置密码", "reset a password"),
    "account.password_changed": Text("修改本人密码", "changed the own password"),
    "account.unlocked": Text("解锁账号", "unlocked an account"),
    "account.activated": Text("启用账号", "activated an account"),
    "account.deactivated": Text("停用账号", "deactivated an account"),
    "role.assigned": Text("授予任职", "gave a role"),
    "role.removed": Text("取消任职", "took a role away"),
    "compartment.opened": Text("开放保密专项", "opened a confidential programme"),
    "compartment.closed": Text("关闭保密专项", "closed a confidential programme"),
    "grant.referral": Text("转诊授权", "opened a record by referral"),
    "grant.treatment": Text("诊疗授权", "opened a record for treatment"),
    "grant.contract": Text("签约授权", "opened a record by contract"),
    "grant.open_case": Text("专案授权", "opened a record for a case"),
    "grant.break_glass": Text("紧急访问授权", "opened a record in an emergency"),
    "grant.revoked": Text("终止授权", "ended a grant"),
    "grant.reviewed": Text("复核紧急访问", "reviewed an emergency access"),
    "page.refused": Text("访问被拒绝", "was refused"),
    "person.read": Text("查看居民档案", "read a resident's record"),
    "person.searched": Text("检索居民", "searched for residents"),
    "person.registered": Text("建档", "registered a resident"),
    "person.changed": Text("修改居民信息", "changed a resident"),
    "person.died": Text("登记死亡", "recorded a death"),
    "person.moved": Text("登记迁移", "recorded a move"),
    "person.merged": Text("合并档案", "merged two residents"),
    "person.unmerged": Text("撤销合并", "undid a merge"),
    "person.printed": Text("打印居民档案", "printed a resident's record"),
    "person.exported": Text("导出居民信息", "exported residents"),
    "person.looked_up_outside": Text("跨机构查找居民", "looked for a person outside the scope"),
    "person.opened_in_emergency": Text("紧急打开居民档案", "opened a resident's record in an emergency"),
    "record.read": Text("查看服务记录", "read a record"),
    "record.saved": Text("保存服务记录", "saved a record"),
    "record.corrected": Text("更正服务记录", "corrected a record"),
    "record.withdrawn": Text("撤回服务记录", "withdrew a record"),
    "case.opened": Text("纳入管理", "enrolled a case"),
    "case.closed": Text("结束管理", "closed a case"),
}


def act(code: str) -> Text:
    """The name of an act, or its code."""
    return ACTS.get(code) or Text(code, code)
