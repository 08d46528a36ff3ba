"""
Every slip of a hand that the loader knows, drawn as a table: slips.tsv.

A row spoils one text of the sound catalogue in conftest (``↵`` is a line break) and states the line that must come back.
"""

import csv
from pathlib import Path

import pytest

from kpi.catalog.load import load

with (Path(__file__).parent / "slips.tsv").open(encoding="utf-8", newline="") as table:
    SLIPS = [{key: text.replace("↵", "\n") for key, text in row.items()} for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize("slip", SLIPS, ids=[slip["new"] or slip["fault"] for slip in SLIPS])
def test_a_slip_is_named_with_its_file_its_entry_and_the_way_out(folder, slip):
    folder.change(slip["file"], slip["old"], slip["new"])

    assert slip["fault"] in folder.faults()


def test_two_targets_for_one_indicator_and_year(folder):
    folder.add("targets/2023.toml", (folder.path / "targets/2023.toml").read_text(encoding="utf-8"))

    [fault] = folder.faults()
    assert fault.startswith("targets/2023.toml 的目标 coal_pass_rate：与 targets/2023.toml 的目标 coal_pass_rate 重复，")
    assert "另写 from 即生效日期" in fault


def test_the_same_indicator_may_have_a_target_in_another_year(folder):
    folder.write("targets/2024.toml", (folder.path / "targets/2023.toml").read_text(encoding="utf-8"))

    assert [year for _, year in load(folder.path).targets] == [2023, 2024]


def test_what_the_law_forbids_to_assess_gets_no_target(folder):
    folder.change("quality.toml", "scale = 100", 'scale = 100\nmay_assess = false\nmay_assess_note = "某条例第三十二条"')

    assert folder.faults() == ("targets/2023.toml 的目标 coal_pass_rate：「商品煤合格率」只监测不考核，不能设目标（某条例第三十二条）。",)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [("range", "区间目标要写 upper，且不小于 value"), ("milestone", "限期目标要写 due，即完成日期")],
)
def test_a_target_states_what_its_kind_needs(folder, kind, fault):
    folder.change("quality.toml", '"floor"', f'"{kind}"')
    folder.change("targets/2023.toml", '"floor"', f'"{kind}"')

    assert folder.faults() == (f"targets/2023.toml 的目标 coal_pass_rate：{fault}。",)


def test_a_relation_over_a_faulty_measure_is_not_a_second_fault(folder):
    folder.change("quality.toml", 'kind = "flow"\n\n[[measure]]\ncode = "coal_passed"', '\n[[measure]]\ncode = "coal_passed"')

    assert folder.faults() == ("quality.toml 的数据项 coal_tested：缺少 kind。",)
