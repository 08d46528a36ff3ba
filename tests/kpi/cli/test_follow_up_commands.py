"""``follow-ups``: what scripts read of 督办, and what a person reads."""

import json
import shutil
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.bureau import open_bureau
from kpi.cli.app import main
from kpi.meeting.follow_up_acts import add_progress, sign
from kpi.meeting.follow_up_opening import Assignment, open_on_miss, open_on_problem
from kpi.period import Month
from kpi.store.follow_up import Step
from tests.kpi.meeting.following import by

NOVEMBER = Month(2023, 11)
DUE = date(2023, 12, 31)


@pytest.fixture(scope="module")
def followed(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with a follow-up of the rate of food samples, 438, and one of a problem that is signed, 439."""
    folder = shutil.copytree(demo_data, tmp_path_factory.mktemp("followed") / "data")
    with open_bureau(folder) as bureau:
        given = Assignment("食品安全协调科", "张三", DUE, promised=D("98.0"), steps=(Step("补检", date(2023, 12, 20)),))
        assert open_on_miss(bureau, "food_sampling_pass_rate", NOVEMBER, given, by("2023-12-06")).seq == 438
        open_on_problem(bureau, "整改 2 项完成 1 项，预计 12 月完成", NOVEMBER, Assignment("质量监管科", "李四", DUE), by("2023-12-06"), count=(2, 1))
        add_progress(bureau, 439, "又完成一项", by("2023-12-08", "李四"), completed=2)
        sign(bureau, 439, "验收合格", by("2023-12-09"))
    return folder


@pytest.fixture
def data(followed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(followed, tmp_path / "data")


def test_the_document_of_follow_ups(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Decimals are strings, dates ISO, what is absent null; the most urgent first."""
    assert main(["follow-ups", "--as-of", "2023-12-10", "--data", str(data), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)

    assert (document["day"], document["words"]) == ("2023-12-10", "答应 2 件，办结 1 件，逾期 0 件，在办 1 件")
    rate, problem = document["follow_ups"]
    assert [rate[name] for name in ("number", "office", "person", "due", "status", "lamp", "closed", "promised", "signature", "recovered")] == [
        *(438, "food_coordination", "张三", "2023-12-31", "进行中", "绿", False, "98", None, None)
    ]
    assert rate["matter"]["value"].startswith("97.78786159")
    assert [rate["matter"][name] for name in ("kind", "period", "indicator", "target", "as_of", "relation")] == [
        *("miss", "2023-11", "food_sampling_pass_rate", "97.8", "2023-11-30", None)
    ]
    assert rate["steps"] == [{"number": 1, "words": "补检", "due": "2023-12-20", "done": None}]
    assert (rate["now"]["period"], rate["now"]["status"]) == ("2023-11", "滞后")
    assert [problem[name] for name in ("number", "status", "closed", "completed", "now", "signature")] == [
        *(439, "已办结", True, 2, None, {"by": "李主任", "at": "2023-12-09 12:00:00", "reason": "验收合格"})
    ]
    assert [(line["entry"], line["at"], line["by"], line["what"]) for line in problem["history"]][1:] == [
        (440, "2023-12-08 12:00:00", "李四", "进展：又完成一项（2 项中已完成 2 项）"),
        (441, "2023-12-09 12:00:00", "李主任", "签字办结：验收合格"),
    ]


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (["--as-of", "2023-12-10"], [438, 439]),
        (["--as-of", "2023-12-10", "--open"], [438]),
        (["--as-of", "2023-12-10", "--office", "product_quality"], [439]),
        (["--as-of", "2023-12-08", "--office", "质量监管科", "--open"], [439]),
        (["--as-of", "2023-12-05"], []),
    ],
)
def test_which_are_listed(data: Path, capsys: pytest.CaptureFixture[str], options: list[str], numbers: list[int]) -> None:
    """Of an office, those that are open, those of a day."""
    assert main(["follow-ups", *options, "--data", str(data), "--json"]) == 0
    assert [each["number"] for each in json.loads(capsys.readouterr().out)["follow_ups"]] == numbers


def test_what_a_person_reads(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each, and the history below where it is asked for."""
    assert main(["follow-ups", "--as-of", "2023-12-10", "--office", "质量监管科", "--history", "--data", str(data)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "2023-12-10：答应 1 件，办结 1 件，逾期 0 件。",
        "✓ 已办结（绿） 第 439 号督办：整改 2 项完成 1 项，预计 12 月完成。质量监管科 李四，2023 年 12 月 31 日前；答应 2023 年 12 月 31 日前办好；"
        "已由李主任于 2023-12-09 12:00 签字办结：验收合格。",
    ]
    assert lines[-1] == "    2023-12-09 12:00 李主任：签字办结：验收合格"
    assert main(["follow-ups", "--as-of", "2023-12-01", "--data", str(data)]) == 0
    assert capsys.readouterr().out == "没有督办事项。\n"


def test_an_office_that_is_not_there_is_a_sentence(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused with exit code 1."""
    assert main(["follow-ups", "--office", "没有的科", "--data", str(data)]) == 1
    assert capsys.readouterr().err.startswith("没有「没有的科」这个科室；可用的科室代码：")
