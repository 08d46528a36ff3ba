"""The frame: the first start, and faults that become sentences."""

import logging

import streamlit as st

from kpi.errors import RequestError
from kpi.web.recent_faults import RecentFaults
from pages.widgets import session


def test_the_first_start_offers_the_demo_and_the_way_to_the_first_sheet(bare_shell):
    bare_shell.run()
    assert not bare_shell.exception
    assert bare_shell.header[0].value == "欢迎使用市场监管指标看板，还没有任何数据。"
    assert bare_shell.button[0].label == "装入演示数据"
    assert [link.value for link in bare_shell.page_link] == ["从报表建局", "去导入报表"]


def test_an_expected_fault_is_one_chinese_sentence(shell, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise RequestError("没有「甲科」这个科室。")

    monkeypatch.setattr(session, "rows", refuse)
    shell.run()
    assert not shell.exception
    assert shell.warning[0].value == "没有「甲科」这个科室。"


def test_every_page_says_that_entries_are_left_out(shell, demo, monkeypatch):
    """Who looks at a board that lacks a sheet must not take it for the whole."""
    monkeypatch.setattr(demo.store._log, "lost", [3, 4])
    shell.run()
    assert not shell.exception
    assert shell.warning[0].value == "有 2 条记录缺失或不能计入，看到的数不全；是哪几条、怎么补，见「报表导入」。"


def test_an_unexpected_fault_is_a_number_to_tell_and_never_a_traceback(shell, monkeypatch, caplog):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret/path")

    monkeypatch.setattr(session, "rows", fail)
    with caplog.at_level(logging.ERROR, logger="kpi.pages"):
        shell.run()
    assert not shell.exception
    [said] = [error.value for error in shell.error]
    number = said.split("编号 ")[1].split(" ")[0]
    assert "secret" not in said
    assert number in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_run_of_a_page_has_a_line_under_the_number_that_the_page_shows(shell, monkeypatch, caplog):
    """And one that went well says so, with its milliseconds."""
    recent = RecentFaults()
    monkeypatch.setattr(logging.getLogger("kpi.pages"), "handlers", [recent])
    with caplog.at_level(logging.INFO, logger="kpi.pages"):
        shell.run()
        [run] = [record for record in caplog.records if record.getMessage() == "显示了一页"]
        assert (run.page, run.outcome) == ("总览", "完成")
        assert run.duration_ms > 0
        caplog.clear()

        def fail(*_: object, **__: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(session, "rows", fail)
        st.cache_resource.clear()  # what was drawn before is kept
        shell.run()
    fault, run = caplog.records
    assert (fault.fault, run.outcome) == ("ZeroDivisionError", "ZeroDivisionError")
    assert "fail" in fault.trace
    [latest] = recent.latest()
    assert (latest.kind, latest.where) == ("ZeroDivisionError", "总览")
    [shown] = [error.value for error in shell.error]
    assert latest.number in shown
    assert shown.split("编号 ")[1].split(" ")[0] in fault.getMessage()
