"""What is installed: exact, the same everywhere, each file known by its hash, each licence named."""

import re
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement

from tests.third_party import FILE, ROOT, licence, normal, pins, text

RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
_ENTRY = re.compile(r"^[A-Za-z0-9._-]+==.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def elsewhere() -> set[str]:
    """The locked libraries that only another system or another Python installs."""
    lines = [line.rstrip(" \\") for line in DEVELOPMENT.read_text("utf-8").splitlines() if _ENTRY.match(line)]
    return {normal(need.name) for need in map(Requirement, lines) if need.marker and not need.marker.evaluate()}


@pytest.mark.parametrize("file", [RUNTIME, DEVELOPMENT, ROOT / ".ci" / "audit.txt"], ids=lambda file: file.name)
def test_every_library_has_a_hash(file):
    """With one hash in a file pip takes nothing that has none."""
    entries = _ENTRY.findall(file.read_text("utf-8"))
    assert len(entries) == len(pins(file)) > 20
    assert [entry.split("\n")[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []


@pytest.mark.parametrize(("named", "locked"), [("requirements.in", RUNTIME), ("requirements-dev.in", DEVELOPMENT)], ids=["runtime", "development"])
def test_what_the_code_names_is_locked(named, locked):
    assert pins(ROOT / named).items() <= pins(locked).items()


@pytest.mark.parametrize("file", [RUNTIME, DEVELOPMENT], ids=lambda file: file.name)
def test_what_a_library_needs_is_locked(file):
    """With hashes pip takes no library that the file does not name: one that is missing stops the installation."""
    locked = pins(file)
    installed = {name for name in locked if name not in elsewhere()}
    wanted = {
        (name, normal(need.name))
        for name in installed
        for need in map(Requirement, requires(name) or ())
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }
    assert {(name, need) for name, need in wanted if need not in locked} == set()


def test_tests_run_on_what_users_run_on():
    assert pins(RUNTIME).items() <= pins(DEVELOPMENT).items()


def test_what_is_locked_is_installed():
    others = elsewhere()
    assert {name: release for name, release in pins(DEVELOPMENT).items() if name not in others and version(name) != release} == {}


def test_every_licence_is_named():
    assert text() == FILE.read_text("utf-8"), "python -m tests.third_party"
    assert [name for name in pins(RUNTIME) if not licence(name)] == []
