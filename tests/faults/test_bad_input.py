"""
Values and files that nobody means: the server lives, the answer is in Chinese, nothing is half stored.

``python -m bench faults --kind input`` takes thousands; this takes a share.
"""

import shutil
from pathlib import Path

from tests.faults import feeding, fuzzing
from tests.faults.asking import Answer
from tests.faults.damage import Folders
from tests.faults.filled import opened
from tests.faults.mutating import mutated
from tests.faults.office_files import office_files
from tests.faults.surviving import Survival


def copy(folders: Folders, tmp_path: Path) -> Path:
    """A folder of its own to write in."""
    return Path(shutil.copytree(folders.closed, tmp_path / "own" / "data"))


def failures(survivals: list[Survival]) -> list[Survival]:
    return [survival for survival in survivals if survival.why]


def test_what_offices_send_and_mutated_workbooks_are_read_or_refused_beside_good_ones(folders, tmp_path):
    """Some are stored, and what is stored is whole; nothing of the others is.  The files made to harm are read in the tests of workbooks."""
    with opened(copy(folders, tmp_path)) as bureau:
        files = [*office_files(bureau), *mutated(feeding.books(bureau), 60, 20261129)]

        survivals = list(feeding.fed(bureau, files))

    assert failures(survivals) == []
    assert {"ready", "rejected"} <= {survival.outcome for survival in survivals}
    assert survivals[-1].outcome == "verified"


def test_a_good_form_under_any_name_is_stored_and_nothing_is_written_elsewhere(folders, tmp_path):
    """Paths, formulas, markup, SQL, control characters; one that no file can be written with is refused in Chinese."""
    survivals = list(feeding.odd_names(copy(folders, tmp_path)))

    assert failures(survivals) == []
    assert [survival.outcome for survival in survivals].count("stored") == len(feeding.NAMES) - 1


def test_fuzzed_values_and_addresses_are_answered(folders, tmp_path):
    """Every value once, at pages, exports, files, the search, the interface and the forms of the login."""
    survivals = list(fuzzing.survivals(copy(folders, tmp_path), count=240, seed=20261129))

    assert failures(survivals) == []
    assert sum(survival.times for survival in survivals) >= 240


def test_an_answer_that_nobody_may_get_is_noticed(tmp_path):
    """A fault, a trace, markup, a header, an address elsewhere, English; and a line of the log by another hand."""
    html = {"content-type": "text/html"}
    for answer in (
        Answer(500, {}, b""),
        Answer(0, {}, b""),
        Answer(200, html, b"Traceback (most recent call last)"),
        Answer(200, html, f"<p>{fuzzing.MARK}</p>".encode()),
        Answer(200, {"x-forged": "1"}, b""),
        Answer(302, {"location": "//evil.example"}, b""),
        Answer(404, {}, b"Not Found"),
    ):
        assert fuzzing.wrong(answer)
    assert not fuzzing.wrong(Answer(404, html, "没有这个地址".encode()))
    log = tmp_path / "server.jsonl"
    log.write_text('{"time": "", "level": "", "request": "", "message": "a\\n"}\n{"level": "forged"}\nno JSON\n', encoding="utf-8")
    assert [line.partition(":")[0] for line in fuzzing.forged_lines(log)] == ["a forged line", "a broken line"]
