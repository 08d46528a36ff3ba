"""The wall of the bureau: Peking time unless somebody says otherwise, wherever the server stands."""

import ast
import logging
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kpi.errors import RequestError
from kpi.store import clock

ROOT = Path(__file__).parents[3]
PEKING = timezone(timedelta(hours=8))
ASK = "from kpi.store import clock; print(clock.now().isoformat(), clock.today())"


def test_a_server_anywhere_shows_the_time_of_the_bureau():
    """A machine set to UTC or to New York says what a clock in Peking says."""
    for zone in ("UTC", "America/New_York", "Asia/Shanghai"):
        before = datetime.now(tz=PEKING).replace(tzinfo=None)
        told = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True).stdout
        after = datetime.now(tz=PEKING).replace(tzinfo=None)
        moment, day = told.split()
        assert before <= datetime.fromisoformat(moment) <= after
        assert date.fromisoformat(day) in (before.date(), after.date())


def test_another_zone_is_a_setting_and_a_slip_of_it_is_said(monkeypatch):
    """Urumqi is two hours behind Peking."""
    peking = clock.now()
    monkeypatch.setenv("KPI_ZONE", "Asia/Urumqi")
    assert timedelta(hours=1, minutes=59) < peking - clock.now() <= timedelta(hours=2)
    for slip in ("北京", "../x", "Asia"):
        monkeypatch.setenv("KPI_ZONE", slip)
        with pytest.raises(RequestError, match=f"环境变量 KPI_ZONE 的值「{slip}」不是时区；请写 Asia/Shanghai 这样的名称"):
            clock.now()


def test_log_lines_are_written_by_the_same_clock():
    """16:00 of Greenwich is midnight in Peking, the next day."""
    moment = datetime(2026, 12, 31, 16, 0, tzinfo=UTC).timestamp()
    formatter = logging.Formatter("%(asctime)s", "%Y-%m-%d %H:%M")
    formatter.converter = clock.wall
    record = logging.makeLogRecord({"created": moment})
    assert formatter.format(record) == "2027-01-01 00:00"


@pytest.mark.parametrize("folder", ["kpi", "pages"])
def test_nobody_looks_at_the_clock_of_the_machine(folder):
    """Every present moment comes from one place; a file's age in seconds is none."""
    lookers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "clock.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow", "localtime", "fromtimestamp", "astimezone", "ctime")
        if isinstance(node.value, ast.Name) and node.value.id in ("date", "datetime", "time")
    ]
    assert lookers == []
