"""
Workbooks with bytes changed by chance: how many are read, how many refused, and that nobody else is harmed.

``python -m bench.mutations [COUNT] [SEED]``.  The counts are a report, not a timing; a file that is neither read nor
refused with a sentence ends it with a traceback.
"""

import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO

from kpi.catalog import load
from kpi.errors import WorkbookError
from kpi.period import Month
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.process.parser import Parser
from kpi.workbook.writing.template import write_template

COUNT = 2_000
SEED = 20231123
_TOKENS = (b"<", b">", b'"', b"/", b"r=", b"-1", b"4294967295", b"XFD1048576", b"&lt;", b"<c ", b"<row ", b"\0", b"1e999")


def mutations(count: int, seed: int) -> Counter[str]:
    """What became of so many mutated workbooks."""
    catalog = load.load(load.DEFAULT)
    good = write_template(catalog, next(iter(catalog.offices)), Month(2023, 11))
    chance = random.Random(seed)
    ways: tuple[Callable[[bytes, random.Random], bytes], ...] = (_bytes, _cut, _inside, _inside, _moved)
    outcomes: Counter[str] = Counter()
    with Parser() as parser:
        for _ in range(count):
            data = chance.choice(ways)(good, chance)
            started = time.monotonic()
            try:
                reports = read_reports(parser.parse(data, "变.xlsx"), catalog)
                outcomes["read" if reports[0].readings else "read, nothing certain"] += 1
            except WorkbookError as error:
                outcomes["lost in the child" if "时间或内存" in str(error) else "refused"] += 1
            outcomes["slower than 2 s"] += time.monotonic() - started > 2
        assert parser.parse(good, "好.xlsx")
    return outcomes


def _bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 16)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _moved(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return data[:a] + data[b:] + data[a:b]


def _inside(data: bytes, chance: random.Random) -> bytes:
    """The text of one part changed, and the container put together again."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as sink:
        names = source.namelist()
        chosen = chance.choice([name for name in names if name.startswith("xl/")])
        for name in names:
            content = bytearray(source.read(name))
            for _ in range(chance.randint(1, 8) if name == chosen else 0):
                at = chance.randrange(len(content))
                content[at : at + chance.randint(0, 4)] = chance.choice(_TOKENS)
            sink.writestr(name, bytes(content))
    return buffer.getvalue()


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    for outcome, times in mutations(*arguments, *(COUNT, SEED)[len(arguments) :]).most_common():
        print(f"{times:6d}  {outcome}")
