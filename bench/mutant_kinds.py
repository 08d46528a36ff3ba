"""
Small faults put into a program: every place of a file where one can stand, and the text with it.

Python is read as a tree, so that only what is computed is changed, never an annotation, a text or a decorator; SQL is
changed by words, its comments left alone.
"""

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
_OPERATORS: dict[type[ast.operator], tuple[str, str]] = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*")}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "sum": "max", "floor": "ceil", "ceil": "floor"}
_SQL_WORDS = (
    ("sum to max", r"\bsum(?=\()", "max"),
    ("max to min", r"\bmax(?=\()", "min"),
    ("min to max", r"\bmin(?=\()", "max"),
    ("arg_max to arg_min", r"\barg_max(?=\()", "arg_min"),
    ("bool_or to bool_and", r"\bbool_or(?=\()", "bool_and"),
    ("bool_and to bool_or", r"\bbool_and(?=\()", "bool_or"),
    ("> to >=", r"(?<= )>(?= )", ">="),
    (">= to >", r"(?<= )>=(?= )", ">"),
    ("< to <=", r"(?<= )<(?= )", "<="),
    ("<= to <", r"(?<= )<=(?= )", "<"),
    ("!= to =", r"(?<= )(!=|<>)(?= )", "="),
    ("and to or", r"\band\b", "or"),
    ("or to and", r"\bor\b", "and"),
    ("desc to asc", r"\bdesc\b", "asc"),
    ("asc to desc", r"\basc\b", "desc"),
    ("is not null to is null", r"\bis not null\b", "is null"),
    ("is null to is not null", r"\bis null\b", "is not null"),
    ("left join to inner join", r"\bleft join\b", "inner join"),
    ("not removed", r"\bnot (?=\w+[.(\w]*)(?!null|exists)", ""),
    ("+ to -", r"(?<= )\+(?= )", "-"),
    ("- to +", r"(?<= )-(?= )", "+"),
)


@dataclass(frozen=True)
class Mutant:
    """A file with one fault in it."""

    path: str  # below the root of the project
    line: int
    kind: str
    start: int  # which characters of the text are another one
    end: int
    instead: str

    def applied(self, text: str) -> str:
        """The text of the file with the fault."""
        return text[: self.start] + self.instead + text[self.end :]

    def runs(self, text: str) -> bool:
        """Whether it is a program at all."""
        try:
            return self.path.endswith(".sql") or bool(compile(self.applied(text), self.path, "exec", dont_inherit=True))
        except SyntaxError:
            return False


def mutants(root: Path, path: str) -> list[Mutant]:
    """Every mutant of a file, by place."""
    text = (root / path).read_text(encoding="utf-8")
    every = _of_sql(path, text) if path.endswith(".sql") else _OfPython(path, text).mutants()
    return sorted(set(every), key=lambda mutant: (mutant.start, mutant.end, mutant.kind))


