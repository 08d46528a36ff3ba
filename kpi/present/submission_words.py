"""Who sent a submission, and who accepted it, as sentences say it."""

from kpi.store.signature import signature
from kpi.store.submission import Submission


def sent(submission: Submission) -> str:
    """Who sent it when, and after that who accepted it: ``王统计于 2023-12-04 09:30 送审，李主任于 2023-12-05 10:00 审核入库``."""
    if submission.referred_at is None:
        return f"{signature(submission.by, submission.at)} 报送"
    return f"{signature(submission.by, submission.referred_at)} 送审，{signature(submission.accepted_by, submission.at)} 审核入库"
