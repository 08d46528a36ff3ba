"""The cases of a month as they are kept: those of the file itself, and those on file that stay."""

from collections.abc import Sequence
from hashlib import sha256

from kpi.place import column_letters
from kpi.workbook.ledgers.case_columns import Ints, day_of
from kpi.workbook.ledgers.cases import Cases
from kpi.workbook.ledgers.cases_on_file import Together
from kpi.workbook.ledgers.double_rows import content
from kpi.workbook.report import KeptCases


def kept_cases(cases: Cases, together: Together, positions: Ints, columns: Sequence[str]) -> KeptCases:
    """
    Some cases with some of their columns.

    Args:
        cases: The rows of the file, and behind them those that stay on file.
        together: What stays, in their order.
        positions: Which rows.
        columns: Which columns; a row whose ledger lacks one of them is marked with it.

    """
    ledger = cases.ledger
    own, others = positions[positions < cases.own], [together.stays[at - cases.own] for at in positions[positions >= cases.own].tolist()]
    source = sha256("\n".join(sorted(cases.keys[at] or "|".join(content(cases, at)) for at in own.tolist())).encode()).hexdigest()[:8]
    return KeptCases(
        ledger=ledger.code,
        keys=[cases.keys[at] for at in positions.tolist()],
        days=[day_of(ordinal) for ordinal in cases.day[positions].tolist()],
        sheets=[*(cases.sheets[number].name for number in cases.sheet[own].tolist()), *(row.month.cases.sheets[row.at] for row in others)],
        rows=[*(cases.row[own] + 1).tolist(), *(row.month.cases.rows[row.at] for row in others)],
        columns={name: cases.cells[name].values(positions.tolist()) for name in columns},
        place=column_letters(cases.sheets[0].fields[ledger.keys[0]].index),
        sources=[*[source] * len(own), *(row.sheet[1] for row in others)],
        lacks=_lacks(cases, columns, positions),
    )


def _lacks(cases: Cases, columns: Sequence[str], positions: Ints) -> list[str]:
    """The columns that the ledgers of some rows had not; nothing where each had all."""
    lacking = {name: cases.lacking[name][positions].tolist() for name in sorted(columns) if name in cases.lacking and cases.lacking[name][positions].any()}
    return ["|".join(name for name, lacks in zip(lacking, row, strict=True) if lacks) for row in zip(*lacking.values(), strict=True)]
