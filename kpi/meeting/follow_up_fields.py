"""What somebody types into the fields of a follow-up (督办): steps, one a line, and the value that is promised."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from kpi.errors import RequestError
from kpi.store.follow_up import Step

_DAY = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日）)前。\s]*$")
_BEFORE_DAY = " \t\u3000，,、；;：:（("
_TAIL = 30  # signs at the end of a line among which a day is looked for
_DIGITS = 18  # of a value that can be promised
_NUMBER = re.compile(r"^(?P<number>[+-]?[\d,，]*\.?\d+)\s*(?P<unit>\D*)$")


def steps_of(text: str) -> tuple[Step, ...]:
    """
    The steps of a text, one a line, each with the day that stands at its end, if one does: ``补检 2023-12-20``.

    Raises:
        RequestError: A day is none.

    """
    return tuple(_step(line.strip(), number) for number, line in enumerate((line for line in text.splitlines() if line.strip()), 1))


def value_of(text: str, unit: str) -> Decimal | None:
    """
    The value that is promised, in the unit of the indicator, which may stand behind it: ``98.0`` or ``98.0%``; None of an empty text.

    Raises:
        RequestError: It is no number, or one in another unit.

    """
    if not text.strip():
        return None
    match = _NUMBER.match(text.strip())
    if match is None or match["unit"].strip() not in ("", unit, "％" if unit == "%" else unit):
        raise RequestError(f"答应达到的数写的是「{text.strip()}」，不是{f'以{unit}计的' if unit else ''}数；请只写数字，如 98.0，或不写。")
    if sum(sign.isdecimal() for sign in match["number"]) > _DIGITS:
        raise RequestError(f"答应达到的数写的是「{text.strip()[:_DIGITS]}…」，太长；请写不超过 {_DIGITS} 位的数，或不写。")
    try:
        return Decimal(re.sub("[,，]", "", match["number"]))
    except InvalidOperation:
        raise RequestError(f"答应达到的数写的是「{text.strip()}」，不是数；请只写数字，如 98.0，或不写。") from None


def _step(line: str, number: int) -> Step:
    match = _DAY.search(line, max(len(line) - _TAIL, 0))
    if match is None:
        return Step(line)
    try:
        return Step(line[: match.start()].rstrip(_BEFORE_DAY), date(int(match["year"]), int(match["month"]), int(match["day"])))
    except ValueError:
        raise RequestError(f"第 {number} 步「{line}」的日期不对，日历上没有这一天；请改成 2023-12-20 这样的日期。") from None
