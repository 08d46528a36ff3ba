"""What is written beside the code is true of it: every file and folder that a page names is there, every name in the glossary is in the code."""

import re
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(path for folder in (".", "bench", "data/*", "docs", "findings", "tests/faults/folders") for path in ROOT.glob(f"{folder}/*.md"))
TOP = ("kpi/", "pages/", "tests/", "bench/", "docs/", "data/", "deploy/", "findings/", ".ci/", ".streamlit/")
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
NAMED = re.compile(r"`([^`\s]+)`")
CODE = ("kpi/**/*.py", "pages/**/*.py", "kpi/store/sql/*.sql")


def missing(page: Path) -> list[str]:
    """The paths that a page names and that lead nowhere; ``<office>`` in one stands for any name."""
    text = page.read_text("utf-8")
    links = [page.parent / link for link in LINK.findall(text) if "://" not in link]
    paths = [name for name in NAMED.findall(text) if name.startswith(TOP)]
    found = [str(link) for link in links if not link.exists()]
    return found + [path for path in paths if not any(ROOT.glob(re.sub(r"<[^>]*>", "*", path)))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_is_there(page: Path) -> None:
    """A file that is moved takes along what is written of it."""
    assert missing(page) == []


def test_names_of_the_glossary_are_in_the_code() -> None:
    """The pages, the sheets and the code use the same words."""
    office = (ROOT / "GLOSSARY.md").read_text("utf-8").partition("## 代码的词")[0]
    names = {name for line in office.splitlines() if line.startswith("| ") for name in NAMED.findall(line.rpartition(" | ")[2])}
    words = set(chain.from_iterable(re.findall(r"\w+", path.read_text("utf-8")) for pattern in CODE for path in ROOT.glob(pattern)))

    assert len(names) > 80
    assert names - words == set()


def test_the_gate_runs_the_command_of_the_readme() -> None:
    """``.ci/run`` takes the first line with -m pytest for what the README promises."""
    first = next(line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "-m pytest" in line)

    assert first.endswith("-r requirements-dev.txt && .venv/bin/python -m pytest")
