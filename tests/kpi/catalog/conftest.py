"""A small sound catalogue that a test may spoil, one line at a time."""

from pathlib import Path

import pytest

from kpi.catalog.load import load
from kpi.errors import CatalogError

BUREAU = 'name = "某区市场监管局"\n'

OFFICES = """
[[office]]
code = "quality"
name = "质量科"
parent = "bureau"
order = 1
template = "质量科月报表"

[[office]]
code = "food"
name = "食品科"
aliases = ["食安科"]
parent = "bureau"
order = 2
template = "食品科月报表"
"""

QUALITY = """
[[measure]]
code = "coal_tested"
name = "商品煤检验批次"
topic = "抽检"
unit = "批次"
kind = "flow"

[[measure]]
code = "coal_passed"
name = "商品煤合格批次"
aliases = ["煤炭合格批次"]
topic = "抽检"
unit = "批次"
kind = "flow"

[[measure]]
code = "coal_pass_rate"
name = "商品煤合格率"
topic = "抽检"
unit = "%"
kind = "rate"
decimals = 2

[[indicator]]
code = "coal_pass_rate"
name = "商品煤合格率"
unit = "%"
decimals = 2
numerator = "coal_passed"
denominator = "coal_tested"
scale = 100
better = "higher"
target_kind = "floor"
why_it_matters = "劣质煤在取暖季烧完就追不回来。"
denominator_words = "已出结论的批次"
source = "抽检方案"
reviewed_on = 2026-11-23

[[relation]]
id = "Q1"
name = "合格不大于检验"
kind = "bound"
strength = "hard"
raises = "block"
left = "coal_passed"
op = "<="
right = "coal_tested"

[[system]]
id = "S1"
name = "商品煤抽检"
kind = "monitoring"
data = "逐批次的检验结论"
feeds = ["coal_tested", "coal_pass_rate"]
"""

FOOD = """
[[measure]]
code = "shops"
name = "食品店"
topic = "检查"
unit = "家"
kind = "stock"

[[measure]]
code = "visits"
name = "检查食品店"
topic = "检查"
unit = "家次"
kind = "flow"

[[indicator]]
code = "visits"
name = "检查食品店"
unit = "家次"
numerator = "visits"
better = "higher"
target_kind = "annual"
why_it_matters = "检查到店才看得见后厨。"
denominator_words = "不是比率"
source = "检查计划"
reviewed_on = 2026-11-23
"""

ACROSS = """
[[relation]]
id = "B1"
name = "检查次数不小于检验批次"
kind = "bound"
strength = "soft"
raises = "hint"
left = "visits"
op = ">="
right = "coal_tested"
"""

TARGETS = """
[[target]]
indicator = "coal_pass_rate"
office = "quality"
kind = "floor"
value = 85.5
tolerance = 1
document = "任务分解表"
"""


class Folder:
    """A catalogue folder and the ways a person spoils it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        files = {"bureau": BUREAU, "offices": OFFICES, "quality": QUALITY, "food": FOOD, "bureau_relations": ACROSS, "targets/2023": TARGETS}
        for name, text in files.items():
            self.write(f"{name}.toml", text)

    def write(self, name: str, text: str) -> None:
        """Put a file there, or another text into it."""
        (self.path / name).parent.mkdir(exist_ok=True)
        (self.path / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands in the file, everywhere."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def add(self, name: str, text: str) -> None:
        """Append to a file."""
        self.write(name, (self.path / name).read_text(encoding="utf-8") + text)

    def faults(self) -> tuple[str, ...]:
        """What the loader says about the folder."""
        with pytest.raises(CatalogError) as caught:
            load(self.path)
        return caught.value.faults


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
