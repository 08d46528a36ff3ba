"""A small bureau for the tests of tables of targets: two offices, two stations as organisations, an indicator of each kind."""

from kpi.catalog.files import folder_of
from kpi.catalog.load import catalog_of
from kpi.catalog.model import Catalog
from kpi.setup.target_proposal import TargetProposal, TargetProposals
from kpi.setup.target_reading import TargetOptions, read_targets
from tests.kpi.setup.drawn import drawn_file

_INDICATOR = """
[[indicator]]
code = "{code}"
name = "{name}"
unit = "{unit}"
numerator = "{above}"
better = "{better}"
target_kind = "{kind}"
order = 1
why_it_matters = "说明。"
denominator_words = "分母"
source = "依据"
reviewed_on = 2026-11-29
{more}
"""
_MEASURE = """
[[measure]]
code = "{code}"
name = "{name}"
topic = "组"
unit = "{unit}"
kind = "{kind}"
"""


def _measure(code: str, name: str, unit: str, kind: str = "flow") -> str:
    return _MEASURE.format(code=code, name=name, unit=unit, kind=kind)


def _indicator(code: str, name: str, unit: str, kind: str, better: str = "higher", above: str = "", more: str = "") -> str:
    return _INDICATOR.format(code=code, name=name, unit=unit, above=above or code, better=better, kind=kind, more=more)


FILES = {
    "bureau.toml": 'name = "某区市场监督管理局"\n',
    "offices.toml": "".join(
        f'[[office]]\ncode = "{code}"\nname = "{name}"\naliases = ["{alias}"]\nparent = "bureau"\norder = {order}\ntemplate = "{name}月报"\ndue_day = 5\n'
        for order, (code, name, alias) in enumerate((("registration", "登记注册科", "注册科"), ("food", "食品科", "食品监管科")), 1)
    ),
    "orgs.toml": '[[org]]\ncode = "bureau"\nname = "某区市场监督管理局"\n'
    + "".join(
        f'[[org]]\ncode = "{code}"\nname = "{name}市场监管所"\naliases = ["{name}所"]\nparent = "bureau"\norder = {order}\n'
        for order, (code, name) in enumerate((("east", "东街"), ("west", "西街")), 1)
    ),
    "registration.toml": "".join(
        (
            _measure("entities", "在册经营主体", "户", "stock"),
            _measure("entities_new", "新设经营主体", "户"),
            _measure("conversions", "个转企", "户"),
            _measure("startup_days", "企业开办时间", "工作日", "standard"),
            _indicator("entities", "在册经营主体", "户", "none"),
            _indicator("entities_new", "新设经营主体", "户", "annual"),
            _indicator("conversions", "个转企", "户", "annual"),
            _indicator("startup_days", "企业开办时间", "工作日", "ceiling", "lower"),
            _indicator("growth", "经营主体增长率", "%", "growth", above="entities - entities@ly", more='denominator = "entities@ly"\nscale = 100'),
            _indicator(
                "individuals",
                "个体户占比",
                "%",
                "none",
                above="conversions",
                more='denominator = "entities"\nscale = 100\nmay_assess = false\nmay_assess_note = "条例"',
            ),
        )
    ),
    "food.toml": "".join(
        (
            _measure("passed", "抽检合格批次", "批次"),
            _measure("tested", "抽检检验批次", "批次"),
            _measure("lots", "食品抽检批次", "批次"),
            _measure("funds", "保险资金", "万元"),
            _indicator("pass_rate", "抽检合格率", "%", "floor", above="passed", more='denominator = "tested"\nscale = 100\ndecimals = 1'),
            _indicator("lots", "食品抽检批次", "批次", "annual"),
            _indicator("funds", "保险资金", "万元", "annual"),
            _indicator("share", "快检占比", "%", "range", above="tested", more='denominator = "lots"\nscale = 100'),
            _indicator("failures", "不合格批次", "批次", "none", "lower", above="tested - passed"),
        )
    ),
}


def bureau() -> Catalog:
    """Its catalogue."""
    return catalog_of(folder_of({name: text.encode() for name, text in FILES.items()}))


def read_drawn(text: str, *, name: str = "目标.xlsx", sheet: str = "Sheet1", options: TargetOptions | None = None) -> TargetProposals:
    """The targets of a drawn sheet."""
    return read_targets(drawn_file(name, {sheet: text}), bureau(), options)


def brief(proposal: TargetProposal) -> str:
    """A target in a line: whose, how much, until when, and the cells of its numbers."""
    target = proposal.target
    whose = target.office if target.org == "bureau" else f"{target.org} {target.office}"
    upper = f"—{target.upper}" if target.upper is not None else ""
    due = "".join(f" {milestone.on.month}月{milestone.share}%" for milestone in target.milestones)
    due += f" 各月 {' '.join(map(str, target.monthly))}" if target.monthly else ""
    return f"{target.indicator} {whose} {target.kind.value} {target.value}{upper}{due} @ {' '.join(cell.place.partition('!')[2] for cell in proposal.cells)}"
