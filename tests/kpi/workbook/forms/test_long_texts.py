"""Texts that are made to keep the reader busy: whatever is written, a sheet of one table is read at once."""

from time import process_time

import pytest

from kpi.workbook.forms.reading import read_reports
from tests.kpi.workbook.conftest import Draw

_SHEET = """
    填报单位：食品安全协调科 | | | | |
    期间：2023年11月
    {title}
    数据项 | 计量单位 | 本月数 | {head} | 同比 | 备注
    {group}
    检验批次 | {unit} | 3 | {figure} | {beside} | {remark}
    {label} | 批次 | 2 | 43 | 5 |
    {note}
"""
_USUAL = {
    "title": "月报表",
    "head": "本年累计", "group": "抽检", "unit": "批次", "figure": "44", "beside": "5",
    "remark": "无", "label": "合格批次", "note": "注：无",
}  # fmt: skip
_LONG = 30_000
_WORDS = ("数量", "月报表", "1", "2023", "一", "比", "（", "同比增长 ", "1、", "1月、", "第一季度", "单位为", "其中", "截至", "-")


@pytest.mark.parametrize("place", _USUAL)
def test_a_text_of_one_word_over_and_over_is_read_at_once(draw: Draw, catalog, place: str):
    """Every place of a table, every kind of word that a pattern repeats, and a row of blanks between two signs."""
    turn = list(_USUAL).index(place)  # each word stands alone in every other place, behind a note in the others
    texts = [f"{('', '注：本表为2022年')[(turn + at) % 2]}{word * (_LONG // len(word))}猫（" for at, word in enumerate(_WORDS)]
    texts += [f"{begin}{' ' * _LONG}猫" for begin in ("1", "合格批次", "注：本表为")]
    texts += ["注：本表为2022年" + "月报表" * 30 + "猫", "数量" * 30 + "猫"]
    for text in texts:
        begun = process_time()
        assert read_reports([draw(_SHEET.format(**{**_USUAL, place: text}))], catalog, office="food")
        assert process_time() - begun < 4, f"{text[:12]} … at {place}"


def test_a_table_of_thousands_of_columns_is_read_at_once(draw: Draw, catalog):
    """Every column is told from every other by its key; the keys are made once, not once for each cell."""
    columns = range(3_000)
    lines = [["数据项", "计量单位", "本年累计", *(f"其他{i}" for i in columns)], *([name, "", "3", *map(str, columns)] for name in ("检验批次", "合格批次"))]
    begun = process_time()

    [report] = read_reports([draw("期间：2023年11月\n" + "\n".join("|".join(line) for line in lines))], catalog, office="food")

    assert [reading.raw for reading in report.readings] == ["3", "3"]
    assert process_time() - begun < 8
