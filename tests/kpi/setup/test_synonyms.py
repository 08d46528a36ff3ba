"""Two names of one office for one thing."""

import datetime

from kpi.setup.proposing import propose
from kpi.setup.setup_catalog import catalog_of_draft
from kpi.setup.setup_draft import ProposalAnswer, ProposalVerdict, SetupDraft
from kpi.setup.surveyed_figure import SurveyedFile
from tests.kpi.setup.drawn import drawn_file

DAY = datetime.date(2026, 11, 29)


def sheets(*names: tuple[str, int, int]) -> list[SurveyedFile]:
    """A sheet a month from January on: the name of its second row, its 本月数 and 本年累计."""
    return [
        drawn_file(
            f"登记科{month}月.xlsx",
            {
                "Sheet1": f"""
登记科2023年{month}月月报表
填报单位：登记科
项目 | 单位 | 本月数 | 本年累计
注销企业 | 户 | {month} | {month * (month + 1) // 2}
{name} | 户 | {added} | {total}
"""
            },
        )
        for month, (name, added, total) in enumerate(names, 1)
    ]


def test_figures_that_go_on_under_another_name_are_one_measure() -> None:
    """30 up to February and 12 in March are the 42 that stand under the new name."""
    proposed = propose(sheets(("新设企业", 10, 10), ("新设企业", 20, 30), ("新登记市场主体", 12, 42)))

    assert [(measure.name, measure.aliases) for measure in proposed.measures] == [("注销企业", ()), ("新登记市场主体", ("新设企业",))]
    assert not proposed.synonyms


def test_names_that_are_merely_alike_are_asked_about() -> None:
    """31 is no 30 with 12 added to make 42: whether both names are one thing, the statistician says, and then one is an alias."""
    proposed = propose(sheets(("新设立企业", 10, 10), ("新设立企业", 20, 31), ("新设企业户", 12, 42)))

    [synonym] = proposed.synonyms
    assert synonym.question == "「新设企业户」和「新设立企业」是同一个数据项吗？"
    draft = SetupDraft(proposed).all_accepted()
    for proposal in draft.open:
        draft = draft.answered(proposal.key, ProposalAnswer(ProposalVerdict.ACCEPTED))
    catalog = catalog_of_draft(draft, "某局", DAY)
    assert [(measure.name, measure.aliases) for measure in catalog.measures.values()] == [("注销企业", ()), ("新设企业户", ("新设立企业",))]


def test_opposites_are_never_synonyms() -> None:
    """合格 and 不合格 are alike and two things."""
    proposed = propose(sheets(("检查合格企业", 10, 10), ("检查不合格企业", 20, 31), ("检查不合格企业", 12, 43)))

    assert not proposed.synonyms
    assert len(proposed.measures) == 3
