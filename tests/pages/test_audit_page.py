"""审计记录: the latest entries, and that there are older ones; a workbook of the page has all."""

import pytest

from kpi.access.admission import Admission
from kpi.access.audit import Audited
from kpi.access.caller import Caller
from pages import view
from pages.bodies import audit_list
from pages.site import BY_PATH
from pages.widgets import running


@pytest.fixture
def admission(looking, tmp_path, monkeypatch):
    """An audit of 302 entries, of which 301 name a workbook."""
    admission = Admission(tmp_path)
    admission.audit.note(Audited.LOGIN, Caller())
    for number in range(1, 302):
        admission.audit.note(Audited.EXPORT, Caller(), f"{number}.xlsx")
    monkeypatch.setattr(running, "admission", lambda: admission)
    yield admission
    admission.close()


def opened(words: str) -> str:
    return audit_list.opening(view.read(BY_PATH["audit"], {"q": words}))


def test_the_latest_stand_on_the_page_and_it_says_that_there_are_older_ones(admission):
    html = opened("")
    assert "审计记录 302 条，一条接一条加了校验" in html
    assert "只列最近的 300 条，更早的还有；要看更早的，请在上面查找，或者导出 Excel。" in html
    assert (html.count(".xlsx</td>"), ">301.xlsx<" in html, ">1.xlsx<" in html) == (300, True, False)


def test_a_search_reads_only_until_the_page_is_full(admission, monkeypatch):
    monkeypatch.setattr(admission.audit, "entries", None)
    assert "写有「xlsx」的审计记录多于 300 条。" in opened("xlsx")
    assert "请再加一个词，或者导出 Excel" in opened("xlsx")
    assert "写有「登录」的审计记录 1 条。" in opened("登录")


def test_the_workbook_of_the_page_has_every_entry(admission):
    [table] = audit_list.tables(view.read(BY_PATH["audit"], {}))
    assert [len(table.rows), table.rows[0].cells["对什么"].text, table.rows[-1].cells["做了什么"].text] == [302, "301.xlsx", "登录"]
