"""Random ledgers through the real intake, and after every few of them each figure beside the model."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from kpi.bureau import LiveBureau, open_bureau
from kpi.catalog.load import DEFAULT
from kpi.filing.intake import Outcome, Upload, accept, prepare
from kpi.period import Month
from tests.kpi.workbook.ledgers.books import rows_of
from tests.oracle.ledgers.kinds import KINDS
from tests.oracle.ledgers.onfile import Filed
from tests.oracle.ledgers.senders import TODAY, Sent, files

_LACKS = re.compile(r"其中 (\d+) 件这份里没有")


@dataclass
class Compared:
    """How many figures were compared, how many ledgers were sent and cases asked about, and what differs."""

    figures: int = 0
    ledgers: int = 0
    asked: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: "Compared") -> None:
        """Count what another bureau gave as well."""
        self.figures += other.figures
        self.ledgers += other.ledgers
        self.asked += other.asked
        self.differences += other.differences

    def __str__(self) -> str:
        return f"{self.figures} figures of {self.ledgers} ledgers compared, {self.asked} missing cases asked about, {len(self.differences)} differences"


def run(folder: Path, seed: int, count: int, every: int = 10) -> Compared:
    """Send so many ledgers of a seed to a bureau of its own, and compare all figures each time so many were sent."""
    compared, filed = Compared(), Filed()
    with open_bureau(folder, DEFAULT) as bureau:
        for number, sent in enumerate(files(seed, count), 1):
            _send(bureau, sent, filed, compared)
            compared.ledgers += 1
            if number % every == 0:
                _compare(bureau, filed, compared)
        _compare(bureau, filed, compared)
    return compared


def _send(bureau: LiveBureau, sent: Sent, filed: Filed, compared: Compared) -> None:
    """File a ledger; what it is asked about must be what the model says is missing, and nothing else may be gone."""
    before = _keys(bureau, sent)
    upload = replace(upload_of(sent), cases="adds" if sent.adds else "")
    prepared = prepare(bureau, [upload], today=TODAY)
    refused = [finding.seen for one in prepared for finding in one.findings if one.status is Outcome.REJECTED]
    if refused:
        compared.differences.append(f"{sent.title}：{refused}")
    accept(bureau, [replace(one, note="已核对") for one in prepared], "王统计")
    lacking = {month: len(keys) for month, keys in filed.take(sent).items()}
    named = {one.period: int(match[1]) for one in prepared for finding in one.findings if (match := _LACKS.search(finding.seen))}
    if lacking != named:
        compared.differences.append(f"{sent.title}（{sent.station}）：少 {lacking}，问了 {named}")
    compared.asked += sum(named.values())
    after = _keys(bureau, sent)
    gone = {month: len(keys - set().union(*after.values())) for month, keys in before.items()}
    silent = {month: many for month, many in gone.items() if many > (0 if sent.adds else named.get(month, 0))}
    if silent:
        compared.differences.append(f"{sent.title}（{sent.station}）：没有问就少了 {silent}")


def upload_of(sent: Sent) -> Upload:
    """A ledger as CSV."""
    lines = [sent.title, " | ".join(sent.kind.headings), *(" | ".join(row[heading] for heading in sent.kind.headings) for row in sent.rows)]
    text = "\n".join(",".join(cells) for cells in rows_of("\n".join(lines)))
    return Upload(sent.file, text.encode("gb18030"))


def _keys(bureau: LiveBureau, sent: Sent) -> dict[Month, set[str]]:
    return {submission.period: set(kept.keys) for submission, kept, _ in bureau.store.filed_ledger(sent.kind.office, sent.kind.code)}


def _compare(bureau: LiveBureau, filed: Filed, compared: Compared) -> None:
    """Every figure of every month that is known, of the month and of the year so far."""
    for (code, month), (of_month, total) in filed.figures().items():
        present = bureau.store.background(month).present
        for measure, number in of_month.items():
            known = present.get(measure)
            compared.figures += 1
            if known is None or known.month != number:
                compared.differences.append(f"{code} {month} {measure}：应为 {number}，是 {known.month if known else None}")
            if total is not None:
                compared.figures += 1
                if known is None or known.ytd != total[measure]:
                    compared.differences.append(f"{code} {month} {measure} 本年累计：应为 {total[measure]}，是 {known.ytd if known else None}")
    known_months = {month for _, month in filed.figures()}
    for kind in KINDS:
        for submission, _, _ in bureau.store.filed_ledger(kind.office, kind.code):
            if submission.period not in known_months or submission.period not in filed.cases[kind.code]:
                compared.differences.append(f"{kind.code} {submission.period}：没有哪份台账报过这个月")
