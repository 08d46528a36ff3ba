"""指标口径: the definition on screen is the one in force, and no platform of the bureau is missing."""

from kpi.present import formulas


def opened(shell, **query: str):
    for name, value in query.items():
        shell.query_params[name] = value
    shell.run().switch_page("reference/indicator_list.py").run()
    assert not shell.exception
    assert not shell.error
    return shell


def test_every_system_has_its_line(shell, demo):
    opened(shell)
    systems = shell.dataframe[1].value
    assert list(systems["名称"]) == [system.name for system in demo.catalog.systems.values()]
    assert len(systems) == 106
    assert set(systems[systems["供出的数"] == "本年无量化指标"]["名称"]) == {s.name for s in demo.catalog.systems.values() if not s.feeds}


def test_every_indicator_has_its_line_from_the_catalogue(shell, demo):
    opened(shell)
    lines = shell.dataframe[0].value
    assert list(lines["指标"]) == [indicator.name for indicator in demo.catalog.indicators.values()]
    assert list(lines["公式"]) == [formulas.indicator(indicator, demo.catalog.measures) for indicator in demo.catalog.indicators.values()]


def test_a_search_that_leaves_few_prints_them_in_full(shell):
    opened(shell, q="商品煤抽检合格率")
    assert [heading.value for heading in shell.subheader][1:] == ["商品煤抽检合格率"]


def test_a_search_for_nothing_says_so(shell):
    opened(shell, q="没有这个词")
    assert shell.subheader[0].value == "0 项指标，0 个平台、台账和专项行动。"


def test_the_denominator_stands_in_the_definition(shell, demo):
    """What is counted below is said in words, beside the formula."""
    opened(shell, q="商品煤抽检合格率")
    [indicator] = [one for one in demo.catalog.indicators.values() if one.name == "商品煤抽检合格率"]
    assert indicator.denominator_words in shell.table[0].value.to_string()
