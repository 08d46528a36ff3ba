"""
Sheets put together by chance from the words offices use: whatever is read must be what was meant.

Each figure of a sheet is a number of its own, so a figure taken for another cannot go unnoticed.
"""

import random

import pytest

from kpi.catalog.measure import MeasureKind
from kpi.errors import WorkbookError
from kpi.period import Month
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.report import Column
from tests.kpi.workbook.layouts.test_layouts import CATALOG

WORDS = {
    "month": ("本月", "本月数", "当月", "本月完成", "当月数", "{m}月", "{m}月份", "{y}年{m}月", "{m}月当月", "本月发生数", "本月实际完成数", "单月数"),
    "ytd": ("累计", "本年累计", "1-{m}月", "1—{m}月累计", "{y}年1-{m}月", "截至{m}月底", "年初至今累计", "累计完成", "本年累计数", "至本月止累计", "一至{c}月"),
    "prior": ("上年同期累计", "去年同期累计数", "上年1-{m}月", "{p}年1-{m}月", "去年1—{m}月累计", "上年累计"),
    "prior_month": ("上年同月", "去年当月", "{p}年{m}月", "去年同月数", "上年本月"),
    "yoy": ("同比", "同比增长(%)", "同比±%", "同比增减", "比上年同期增长%", "增幅", "同比增长率（％）"),
    "change": ("增减数", "同比增减数", "比上年同期增加数"),
    "target": ("年度目标", "全年任务数", "目标任务", "计划数", "年度任务", "年初目标"),
    "progress": ("完成率", "完成进度(%)", "任务完成率", "占年度目标比重", "进度%"),
    "last_month": ("上月", "上月数", "上月累计"),
    "bare_prior": ("上年同期", "去年同期", "同期", "上年同期数"),
    "amount": ("数量", "完成数", "完成情况", "数值", "本年"),
    "note": ("备注", "存在问题", "责任人"),
    "strange": ("累记", "数字", "得数", "全口径", "上报市局数"),
}
TRUTH = ("month", "ytd", "prior", "prior_month", "yoy", "change", "target", "progress", "last_month")
TITLES = (
    "{o}{y}年{m}月报表", "{y}年{m}月{o}工作统计表", "{o}{y}年1—{m}月工作情况", "{o}{y}年1至{m}月份统计表", "{o}{y}年{m}月（1-{m}月累计）统计表",
)  # fmt: skip
NAMES = "项目", "指标名称", "数据项", "统计内容", "项　目", "工作内容", ""


