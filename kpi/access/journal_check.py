"""Whether accounts and audit are as they were written (核对): each damage in a sentence."""

from pathlib import Path

from kpi.access.accounts import Accounts
from kpi.access.api_tokens import ApiTokens
from kpi.access.audit import Audit
from kpi.errors import StoreError


def verify(data: Path) -> list[str]:
    """What is wrong with the journals of a data folder; empty where nothing is, or there are none."""
    faults = []
    for journal in (Accounts, Audit, ApiTokens):
        try:
            journal(data)
        except StoreError as fault:
            faults.append(str(fault))
    return faults
