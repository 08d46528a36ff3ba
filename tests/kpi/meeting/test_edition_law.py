"""One law of editions: the code is the same exactly where nothing has changed, and what has changed is said word for word."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.bureau import Bureau, open_bureau
from kpi.compute.flat_row import NAMES
from kpi.errors import StoreError
from kpi.meeting import editions
from kpi.meeting.differences import drift
from kpi.meeting.reasons import Cause
from kpi.period import Month
from kpi.present.edition_words import Fate, frozen
from kpi.present.row_fields import DERIVED, IDENTITY
from tests.bureaus import Small, write
from tests.kpi.province import report, write_catalog
from tests.soundness.catalog import files, target

NOVEMBER = Month(2023, 11)
TARGETS = {2023: target("pass_rate", "floor", "97.8", 1) + target("tested", "annual", "9000", 5)}
SHOPS, FLOOR, YEAR = 'code = "shops"\nname = "在册户数"\ntopic', "value = 97.8", "value = 9000"
EDITS = {  # of which table what is written otherwise; what a reader has to be told of it, empty where no figure is touched
    "name": ('code = "plain_rate"', 'name = "合格率（不计在检）"', 'name = "检验合格率"', "名称由「合格率（不计在检）」改为「检验合格率」"),
    "unit": ('code = "inspected"', 'unit = "户"', 'unit = "户次"', "检查户数（户次，时期数）"),
    "unit of an indicator": ('code = "failed_per_shop"', "批次/千户", "批/千户", "单位由「批次/千户」改为「批/千户」"),
    "decimals": ('code = "plain_rate"', "decimals = 1", "decimals = 2", "小数由 1 位改为 2 位"),
    "direction": ('code = "failed_permille"', 'better = "lower"', 'better = "higher"', "方向由「越低越好」改为「越高越好」"),
    "definition": ('code = "both"', "tested + food", "tested + 2 * food", "口径由「检验批次 + 食品检验批次」改为「检验批次 + 2 × 食品检验批次」"),
    "target": (FLOOR, FLOOR, "value = 97", "目标由「≥97.8%」改为「≥97%」"),
    "tolerance": (FLOOR, "tolerance = 1", "tolerance = 2", "容差由 1 个百分点改为 2 个百分点"),
    "document": (YEAR, "分解表", "调整通知", "目标依据由「分解表」改为「调整通知」"),
    "kind": (SHOPS, 'kind = "stock"', 'kind = "standard"', "在册户数（户，服务标准）"),
    "gone": ('code = "accidents"', "", None, "指标目录里已经没有这一项"),
    "remark": ('code = "both"', 'why_it_matters = "例。"', 'why_it_matters = "另一句。"', ""),
}


def edited(names: set[str]) -> dict[str, str]:
    """The files of the catalogue with some of the edits."""
    told = files(TARGETS)
    for mark, old, new, _ in (EDITS[name] for name in sorted(names)):
        told = {file: "".join(_edited(table, mark, old, new) for table in _tables(text)) for file, text in told.items()}
    return told


def _edited(table: str, mark: str, old: str, new: str | None) -> str:
    if mark not in table or old not in table:
        return table
    return table.replace(old, new) if new is not None else ""


def _tables(text: str) -> list[str]:
    head, *rest = text.split("[[")
    return [head, *(f"[[{table}" for table in rest)]


def send(small: Small) -> None:
    small.report("2022-11", tested="– 150", passed="– 140", taken="– 150", shops="– 280", failed="– 10", inspected="– 40")
    small.report("2023-10", tested="– 180", passed="– 160", taken="– 190", shops="– 290", failed="– 20", inspected="– 45")
    small.report("2023-11", tested="– 200", passed="– 180", taken="– 210", shops="– 300", failed="– 20", inspected="– 50")
    small.report("2023-11", "food", food_tested="– 5")


@contextmanager
def redefined(folder: Path, names: set[str]) -> Iterator[Bureau]:
    """The same bureau under an edited catalogue."""
    with open_bureau(folder / "data", write(folder / "catalog", edited(names))) as bureau:
        yield bureau


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], editions.Issue]:
    """``issued(folder)``: a bureau whose November is frozen lies in the folder, closed; the edition."""
    made = tmp_path_factory.mktemp("issued")
    with redefined(made, set()) as bureau:
        small = Small(bureau)
        send(small)
        first = editions.freeze(small.bureau, NOVEMBER, "王统计")

    def copied(folder: Path) -> editions.Issue:
        shutil.copytree(made / "data", folder / "data")
        return first

    return copied


def held(bureau: Bureau, first: editions.Issue) -> list[str]:
    """The law: the edition is the same exactly where nothing is told; what is told."""
    told = drift(bureau, first.edition)
    second = editions.freeze(bureau, NOVEMBER, "王统计")
    assert (second.edition.code == first.edition.code) == second.edition.unchanged == (not told)
    assert all(one.differences and one.reasons for one in told)
    assert drift(bureau, second.edition) == []
    return [one.words for one in told]


@pytest.mark.parametrize(
    "names",
    [("name", "unit", "decimals", "target"), ("definition", "tolerance", "document", "kind"), ("unit of an indicator", "direction", "gone"), ("remark",)],
    ids=" ".join,
)
def test_what_the_catalogue_says_otherwise_is_said_word_for_word(tmp_path, issued, names):
    """A name, a unit, a digit: the code is another one, so the page names each change, and never 没有变动."""
    first = issued(tmp_path)
    with redefined(tmp_path, set(names)) as bureau:
        words = held(bureau, first)
    wanted = [EDITS[name][3] for name in names]
    assert [any(one in line for line in words) for one in wanted] == [True] * len(wanted) if any(wanted) else words == []


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(st.sampled_from(sorted(EDITS)), max_size=4), passed=st.sampled_from(["180", "179"]))
def test_the_law_holds_whatever_is_changed_together(tmp_path_factory, issued, names, passed):
    """Edits of the catalogue and a correction, in any company."""
    folder = tmp_path_factory.mktemp("law")
    first = issued(folder)
    with redefined(folder, names) as bureau:
        Small(bureau).filed("2023-11", tested="– 200", passed=f"– {passed}", taken="– 210", shops="– 300", failed="– 20", inspected="– 50")
        held(bureau, first)


def test_every_field_of_a_row_has_a_name():
    """So that none can change without a word."""
    assert set(NAMES) == {*IDENTITY, *DERIVED, "period", "org", "indicator"}


def test_what_an_earlier_version_did_not_write_is_no_change(tmp_path, issued):
    """Its file has fewer fields; the figures are the same, so the edition is."""
    first = issued(tmp_path)
    with redefined(tmp_path, set()) as bureau:
        rows = json.loads(bureau.store.frozen(first.edition))
        for row in rows["rows"]:
            for name in ("facts", "state_words", "marks_below", "month_qualifier"):
                row.pop(name)
        data = json.dumps(rows, ensure_ascii=False).encode()
        old = replace(first.edition, seq=0, figures=sha256(data).hexdigest(), known=bureau.store.version, title="旧版")
        taken = bureau.store.freeze(old, data)
        assert drift(bureau, taken) == []
        again = editions.freeze(bureau, NOVEMBER, "王统计")
        assert (again.edition.unchanged, again.edition.code) == (True, taken.code)


@pytest.mark.parametrize("damage", ["lost", "emptied", "one sign changed"])
def test_freezing_over_a_lost_file_writes_it_again(tmp_path, issued, damage):
    """The figures are the same, so the file is; nobody is told that nothing had to be stored and left without it."""
    first = issued(tmp_path)
    with redefined(tmp_path, set()) as bureau:
        [path] = (tmp_path / "data" / "editions").rglob("*.json")
        before = path.read_bytes()
        harm(path, damage)
        with pytest.raises(StoreError):
            editions.shown(bureau, first.edition)

        again = editions.freeze(bureau, NOVEMBER, "王统计")

        assert (again.edition.unchanged, again.edition.code, again.before) == (True, first.edition.code, Fate.MENDED)
        assert path.read_bytes() == before
        assert bureau.store.verify() == []
        assert frozen(again.edition, again.number, again.whose, again.before) == (
            f"与 2023 年 11 月会议版第 1 版完全相同，没有另存；编号仍是 {first.edition.code}。它的定稿文件丢失或损坏了，已按日志重算，与编号相符，文件已写回。"
        )


def harm(path: Path, damage: str) -> None:
    match damage:
        case "lost":
            path.unlink()
        case "emptied":
            path.write_bytes(b"")
        case _:
            path.write_bytes(path.read_bytes().replace(b"180", b"181", 1))  # as long as it was


def test_a_lost_file_is_made_from_the_log_after_a_correction_too(tmp_path, issued):
    """What was known when it was frozen gives it again; then the correction is told as ever."""
    first = issued(tmp_path)
    with redefined(tmp_path, set()) as bureau:
        Small(bureau).filed("2023-11", tested="– 200", passed="– 170", taken="– 210", shops="– 300", failed="– 20", inspected="– 50")
        [path] = (tmp_path / "data" / "editions").rglob("*.json")
        path.unlink()
        second = editions.freeze(bureau, NOVEMBER, "王统计")
        assert (second.number, second.edition.unchanged, second.before) == (2, False, Fate.MENDED)
        assert any("由 180 批次改为 170 批次" in one.words for one in drift(bureau, first.edition))


def test_a_lost_file_that_the_log_cannot_give_is_named(tmp_path, issued):
    """The catalogue has changed meanwhile: the figures are frozen as the next edition, and the loss is said."""
    first = issued(tmp_path)
    with redefined(tmp_path, set()) as bureau:
        [path] = (tmp_path / "data" / "editions").rglob("*.json")
        path.unlink()
    with redefined(tmp_path, {"decimals"}) as bureau:
        second = editions.freeze(bureau, NOVEMBER, "王统计")
        assert (second.number, second.before, second.edition.code != first.edition.code) == (2, Fate.LOST, True)
        assert "上一版的定稿文件丢失或损坏" in frozen(second.edition, second.number, second.whose, second.before)
        assert not path.exists()


def test_a_moved_district_is_told_as_that(tmp_path):
    """东湖 goes from 江城 to 海州: both say who went and who came, and nobody is told that the catalogue was changed."""
    catalog = write_catalog(tmp_path / "catalog")
    with open_bureau(tmp_path / "data", catalog) as province:
        figures = {"food_passed": "– 980", "food_tested": "– 1000"}
        province.store.commit([report(org, "food", "2023-11", **figures) for org in ("donghu", "gangkou")])
        province.store.commit([report("nanhu", "food", "2023-11", food_passed="– 490", food_tested="– 500")])
        left, right, top = (editions.freeze(province, NOVEMBER, "王统计", org=org).edition for org in ("jiangcheng", "haizhou", "qinglan"))
    tree = catalog / "orgs.toml"
    text = tree.read_text("utf-8")
    moved = "".join(table.replace('parent = "jiangcheng"', 'parent = "haizhou"') if 'code = "donghu"' in table else table for table in _tables(text))
    assert moved != text
    tree.write_text(moved, "utf-8")
    tasks = catalog / "targets" / "2023.toml"  # the tasks of those above go with it
    swapped = {"3000": "2000", "2000": "3000"}
    tasks.write_text(re.sub(r"(?<=value = )(3000|2000)$", lambda match: swapped[match[0]], tasks.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    with open_bureau(tmp_path / "data", catalog) as province:
        for one, words in (
            (left, "会后机构树改了：调出 东湖区市场监管局（现在属于海州市市场监管局）"),
            (right, "会后机构树改了：调入 东湖区市场监管局"),
        ):
            rate = next(drifted for drifted in drift(province, one) if drifted.indicator == "food_pass_rate")
            assert [(reason.cause, reason.words) for reason in rate.reasons] == [(Cause.TREE, words)]
            assert Cause.CATALOG not in {reason.cause for drifted in drift(province, one) for reason in drifted.reasons}
        assert all(one.reasons[0].cause is not Cause.PROGRAM for one in drift(province, top))