class Chance:
    """One sheet in the making."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.office = self.random.choice([office for office in CATALOG.offices if len(CATALOG.office_measures(office)) > 6])
        self.period = Month(2023, self.random.randint(2, 12))
        own = CATALOG.office_measures(self.office)
        self.measures = self.random.sample(own, self.random.randint(3, min(9, len(own))))
        numbers = iter(self.random.sample(range(100, 99_999), 400))
        self.truth = {(measure.code, what): next(numbers) for measure in self.measures for what in TRUTH}
        self.stray = numbers

    def words(self, what: str) -> str:
        spoken = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][self.period.month - 1]
        return self.random.choice(WORDS[what]).format(m=self.period.month, y=2023, p=2022, c=spoken)

    def label(self, measure, number: int) -> str:
        name = self.random.choice((measure.name, *measure.aliases))
        return self.random.choice(("{n}", "{n}", "{i}.{n}", "{i}、{n}", "  {n}", "{n}（{u}）", "{n} ")).format(n=name, i=number, u=measure.unit)

    def value(self, measure, what: str, whats: list[str]) -> str:
        if what == "bare_prior":  # the counterpart of the only figure, else of the one before it
            before = [one for one in whats[: whats.index(what)] if one in ("month", "ytd")]
            return str(self.truth[measure.code, "prior" if before[-1:] == ["ytd"] or "month" not in whats else "prior_month"])
        if what in ("amount", "strange"):
            return str(next(self.stray))
        return "无" if what == "note" else str(self.truth[measure.code, what])

    def sheet(self) -> Sheet:
        chance = self.random
        rows: list[list[str]] = [[chance.choice(TITLES).format(o=CATALOG.offices[self.office].name, y=2023, m=self.period.month)]]
        merges: list[tuple[int, int, int, int]] = []
        lead = [*chance.choice(([], ["序号"])), chance.choice(NAMES), *chance.choice(([], ["单位"], ["计量单位"]))]
        if chance.random() < 0.3:
            whats = [what for group in ("month", "ytd") for what in (group, {"month": "prior_month", "ytd": "prior"}[group])]
            rows.append([*lead, chance.choice(("本月", "当月")), "", chance.choice(("累计", f"1-{self.period.month}月累计")), ""])
            rows.append([*[""] * len(lead), *["本年", "上年同期"] * 2])
            at = len(lead)
            merges += [(1, c, 2, c) for c in range(at) if lead[c]] + [(1, at, 1, at + 1), (1, at + 2, 1, at + 3)]
            merges = merges if chance.random() < 0.7 else []
        else:
            whats = chance.sample(["month", "ytd"], chance.randint(1, 2)) + chance.sample([w for w in WORDS if w not in ("month", "ytd")], chance.randint(0, 4))
            chance.shuffle(whats)
            rows.append([*lead, *(self.words(what) for what in whats)])
        for number, measure in enumerate(self.measures, start=1):
            parts = {"序号": str(number), "单位": measure.unit, "计量单位": measure.unit}
            rows.append(
                [*(parts.get(head, "") if head in parts else self.label(measure, number) for head in lead), *(self.value(measure, w, whats) for w in whats)]
            )
        rows.append(["注：本表按月报送。"])
        if chance.random() < 0.3:
            rows = [[""] * 2 + row for row in rows]
            merges = [(a, b + 2, c, d + 2) for a, b, c, d in merges]
        cells = {r: {c: Cell(CellKind.NUMBER if text.isdigit() else CellKind.TEXT, text) for c, text in enumerate(row) if text} for r, row in enumerate(rows)}
        return Sheet("Sheet1", cells, merges=tuple(merges))


def wrong(chance: Chance, sheet: Sheet) -> list[str]:
    """What was read and not meant."""
    found = []
    for report in read_reports((sheet,), CATALOG):
        if (report.office, report.period) != (chance.office, chance.period) and any(reading.raw for reading in report.readings):
            found.append(f"{report.office} {report.period}")
        for reading in report.readings:
            kind = CATALOG.measures[reading.measure].kind
            meant = {str(chance.truth.get((reading.measure, reading.column.value)))}
            if kind in (MeasureKind.STOCK, MeasureKind.STANDARD) and reading.column is Column.YTD:
                meant.add(str(chance.truth.get((reading.measure, "month"))))
            unsaid = reading.column in (Column.YTD, Column.PRIOR) and kind is not MeasureKind.FLOW
            if reading.raw and reading.raw not in meant and not unsaid:
                found.append(f"{reading.measure} {reading.column.value} {reading.raw} at {reading.place}")
    return found


@pytest.mark.parametrize("first", range(0, 600, 100))
def test_no_figure_is_taken_for_another(first: int):
    for seed in range(first, first + 100):
        chance = Chance(seed)
        sheet = chance.sheet()
        try:
            assert wrong(chance, sheet) == [], (seed, [[cell.text for cell in row.values()] for row in sheet.rows.values()][:5])
        except WorkbookError:
            continue


def test_nearly_all_that_is_plainly_said_is_read():
    """Silence would be a way of never being wrong."""
    said = read = 0
    for seed in range(300):
        chance = Chance(seed)
        sheet = chance.sheet()
        texts = {cell.text for row in sheet.rows.values() for cell in row.values()}
        try:
            got = {(r.measure, r.column.value) for report in read_reports((sheet,), CATALOG) for r in report.readings if r.raw}
        except WorkbookError:
            got = set()
        for measure in chance.measures:
            for what in ("month", "ytd", "prior"):
                if str(chance.truth[measure.code, what]) in texts and measure.kind is MeasureKind.FLOW:
                    said += 1
                    read += (measure.code, what) in got
    assert read / said > 0.9


class OverTime(Chance):
    """A year's table: months over the columns, down the rows, or a sheet each."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.months = list(range(self.random.randint(1, 3), self.random.randint(5, 12) + 1))
        self.measures = [measure for measure in self.measures if measure.kind is MeasureKind.FLOW]
        numbers = iter(self.random.sample(range(100, 99_999), 400))
        self.by_month = {(measure.code, month): next(numbers) for measure in self.measures for month in self.months}

    def sheets(self) -> list[Sheet]:
        chance, name = self.random, CATALOG.offices[self.office].name
        word = chance.choice(("{m}月", "{m}月份", "2023年{m}月", "2023-{m:02}-01", "{m}月数"))
        heads = [word.format(m=month) for month in self.months]
        labels = [self.label(measure, i) for i, measure in enumerate(self.measures, start=1)]
        title = [f"{name}2023年{chance.choice(('各月情况统计表', '工作统计', '年度月报汇总'))}"]
        total = chance.choice(([], ["合计"], ["累计"]))
        match chance.choice(("wide", "long", "sheets", "list")):
            case "wide":
                rows = [["项目", *heads, *total]]
                for label, measure in zip(labels, self.measures, strict=True):
                    figures = [self.by_month[measure.code, month] for month in self.months]
                    rows.append([label, *map(str, figures), *([str(sum(figures))] if total else [])])
            case "long":
                rows = [[chance.choice(("月份", "时间")), *(measure.name for measure in self.measures)]]
                rows += [[head, *(str(self.by_month[m.code, month]) for m in self.measures)] for head, month in zip(heads, self.months, strict=True)]
                rows += [["合计", *("777777" for _ in self.measures)]] if total else []
            case "list":
                rows = [["月份", "数据项", chance.choice(("本月数", "当月完成"))]]
                rows += [[head, m.name, str(self.by_month[m.code, month])] for head, month in zip(heads, self.months, strict=True) for m in self.measures]
            case _:
                each = [
                    [
                        [f"{name}2023年报表"],
                        ["项目", "本月"],
                        *([label, str(self.by_month[m.code, month])] for label, m in zip(labels, self.measures, strict=True)),
                    ]
                    for month in self.months
                ]
                return [_drawn(rows, f"{month}月") for month, rows in zip(self.months, each, strict=True)]
        return [_drawn([title, *rows], "Sheet1")]


def _drawn(rows: list[list[str]], name: str) -> Sheet:
    def cell(text: str) -> Cell:
        if len(text) == 10 and text[4] == "-":
            return Cell(CellKind.DATE, text)
        return Cell(CellKind.NUMBER if text.isdigit() else CellKind.TEXT, text)

    return Sheet(name, {r: {c: cell(text) for c, text in enumerate(row) if text} for r, row in enumerate(rows)})


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_no_month_is_taken_for_another(first: int):
    for seed in range(first, first + 100):
        chance = OverTime(seed)
        if not chance.measures:
            continue
        reports = read_reports(chance.sheets(), CATALOG)
        found = {(r.measure, report.period.month): r.raw for report in reports for r in report.readings if r.raw and report.period and r.column is Column.MONTH}
        assert found == {key: str(figure) for key, figure in chance.by_month.items()}, seed
        sums = {measure.code: str(sum(chance.by_month[measure.code, month] for month in chance.months)) for measure in chance.measures}
        ytd = {(r.measure, r.raw) for report in reports for r in report.readings if r.raw and r.column is Column.YTD}
        assert ytd <= (set(sums.items()) if chance.months[0] == 1 else set()), seed  # from March on a sum is no 本年累计
