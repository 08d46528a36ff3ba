"""Who may do what (角色): the rights of each role, in one table."""

from collections.abc import Mapping
from enum import StrEnum


class Right(StrEnum):
    """What a person may be allowed to do; the value is how a refusal names it."""

    READ = "看数"
    SUBMIT = "报送报表"
    ACCEPT = "审核和撤回报送"
    CLOSE = "锁定期间"
    MEET = "定稿、会议记录和督办"
    SIGN = "签字办结督办"
    DEFINE = "改指标目录和目标"
    ADMIT = "管理账号"
    OPERATE = "看运行情况"
    REMIND = "发通知"
    AUDIT = "查审计记录"


class AccountRole(StrEnum):
    """What an account is for."""

    LEADER = "领导"
    FILER = "填报员"
    REVIEWER = "审核员"
    ADMINISTRATOR = "管理员"
    AUDITOR = "审计员"


RIGHTS: Mapping[AccountRole, frozenset[Right]] = {
    AccountRole.LEADER: frozenset({Right.READ, Right.SIGN}),
    AccountRole.FILER: frozenset({Right.READ, Right.SUBMIT}),
    AccountRole.REVIEWER: frozenset({Right.READ, Right.SUBMIT, Right.ACCEPT, Right.CLOSE, Right.MEET, Right.REMIND}),
    AccountRole.ADMINISTRATOR: frozenset({Right.DEFINE, Right.ADMIT, Right.OPERATE, Right.REMIND}),
    AccountRole.AUDITOR: frozenset({Right.AUDIT}),
}
"""等保2.0: those who manage accounts see no figures, those who look through the audit change nothing."""
