"""
The setting under which reports are accepted in two steps (两步审核): who sends them is not who accepts them.

``KPI_TWO_STEPS`` is ``yes`` or ``no`` (also when absent).  With it, what somebody sends who may not accept is referred.
"""

import re

from kpi.access.caller import Caller
from kpi.access.roles import Right
from kpi.setting import yes_or_no

SETTING = "KPI_TWO_STEPS"
_STORED_BY_THE_SENDER = re.compile("(可以|(?:写明说明|写明原因|回答)后(?:都)?|说明再|请一起|请不要)入库")


def two_steps() -> bool:
    """
    Whether reports are accepted in two steps.

    Raises:
        RequestError: The setting is neither yes nor no.

    """
    return yes_or_no(SETTING, "填报员送审，审核员审核后才入库", "填报员直接入库")


def refers(caller: Caller) -> bool:
    """Whether what somebody sends waits for another one to accept it."""
    return two_steps() and not caller.may(Right.ACCEPT)


def to_the_sender(caller: Caller, sentence: str) -> str:
    """A sentence about what its sender may do with a report: 可以入库 is 可以送审 for who can only send it."""
    return _STORED_BY_THE_SENDER.sub(r"\1送审", sentence) if refers(caller) else sentence
