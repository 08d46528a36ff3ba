"""Workbooks with bytes changed by chance: any byte, cut, moved, or the text of a part inside the container."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from random import Random

_TOKENS = (b"<", b">", b'"', b"/", b"r=", b"-1", b"4294967295", b"XFD1048576", b"&lt;", b"<c ", b"<row ", b"\0", b"1e999")


def mutated(books: Mapping[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many files, each of one of these books by its name."""
    chance = Random(seed)
    names = list(books)
    for number in range(count):
        name = names[number % len(names)]
        ways: tuple[Callable[[bytes, Random], bytes], ...] = (_bytes, _cut, _moved)
        if zipfile.is_zipfile(BytesIO(books[name])):
            ways = (_bytes, _cut, _inside, _inside, _moved)
        yield name, chance.choice(ways)(books[name], chance)


def _bytes(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 16)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _moved(data: bytes, chance: Random) -> bytes:
    first, second = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return data[:first] + data[second:] + data[first:second]


def _inside(data: bytes, chance: Random) -> bytes:
    """The text of one part changed, and the container put together again."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as sink:
        names = source.namelist()
        chosen = chance.choice([name for name in names if source.getinfo(name).file_size])
        for name in names:
            content = bytearray(source.read(name))
            for _ in range(chance.randint(1, 8) if name == chosen else 0):
                at = chance.randrange(len(content))
                content[at : at + chance.randint(0, 4)] = chance.choice(_TOKENS)
            sink.writestr(name, bytes(content))
    return buffer.getvalue()
