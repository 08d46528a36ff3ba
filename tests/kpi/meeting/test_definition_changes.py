"""What editions remember of a definition that is another one now."""

from kpi.bureau import open_bureau
from kpi.meeting.definition_changes import definition_changes
from kpi.meeting.editions import freeze
from kpi.period import Month
from tests.bureaus import Small, write
from tests.soundness.catalog import QUALITY, files

NOVEMBER = Month(2023, 11)


def frozen(tmp_path, period: str = "2023-10") -> str:
    """An edition of 合格批次 over 检验批次; its code."""
    with open_bureau(tmp_path / "data", write(tmp_path / "catalog", files())) as bureau:
        small = Small(bureau)
        small.report(period, tested="– 50", taken="– 60", passed="– 45")
        return freeze(small.bureau, Month.parse(period), "王统计").edition.code


def changes(tmp_path, old: str, new: str, month: Month = NOVEMBER) -> dict[str, tuple[str, ...]]:
    """The same data with one text of the catalogue changed."""
    assert old in QUALITY
    with open_bureau(tmp_path / "data", write(tmp_path / "after", files(quality=QUALITY.replace(old, new)))) as bureau:
        return definition_changes(bureau, month)


BEFORE, AFTER = 'denominator = "tested"', 'denominator = "taken"'


def test_a_formula_that_changed_since_the_meeting_is_named_with_its_edition(tmp_path):
    """Every rate of the two is over 抽检批次 now."""
    code = frozen(tmp_path)

    changed = changes(tmp_path, BEFORE, AFTER)

    assert changed["plain_rate"] == (f"口径由「合格批次 ÷ 检验批次 × 100%」改为「合格批次 ÷ 抽检批次 × 100%」（会议版 {code} 以后）",)
    assert "tested" not in changed


def test_a_fact_that_changed_is_named_as_well(tmp_path):
    """净增户数 was the higher the better."""
    code = frozen(tmp_path)

    changed = changes(tmp_path, 'numerator = "net"\nbetter = "higher"', 'numerator = "net"\nbetter = "lower"')

    assert changed == {"net": (f"方向由「越高越好」改为「越低越好」（会议版 {code} 以后）",)}


def test_a_catalogue_that_changed_elsewhere_changes_no_definition(tmp_path):
    frozen(tmp_path)

    assert changes(tmp_path, 'why_it_matters = "例。"', 'why_it_matters = "另一例。"') == {}


def test_meetings_about_the_last_thirteen_months_are_asked(tmp_path):
    """An edition of October 2023 is within the year of September 2024 and October 2024, and not of November 2024, nor of September 2023."""
    frozen(tmp_path)

    for month, known in ((Month(2023, 9), False), (Month(2023, 10), True), (Month(2024, 10), True), (Month(2024, 11), False)):
        assert ("plain_rate" in changes(tmp_path, BEFORE, AFTER, month)) is known


def test_an_edition_whose_file_is_lost_says_nothing(tmp_path):
    frozen(tmp_path)
    for file in (tmp_path / "data" / "editions").rglob("*.json"):
        file.unlink()

    assert changes(tmp_path, BEFORE, AFTER) == {}
