"""What pages call fictional, and how the demonstration ends on them."""

from collections import Counter

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.bureau import open_bureau
from kpi.filing.intake import accept, prepare
from pages.widgets import progress, running, warmth
from tests.kpi.filing.test_intake import coal
from tests.pages.conftest import SHELL
from tests.pages.fragments import answer, fragments, table, texts
from tests.pages.test_entry import EXCEL, button

FICTION = "演示数据：与公开的 2023 年工作总结相同的数取自该总结，其余均为虚构。"


def visit(page: str = "") -> AppTest:
    """Another visitor, on a page."""
    shell = AppTest.from_file(str(SHELL), default_timeout=60).run()
    return shell.switch_page(f"filing/{page}.py").run() if page else shell


@pytest.fixture
def changing(demo_copy, monkeypatch):
    """The bureau over a demo that a test may change."""
    with open_bureau(demo_copy) as bureau:
        monkeypatch.setattr(running, "opened", lambda: bureau)
        monkeypatch.setattr(warmth, "keep_ready", lambda: None)
        monkeypatch.setattr(progress, "PATIENCE", 60.0)
        st.cache_resource.clear()
        yield bureau


def captions(shell: AppTest) -> list[str]:
    """What the head of a page says of what is fictional."""
    return [text.removesuffix("清空演示数据，开始用").strip() for text in texts(fragments(shell), ".k-demo, .k-note") if "演示" in text]


def end(shell: AppTest, by: str) -> AppTest:
    shell.text_input(key="end-demo-by").set_value(by)
    next(one for one in shell.button if one.form_id == "end-demo").click().run()
    assert not shell.exception
    return shell


def test_the_end_empties_every_page_and_keeps_what_lies_on_a_desk(changing):
    """Nobody is named: nothing happens.  Then the pages of all visitors begin anew, and a sheet that one had dropped is the first of the bureau."""
    waiting = visit("imports")
    waiting.file_uploader[0].upload("煤.xlsx", coal(changing, passed=45, failed=6).data, EXCEL).run()
    assert "入库以后就和它混在一起" in " ".join(caption.value for caption in waiting.caption)
    assert sum(button.form_id == "end-demo" for button in waiting.button) == 1
    ending, other = visit("imports"), visit()
    assert FICTION in captions(other)
    assert end(ending, " ").warning[1].value == "没有清空：请写明姓名。"
    assert changing.store.demonstration().sheets == 437

    end(ending, "王主任")

    assert ending.success[0].value == "437 份演示报送已清空，可以导入正式报表了。"
    assert answer(fragments(ending)) == "还没有任何数据，导入第一批报表即可。"
    assert not [*ending.warning, *ending.run().success]
    assert other.run().header[0].value == "欢迎使用市场监管指标看板，还没有任何数据。"
    assert FICTION not in captions(other)
    other.switch_page("filing/submission_list.py").run()
    assert answer(fragments(other)) == "全局还没有任何报送。"

    waiting.run()
    waiting.text_input(key="by").set_value("李统计")
    if waiting.text_area:
        waiting.text_area[0].set_value("与科室核对过").run()
    button(waiting, "入库 1 份").click().run()
    assert not waiting.exception
    [first] = changing.store.submissions()
    assert (first.by, first.demo) == ("李统计", False)
    assert FICTION not in captions(waiting)
    assert changing.store.verify() == []


def test_sheets_of_an_office_beside_the_demonstration_are_not_called_fictional(changing):
    """The upload page warns before; afterwards pages say that there are both, which are which, and offer no end any more."""
    shell = visit("imports")
    assert shell.warning[0].value.startswith("看板里现在是演示数据（虚构）。正式报表请先清空演示数据再入库")
    accept(changing, prepare(changing, [coal(changing, passed=45, failed=6)]), "王统计", "更正")

    shell.run()

    assert captions(shell) == []  # once is enough
    assert "演示数据已经不能清空" in shell.warning[0].value
    assert not [one for one in shell.button if one.form_id == "end-demo"]
    shell.switch_page("filing/submission_list.py").run()
    assert captions(shell) == ["库里有 437 份演示报送（虚构）和 1 份正式报送，各页的数两样都有；哪一份是演示的，见「报送记录」。"]
    assert Counter(row["报送人"] for row in table(fragments(shell), "报送记录")) == {"演示（虚构）": 19, "王统计": 1}


def test_a_bureau_in_which_somebody_types_the_name_of_the_demonstration_is_a_real_one(bare_shell, empty):
    """No page calls its figures fictional, none offers to take them away."""
    accept(empty, prepare(empty, [coal(empty, passed=45, failed=6)]), "演示", "演示数据：与公开的 2023 年工作总结一致，原文如此，差额未作更正")
    for page in ("imports", "submission_list"):
        bare_shell.run().switch_page(f"filing/{page}.py").run()
        assert not bare_shell.exception
        assert captions(bare_shell) == []
        assert not [one for one in bare_shell.button if one.form_id == "end-demo"]
        assert "虚构" not in " ".join(one.value for one in [*bare_shell.warning, *bare_shell.markdown, *bare_shell.caption])
