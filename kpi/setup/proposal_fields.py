"""What of a proposal can be changed, field by field: how each is called, what it takes, and what it is now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi.catalog.measure import Better, MeasureKind
from kpi.errors import RequestError
from kpi.setup.measure_proposals import kind_words
from kpi.setup.proposal import MeasureProposal, OfficeProposal, Proposal, ProposedCatalog, RateProposal
from kpi.setup.setup_draft import CHANGEABLE, ProposalAnswer, ProposalVerdict, SetupDraft

_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_WHOLE = {"due_day": (1, 28), "decimals": (0, 6)}
_FORMULAS = ("numerator", "denominator")


@dataclass(frozen=True, slots=True)
class ProposalField:
    """A field: its heading, what it means, and the Chinese words of its values where it takes no others."""

    key: str
    heading: str
    meaning: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


_FIELDS = (
    ProposalField("name", "名称", "印在看板上；表上的写法照旧认得"),
    ProposalField("template", "报表标题"),
    ProposalField("due_day", "应报日", "次月几日以前报，1 到 28"),
    ProposalField("month_in_name", "报表是哪个月的", "", {"False": "看报表上写的月份", "True": "报表上不写，看文件名"}),
    ProposalField("topic", "分类", "空白报表上的小标题"),
    ProposalField("unit", "单位", "一个数数的是什么：件、家次、万元、%"),
    ProposalField("kind", "性质", "时期数各月相加，时点数取最后一个", {kind.value: kind_words(kind) for kind in MeasureKind}),
    ProposalField("unstated", "没写本月或累计时", "表头和标题都没有写明时按哪个读", {"asked": "每次都问", "month": "本月数", "ytd": "本年累计"}),
    ProposalField("decimals", "小数位", "0 到 6"),
    ProposalField("better", "好坏", "", {better.value: better.chinese for better in Better}),
    ProposalField("code", "代码", "小写字母、数字和下划线，一旦入库不再改动"),
)
_WORDS = {known.key: known.words for known in _FIELDS}


def fields_of(proposal: Proposal) -> tuple[ProposalField, ...]:
    """The fields of a proposal that a form shows; the parts of a rate are chosen, not written."""
    own = CHANGEABLE[type(proposal).__name__]
    return tuple(known for known in _FIELDS if known.key in own)


def value_of(draft: SetupDraft, proposal: Proposal, key: str) -> str:
    """A field as it was answered, else as it is proposed."""
    answer = draft.answers.get(proposal.key)
    changed = answer.changes.get(key) if answer else None
    return str(getattr(proposal, key)) if changed is None else changed


def answer_of(draft: SetupDraft, proposal: Proposal, wanted: Mapping[str, str]) -> ProposalAnswer:
    """
    The answer that accepts a proposal with fields as they are wanted; what is as it was proposed is no change.

    Raises:
        RequestError: A field holds what no catalogue takes; which, and what it takes.

    """
    changes = {}
    for key, typed in wanted.items():
        value = typed.strip()
        if key in _FORMULAS:
            _require_formula(draft.proposed, value)
        elif value != str(getattr(proposal, key)):
            _require(draft, proposal, key, value)
        else:
            continue
        changes[key] = value
    return ProposalAnswer(ProposalVerdict.CHANGED if changes else ProposalVerdict.ACCEPTED, changes)


def _require(draft: SetupDraft, proposal: Proposal, key: str, value: str) -> None:
    heading = next(known.heading for known in _FIELDS if known.key == key)
    if not value and key != "unit":  # of a unit the draft says why it is needed
        raise RequestError(f"请写明{heading}。")
    if bounds := _WHOLE.get(key):
        if not value.isdecimal() or not bounds[0] <= int(value) <= bounds[1]:
            raise RequestError(f"{heading}写一个整数，{bounds[0]} 到 {bounds[1]}；现在写的是「{value}」。")
    elif (words := _WORDS[key]) and value not in words:
        raise RequestError(f"{heading}从所列的几种里选。")
    elif key == "code":
        _require_code(draft, proposal, value)


def _require_code(draft: SetupDraft, proposal: Proposal, code: str) -> None:
    if not _CODE.fullmatch(code):
        raise RequestError(f"代码只用小写字母、数字和下划线，以字母开头，最多 60 个字；现在写的是「{code}」。")
    alike = [other for other in draft.proposed.everything if type(other) is type(proposal) and other.key != proposal.key]
    if taken := [other for other in alike if isinstance(other, OfficeProposal | MeasureProposal) and value_of(draft, other, "code") == code]:
        raise RequestError(f"代码「{code}」已经是「{taken[0].name}」的；请换一个。")


def _require_formula(proposed: ProposedCatalog, formula: str) -> None:
    codes = {measure.code for measure in proposed.measures}
    words = re.findall(r"[a-z][a-z0-9_]*", formula.replace("@ly", ""))
    if not words or not set(words) <= codes:
        raise RequestError("分子、分母从建议里的数据项中选。")


def formula_words(proposed: ProposedCatalog, formula: str) -> str:
    """A formula over codes in the names of its measures; 上年 before one of the year before."""
    names = {measure.code: measure.name for measure in proposed.measures}
    return re.sub(r"[a-z][a-z0-9_]*(?:@ly)?", lambda word: _term(names, word[0]), formula.replace(" - ", " − ").replace(" * ", " × "))


def _term(names: Mapping[str, str], word: str) -> str:
    code = word.removesuffix("@ly")
    return f"{'上年' if code != word else ''}{names.get(code, code)}"


def parts_formula(proposed: ProposedCatalog, numerator: str, denominator: str) -> str:
    """Numerator ÷ denominator in the names of their measures."""
    return " ÷ ".join(f"（{words}）" if " " in side else words for side in (numerator, denominator) for words in [formula_words(proposed, side)])


def parts_words(draft: SetupDraft, rate: RateProposal) -> str:
    """Numerator ÷ denominator as answered, else as proposed; empty where nobody knows them."""
    answer = draft.answers.get(rate.key)
    changes = answer.changes if answer else {}
    numerator, denominator = (changes.get(side, "") or getattr(rate.parts, side, "") for side in _FORMULAS)
    return parts_formula(draft.proposed, numerator, denominator) if numerator and denominator else ""
