"""The rules of docs/developing.md for names and files, which a reader relies on to find the room for a change."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for top in ("kpi", "pages") for path in (ROOT / top).rglob("*.py"))
EVERY = sorted([ROOT / "app.py", *SOURCES, *(ROOT / "bench").rglob("*.py")])
STARTERS = {"__init__", "__main__"}
LONGEST = 300
LOGGED = "kpi/store/answer.py said"  # the log calls it so
EMPTY = {"one", "said", "told", "found", "held"}
CLASS_LIKE = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")


def places(names: Iterable[tuple[str, Path]]) -> dict[str, list[str]]:
    """The names that stand in more than one file, with the files."""
    files = defaultdict[str, list[str]](list)
    for name, path in names:
        files[name].append(path.relative_to(ROOT).as_posix())
    return {name: where for name, where in files.items() if len(where) > 1}


def types(tree: ast.Module) -> Iterator[str]:
    """The public types of a module: its classes, and the names it gives to types of others."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        names = [node.name] if isinstance(node, ast.ClassDef) else [target.id for target in targets if isinstance(target, ast.Name)]
        yield from (name for name in names if CLASS_LIKE.fullmatch(name))


def test_no_two_public_types_share_a_name() -> None:
    """A class that is looked for, or a name given to a type, is one thing in whatever room."""
    named = [(name, path) for path in SOURCES for name in types(ast.parse(path.read_text("utf-8")))]

    assert len(named) > 200
    assert places(named) == {}


def test_no_two_modules_share_a_name() -> None:
    """The name of a module says which one it is, without its folder."""
    assert places((path.stem, path) for path in SOURCES if path.stem not in STARTERS) == {}


def test_no_variable_has_a_name_that_says_nothing() -> None:
    """A row is a row and a month a month: the reader does not have to look up what was found or said."""
    empty = []
    for path in EVERY:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else node.arg if isinstance(node, ast.arg) else ""
            if name in EMPTY:
                empty.append(f"{path.relative_to(ROOT).as_posix()} {name}")

    assert empty == [LOGGED]


def test_no_file_is_long() -> None:
    """A file with one job is read in one go."""
    long = {path.relative_to(ROOT).as_posix() for path in EVERY if len(path.read_text("utf-8").splitlines()) > LONGEST}

    assert long == set()


def test_the_command_line_is_started_in_a_line() -> None:
    """What a command does lies in ``kpi/cli``, and ``python -m kpi`` only begins it."""
    tree = ast.parse((ROOT / "kpi" / "__main__.py").read_text("utf-8"))

    assert [type(node) for node in tree.body[1:]] == [ast.Import, ast.ImportFrom, ast.If]