class _OfPython:
    """The mutants of one module."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._text = path, text
        self._lines = [0]
        for line in text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def mutants(self) -> Iterator[Mutant]:
        return self._below(ast.parse(self._text))

    def _below(self, node: ast.AST) -> Iterator[Mutant]:
        """Those of a node and of what is below it, without texts, annotations and decorators."""
        if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Raise | ast.Assert):
            return
        yield from self._of(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_comment"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from self._below(child)

    def _of(self, node: ast.AST) -> Iterator[Mutant]:
        match node:
            case ast.Compare():
                for (left, right), operator in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
                    yield from self._between(left, right, _COMPARISONS.get(type(operator)))
            case ast.BinOp():
                yield from self._between(node.left, node.right, _OPERATORS.get(type(node.op)))
            case ast.BoolOp():
                words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
                for left, right in pairwise(node.values):
                    yield from self._between(left, right, words)
                    yield self._mutant("clause removed", self._end(left), self._end(right), "")
                first, second = node.values[:2]
                yield self._mutant("clause removed", self._start(first), self._start(second), "")
            case ast.UnaryOp(op=ast.Not()):
                yield self._mutant("not removed", self._start(node), self._start(node.operand), "")
            case ast.Constant():
                yield from self._of_constant(node)
            case ast.Call(func=ast.Name(id=name) as called) if name in _CALLS:
                yield self._mutant(f"{name} to {_CALLS[name]}", self._start(called), self._end(called), _CALLS[name])
            case ast.IfExp() | ast.If():
                yield self._mutant("condition negated", self._start(node.test), self._end(node.test), f"(not ({self._source(node.test)}))")
            case ast.comprehension():
                for test in node.ifs:
                    yield self._mutant("filter removed", self._start(test), self._end(test), "True")

    def _of_constant(self, node: ast.Constant) -> Iterator[Mutant]:
        """Another truth, or the whole numbers beside one; no other constant has any."""
        match node.value:
            case bool() as value:
                yield self._mutant(f"{value} to {not value}", self._start(node), self._end(node), str(not value))
            case int() as value:
                for other in (value + 1, value - 1):
                    yield self._mutant(f"{value} to {other}", self._start(node), self._end(node), str(other) if other >= 0 else f"({other})")

    def _between(self, left: ast.expr, right: ast.expr, words: tuple[str, str] | None) -> Iterator[Mutant]:
        """Another operator between two operands; brackets may stand beside it."""
        start, end = self._end(left), self._start(right)
        if words and (match := re.search(rf"(?<![<>=!\w]){re.escape(words[0])}(?![<>=\w])", self._text[start:end])):
            yield self._mutant(f"{words[0]} to {words[1]}", start + match.start(), start + match.end(), words[1])

    def _source(self, node: ast.expr) -> str:
        return self._text[self._start(node) : self._end(node)]

    def _start(self, node: ast.expr) -> int:
        return self._offset(node.lineno, node.col_offset)

    def _end(self, node: ast.expr) -> int:
        return self._offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def _offset(self, line: int, column: int) -> int:
        """The character at a line and a column, which Python counts in bytes."""
        begin = self._lines[line - 1]
        return begin + len(self._text[begin : self._lines[line]].encode()[:column].decode())

    def _mutant(self, kind: str, start: int, end: int, instead: str) -> Mutant:
        return Mutant(self._path, bisect_right(self._lines, start), kind, start, end, instead)


def _of_sql(path: str, text: str) -> Iterator[Mutant]:
    """The mutants of one statement, its comments and the tables of the schema aside."""
    code = re.sub(r"--[^\n]*", lambda comment: " " * len(comment[0]), text)
    code = re.sub(r"create table[^;]*;", lambda table: " " * len(table[0]), code)
    lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def mutant(kind: str, start: int, end: int, instead: str) -> Mutant:
        return Mutant(path, bisect_right(lines, start), kind, start, end, instead)

    for kind, pattern, instead in _SQL_WORDS:
        for match in re.finditer(pattern, code):
            yield mutant(kind, match.start(), match.end(), instead)
    for match in re.finditer(r"^ +and [^\n]*\n", code, re.MULTILINE):
        if match[0].count("(") == match[0].count(")"):
            yield mutant("clause removed", match.start(), match.end(), "\n")
    for match in re.finditer(r"\bcoalesce\(", code):
        if parts := _arguments(code, match.end()):
            first, end = parts
            yield mutant("coalesce removed", match.start(), end, code[match.end() : first])


def _arguments(code: str, start: int) -> tuple[int, int] | None:
    """Where the first argument of a call ends, and where the call does."""
    depth, first = 0, 0
    for place in range(start, len(code)):
        match code[place]:
            case "(":
                depth += 1
            case ")" if depth:
                depth -= 1
            case ")":
                return (first, place + 1) if first else None
            case "," if not depth and not first:
                first = place
    return None
