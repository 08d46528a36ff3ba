"""``python -m bench foreign``: what the forms of five invented bureaus propose, counted against the truth of who drew them; no speed."""

import argparse
import sys
from collections.abc import Sequence

from kpi.workbook.process.parser import Parser
from tests.foreign.judging import BUREAUS, ForeignScore, judged

_MEASURES = ("right", "unit", "kind", "lacking", "extra")
_RATES = ("right", "asked", "wrong", "wrong accepted", "lacking", "rightly asked")


def main(arguments: Sequence[str]) -> int:
    """
    Count, and print a line a bureau and what is not right.

    Returns:
        Whether fewer than 95 % of the measures or 90 % of the rates are right, or a wrong rate is accepted: the exit code.

    """
    argparse.ArgumentParser(prog="python -m bench foreign", description="Proposals from drawn forms beside the truth about them.").parse_args(arguments)
    whole = ForeignScore()
    with Parser() as parser:
        for bureau in BUREAUS:
            forms = bureau.forms()
            _, score = judged(forms, parser)
            print(_line(bureau.BUREAU, len(forms), score), flush=True)
            for words in score.words:
                print(f"  {words}", file=sys.stderr)
            whole.add(score)
    print(_line("合计", sum(len(bureau.forms()) for bureau in BUREAUS), whole))
    measures = sum(whole.measures[verdict] for verdict in _MEASURES[:4])
    rates = sum(whole.rates[verdict] for verdict in ("right", "asked", "wrong", "lacking"))
    enough = whole.measures["right"] >= 0.95 * measures and whole.rates["right"] >= 0.9 * rates
    return int(not enough or bool(whole.rates["wrong accepted"]))


def _line(name: str, forms: int, score: ForeignScore) -> str:
    measures = "，".join(f"{verdict} {score.measures[verdict]}" for verdict in _MEASURES)
    rates = "，".join(f"{verdict} {score.rates[verdict]}" for verdict in _RATES)
    return f"{name}：{forms} 种报表；measures: {measures}；rates: {rates}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
