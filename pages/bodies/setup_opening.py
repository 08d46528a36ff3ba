"""建局：走到哪一步，有多少条建议，还有多少要回答；生成以后目录里有什么。"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.present.html.engine import render
from kpi.setup.proposal_groups import asked
from kpi.setup.setting_up import SettingUp, setting_up
from kpi.setup.setup_draft import ProposalVerdict, SetupDraft
from kpi.setup.setup_intake import not_taken_in
from pages.view import View
from pages.widgets import session

STEPS = ("放报表", "看建议", "生成目录", "入库")
_BEGIN = "放入各科室已有的报表，从里面读出科室、数据项、率和合计关系，逐条确认后就是本局的指标目录。"


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """How many proposals there are, accepted, refused, asked, and open without a question."""

    every: int
    accepted: int
    refused: int
    asked: int
    certain: int

    @property
    def unanswered(self) -> int:
        """How many are open."""
        return self.asked + self.certain


def counts_of(draft: SetupDraft) -> DraftCounts:
    """How far the answers are."""
    every, questions = len(draft.proposed.everything), len(asked(draft))
    known = {proposal.key for proposal in draft.proposed.everything}
    refused = sum(answer.verdict is ProposalVerdict.REFUSED for key, answer in draft.answers.items() if key in known)
    return DraftCounts(every, every - len(draft.open) - refused, refused, questions, len(draft.open) - questions)


def opening(_: View) -> str:
    """The answer of the page, and the steps."""
    setup = setting_up(session.bureau())
    step = step_of(setup)
    return render("setup_opening.html", answer=_answer(setup), steps=_steps(step), notes=_notes(setup))


def step_of(setup: SettingUp) -> int:
    """The number of the step, from 0, at which a setup is; 4 where all is done."""
    if setup.state.in_force is not None:
        return 3 if not_taken_in(session.bureau(), setup) else 4
    if setup.state.draft is None:
        return 0
    counts = counts_of(setup.state.draft)
    return 1 if counts.unanswered else 2


def _answer(setup: SettingUp) -> str:
    state, catalog = setup.state, session.bureau().catalog
    if state.in_force is not None:
        rates = sum(indicator.denominator is not None for indicator in catalog.indicators.values())
        there = f"{len(catalog.offices)} 个科室、{len(catalog.measures)} 个数据项、{rates} 个率、{len(catalog.relations)} 条合计关系"
        waiting = len(not_taken_in(session.bureau(), setup))
        return f"本局的指标目录已经生效：{there}；{f'还有 {waiting} 份报表没有入库' if waiting else '这些报表都已入库，看板可以看了'}。"
    if state.draft is None:
        return _BEGIN
    counts = counts_of(state.draft)
    if not counts.unanswered:
        return f"{counts.every} 条建议都有了回答：接受 {counts.accepted} 条，不要 {counts.refused} 条，可以生成目录了。"
    unanswered = "，".join([*([f"{counts.certain} 条有把握、还没有接受"] if counts.certain else []), *([f"{counts.asked} 条要回答"] if counts.asked else [])])
    return f"{len(setup.files) - len(setup.unread)} 份报表里有 {counts.every} 条建议：已接受 {counts.accepted} 条，{unanswered}。"


def _notes(setup: SettingUp) -> Sequence[str]:
    """What has to be known before anything else."""
    anew = setup.state.asked_anew
    return [f"后放入的报表改变了 {anew} 条已经回答的建议，这几条要再回答一次。"] if anew else []


def _steps(step: int) -> list[tuple[str, str, str]]:
    """Number, name and standing of each step."""
    return [(str(at + 1), name, "done" if at < step else "now" if at == step else "later") for at, name in enumerate(STEPS)]
