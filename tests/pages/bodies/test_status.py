"""运行: what there is to do, how much room there is, and the numbers of the last errors."""

import logging
import shutil
from datetime import datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

import kpi
from kpi.store import clock
from kpi.web.recent_faults import RecentFaults
from kpi.web.server_run import ServerRun
from pages import served
from pages.bodies import status
from tests.kpi.admin.test_health import Disk
from tests.pages.fragments import answer, body_of, table, texts
from tests.pages.test_served import answered

NOW = datetime.fromisoformat("2023-12-01T09:05:30")


@pytest.fixture
def standing(monkeypatch, looking):
    """A server that has run for an hour and five minutes, on a disk with room."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(status, "server_run", ServerRun(datetime.fromisoformat("2023-12-01T08:00+08:00").timestamp(), visits=3))
    monkeypatch.setattr(status, "recent_faults", RecentFaults())
    monkeypatch.setattr(status, "resident_bytes", lambda: 210_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(100 * 10**9, 0, 35_290_000_000))
    return looking


def facts(page) -> dict[str, str]:
    return dict(zip(texts(page, ".k-definition dt"), texts(page, ".k-definition dd"), strict=True))


def test_a_server_in_order_says_so_with_all_that_is_known(standing):
    page = body_of("status")
    assert answer(page) == "运行正常。"
    assert texts(page, "[role=status]") == []
    known = facts(page)
    stored = known.pop("数据")
    assert stored.startswith("已打开，437 份报送，日志到第 ")
    assert known == {
        "启动时的提示": "没有",
        "磁盘": "数据目录所在的磁盘还有 35.2 GB，共 100.0 GB",
        "备份": "没有备份过",
        "收件箱": "没有设",
        "打开的页面": "3 个，最多 300 个",
        "读取表格": "正在读 0 份，排队 0 份；同时最多读 2 份",
        "内存": "210 MB，不含读取表格的程序",
        "版本": kpi.__version__,
        "本次启动": "2023-12-01 08:00，已运行 1 小时 5 分",
        "运行日志": "写在数据目录里",
    }
    assert "启动以来没有出过意料之外的错误。" in texts(page, "p")


def test_what_is_to_be_done_stands_first(standing, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(100 * 10**9, 0, 10**6))
    page = body_of("status")
    assert answer(page) == "看板可以看，有 1 件事要处理。"
    assert texts(page, "[role=status]")[0].startswith("磁盘剩余空间")


def test_the_last_errors_are_found_by_their_numbers(standing):
    record = {"levelno": logging.ERROR, "fault": "ValueError", "request": "0A1B2C3D", "route": "/kpi/export/targets", "created": 1_701_392_400.0}
    status.recent_faults.handle(logging.makeLogRecord(record))
    assert table(body_of("status"), "最近的错误") == [{"时间": "12-01 09:00:00", "编号": "0A1B2C3D", "出在哪里": "/kpi/export/targets"}]


def test_a_backup_is_said_where_one_was_made(standing, monkeypatch):
    monkeypatch.setattr(status, "last_backup_words", lambda _: "2023-12-01 02:00 已备份。")
    assert facts(body_of("status"))["备份"] == "2023-12-01 02:00 已备份。"


def test_a_log_that_is_not_written_is_said(standing, monkeypatch):
    monkeypatch.setenv("KPI_LOG", "none")
    assert facts(body_of("status"))["运行日志"] == "没有写，只在启动的窗口里显示警告"
    monkeypatch.setenv("KPI_LOG", "/somewhere/else")
    assert facts(body_of("status"))["运行日志"] == "写在另外指定的文件夹"


def test_before_the_first_sheet_nothing_is_entered(bare_shell):
    assert facts(body_of("status"))["数据"] == "已打开，0 份报送，日志到第 0 号"


@pytest.mark.parametrize(("opened", "code", "grade"), [(True, 200, "ok"), (False, 503, "down")])
def test_who_watches_from_outside_is_told_a_word_and_the_version(looking, monkeypatch, opened, code, grade):
    monkeypatch.setattr(served.running, "opened_bureau", lambda: looking if opened else None)
    assert answered("/healthz") == (code, f'{{"status":"{grade}","version":"{kpi.__version__}"}}')


def test_a_full_disk_is_degraded_and_names_no_place(looking, monkeypatch):
    monkeypatch.setattr(served.running, "opened_bureau", lambda: looking)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(10**9, 10**9, 0))
    assert answered("/healthz") == (200, f'{{"status":"degraded","version":"{kpi.__version__}"}}')


def test_the_page_too_many_is_one_sentence_and_a_way_back() -> None:
    page = LexborHTMLParser(served.FULL.decode())
    assert texts(page, "p")[0] == "现在打开的页面太多，看板暂时不能再打开一个；请过一分钟再试，或请管理员关掉不用的页面。"


def test_an_answer_that_failed_has_the_number_of_the_log() -> None:
    page = LexborHTMLParser(served.broken("5B9C60D7").decode())
    assert texts(page, "p")[0] == "这个页面暂时打不开，数据没有受影响。请刷新重试；仍然不行时，把编号 5B9C60D7 告诉管理员。"
