"""建局 step by step without a browser: what the page asks, refuses, and leads to."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.bureau import LiveBureau, open_bureau
from kpi.setup.setting_up import setting_up
from kpi.store.demonstration import Demonstration
from pages.widgets import running
from tests import blank
from tests.kpi.setup.own_sheets import BUREAU, every_sheet
from tests.pages.conftest import _over
from tests.pages.fragments import answer, fragments, table, texts
from tests.pages.test_entry import button


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[LiveBureau], AppTest]]:
    """A bureau with nothing stored, the one that takes its place put beside it; and the page."""
    with open_bureau(blank.copied(tmp_path / "data")) as bureau:
        known: list[LiveBureau] = []
        known.append(replace(bureau, replaced_by=known.append))
        shell = _over(known[0], monkeypatch)
        monkeypatch.setattr(running, "opened", lambda: known[-1])
        yield known, shell


def page(shell: AppTest) -> AppTest:
    """The page 建局."""
    shell.run().switch_page("admin/setup_page.py").run()
    assert not shell.exception
    return shell


def test_from_a_question_to_the_board_and_back(opened: tuple[list[LiveBureau], AppTest]) -> None:
    """All that is certain at once, one proposal changed by its row, one day for all; generated, taken in, undone and thrown away."""
    known, shell = opened
    setup = setting_up(known[0])
    setup.put(known[0], every_sheet())
    page(shell)

    assert answer(fragments(shell)) == "6 份报表里有 12 条建议：已接受 0 条，10 条有把握、还没有接受，2 条要回答。"
    assert [row["回答"] for row in table(fragments(shell), "指标库里还可以有")] == ["▲ 要回答", "▲ 要回答"]
    button(shell, "有把握的 10 条全部接受").click().run()
    button(shell, "这里没有回答的 2 条都不要").click().run()
    assert answer(fragments(shell)) == "12 条建议都有了回答：接受 10 条，不要 2 条，可以生成目录了。"
    assert [row["科室"] for row in table(fragments(shell), "科室")] == ["广告科", "食品科"]
    shell.text_input[-1].set_value("31")
    button(shell, "都用这一天").click().run()
    assert "应报日写一个整数，1 到 28；现在写的是「31」。" in [warning.value for warning in shell.warning]

    shell.query_params["part"], shell.query_params["row"] = "广告科", "measure/guanggaoke/发现违法广告"
    page(shell)
    assert "数据项：发现违法广告 ● 接受" in texts(fragments(shell), ".k-proposal h2")
    shell.text_input(key="measure/guanggaoke/发现违法广告-name").set_value("违法广告线索")
    button(shell, "接受").click().run()
    assert [row["回答"] for row in table(fragments(shell), "数据项")] == ["● 接受", "◆ 改后接受"]

    shell.text_input(key="setup-by").set_value("王统计")
    button(shell, "生成目录，报表入库").click().run()
    assert [success.value for success in shell.success] == ["指标目录已经生效，报表已入库 6 份，看板可以看了。"]
    assert answer(fragments(shell)).startswith("本局的指标目录已经生效：2 个科室、6 个数据项、1 个率、1 条合计关系；这些报表都已入库")
    assert known[-1].catalog.measures["faxianweifaguanggao"].name == "违法广告线索"
    assert known[-1].catalog.bureau == BUREAU

    shell.text_input(key="setup-undo-by").set_value("王统计")
    shell.text_input(key="setup-undo-reason").set_value("重做")
    next(each for each in shell.button if each.form_id == "setup-undo-form").click().run()
    assert [success.value for success in shell.success] == ["建局已经撤销，指标目录回到了以前的。"]
    assert known[-1].catalog.bureau == known[0].catalog.bureau
    shell.button(key="setup-discard").click().run()
    assert [success.value for success in shell.success] == ["建局已经放弃，什么都没有改动。"]
    assert not shell.exception
    assert not setup.begun


def test_the_demonstration_is_ended_first(opened: tuple[list[LiveBureau], AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says so and offers it; no catalogue is generated beside it."""
    known, shell = opened
    setup = setting_up(known[0])
    setup.put(known[0], every_sheet()[:1])
    setup.look(known[0])
    monkeypatch.setattr(known[0].store, "demonstration", lambda: Demonstration(437, 0))

    page(shell)

    assert "库里是演示数据（虚构）；建局从空的数据目录开始，请先清空演示数据。" in [warning.value for warning in shell.warning]
    assert [each for each in shell.button if each.form_id == "end-demo"]
    assert not [each for each in shell.button if each.label.startswith("生成目录")]


def test_a_reading_that_was_stopped_goes_on(opened: tuple[list[LiveBureau], AppTest]) -> None:
    """Nothing is proposed before every sheet is read or taken away."""
    known, shell = opened
    setup = setting_up(known[0])
    setup.put(known[0], every_sheet()[:1])
    shell.session_state["setup-stopped"] = True
    page(shell)

    assert [warning.value for warning in shell.warning] == ["已停止：还有 1 份没有读，都留在这里；建议等读完才有。"]
    assert setup.unsurveyed
    button(shell, "继续读取").click().run()
    assert not setup.unsurveyed
    assert answer(fragments(shell)).startswith("1 份报表里有")


def test_a_sheet_that_gives_nothing_is_named(opened: tuple[list[LiveBureau], AppTest]) -> None:
    """Taken away, the page forgets it."""
    known, shell = opened
    setup = setting_up(known[0])
    setup.put(known[0], [*every_sheet()[:2], ("纪要.docx", b"PK\x03\x04broken")])
    page(shell)

    assert any(warning.value.startswith("「纪要.docx」") for warning in shell.warning)
    button(shell, "移除").click().run()
    assert not shell.warning
    assert len(setup.files) == 2
