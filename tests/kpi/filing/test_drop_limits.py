"""How much is taken at once: a drop that is too large is refused whole, with what to do."""

import pytest

from kpi.filing.desk import Desk
from kpi.filing.drop_limits import refusal

MB = 1_000_000


def test_sixty_files_of_a_hundred_megabytes_are_taken() -> None:
    assert refusal([MB] * 60, []) == ""
    assert refusal([100 * MB], []) == ""
    assert refusal([], [100 * MB] * 4) == ""


@pytest.mark.parametrize(("files", "times"), [(61, 2), (120, 2), (121, 3)])
def test_more_files_are_refused_with_the_way_out(files: int, times: int) -> None:
    assert refusal([1] * files, []) == f"一次放入了 {files} 份，最多 60 份；这一次的都没有收下，请分 {times} 次放入，前一次的入库以后再放下一次。"


def test_files_that_are_too_large_together_are_refused() -> None:
    """One byte more is written as more, not as the limit itself."""
    assert refusal([50 * MB, 50 * MB + 1], []) == ("一次放入的 2 份共 100.1 MB，最多 100 MB；这一次的都没有收下，请分几次放入，太大的文件只留需要上报的表格。")


def test_a_desk_that_is_full_takes_no_more() -> None:
    """Four full drops lie on it; what waits is to be stored or given up first."""
    assert refusal([1], [1] * 239) == ""
    assert refusal([1], [1] * 240) == "还没有入库的已有 240 份、0.1 MB，放不下再来的 1 份；这一次的都没有收下，请先把这一批入库或放弃。"


def test_the_limits_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_DROP_FILES", "2")
    monkeypatch.setenv("KPI_DROP_MB", "1")
    assert refusal([MB // 2] * 2, []) == ""
    assert "最多 2 份" in refusal([1] * 3, [])
    assert "最多 1 MB" in refusal([MB + 1], [])
    monkeypatch.setenv("KPI_DROP_MB", "x")
    assert refusal([1], []) == "环境变量 KPI_DROP_MB 的值「x」不对；请写 1 到 2000 的整数，或不写，即 100。"


def test_a_refused_drop_leaves_the_desk_as_it_was(empty, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies there already does not count twice when it is dropped again."""
    monkeypatch.setenv("KPI_DROP_FILES", "2")
    desk = Desk(empty)
    desk.put([("甲.xlsx", b"1"), ("乙.xlsx", b"2")])
    draft = desk.draft
    [sentence] = desk.put([(f"{number}.xlsx", b"%d" % number) for number in range(3)])
    assert sentence.startswith("一次放入了 3 份，最多 2 份")
    assert [file.name for file in desk.files] == ["甲.xlsx", "乙.xlsx"]
    assert desk.put([("甲.xlsx", b"1"), ("乙.xlsx", b"2"), ("丙.xlsx", b"3")]) == []
    assert (desk.draft, len(desk.files)) == (draft, 3)
    desk.discard()
