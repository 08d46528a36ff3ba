"""建局的建议：按种类列成表，各有依据、把握和回答；打开的一条写明全部依据。"""

from collections.abc import Sequence

from kpi.present.html.engine import render
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.setup.measure_proposals import kind_words
from kpi.setup.proposal import (
    CellOfFile,
    Certainty,
    LedgerProposal,
    MeasureProposal,
    OfficeProposal,
    Proposal,
    ProposalEvidence,
    ProposalGroup,
    RateProposal,
    SumProposal,
    SynonymProposal,
)
from kpi.setup.proposal_fields import parts_formula, parts_words, value_of
from kpi.setup.proposal_groups import group, office_code
from kpi.setup.setup_draft import ProposalVerdict, SetupDraft, is_certain
from pages.view import View

CERTAINTY = {Certainty.PROVED: "数证明的", Certainty.STATED: "表上写明的", Certainty.LIKELY: "多半是", Certainty.ASKED: "要问的"}
_ANSWERS = {
    ProposalVerdict.ACCEPTED: Badge("● 接受", "met"),
    ProposalVerdict.CHANGED: Badge("◆ 改后接受", "met"),
    ProposalVerdict.REFUSED: Badge("○ 不要", "no_target"),
}
_ASKED, _OPEN = Badge("▲ 要回答", "undecided"), Badge("◇ 还没有接受", "unreported")
_LAST = (HtmlColumn("依据", wide=True), HtmlColumn("把握"), HtmlColumn("回答"))
_OFFICES = (HtmlColumn("科室", title=True), HtmlColumn("报表标题"), HtmlColumn("应报日"), HtmlColumn("建议"), *_LAST)
_MEASURES = (HtmlColumn("数据项", title=True), HtmlColumn("科室"), HtmlColumn("单位"), HtmlColumn("性质"), *_LAST)
_RATES = (HtmlColumn("率", title=True), HtmlColumn("科室"), HtmlColumn("分子 ÷ 分母", wide=True), *_LAST)
_SUMS = (HtmlColumn("合计关系", title=True), HtmlColumn("科室"), *_LAST)
_LEDGERS = (HtmlColumn("台账", title=True), HtmlColumn("科室"), HtmlColumn("计哪些数", wide=True), HtmlColumn("读哪些列", wide=True), *_LAST)
_OFFERED = "指标库里还可以有"
_SYNONYMS = (HtmlColumn("同物异名", title=True), HtmlColumn("科室"), *_LAST)


def tables(view: View, draft: SetupDraft, shown: ProposalGroup, *, offices: bool) -> list[HtmlTable]:
    """
    The proposals of a group, a table for each kind; a row opens one.

    Args:
        view: What the page shows.
        draft: The draft.
        shown: The proposals.
        offices: Whether they are of several offices, so that each row names its own.

    """
    rows = _Rows(view, draft, offices=offices)
    made = (
        HtmlTable("科室", _OFFICES, [rows.office(office) for office in shown.offices], search=len(shown.offices) > 8),
        HtmlTable("数据项", _MEASURES, [rows.measure(measure) for measure in shown.measures], search=len(shown.measures) > 8),
        HtmlTable("同物异名", _SYNONYMS, [rows.synonym(synonym) for synonym in shown.synonyms]),
        HtmlTable("率", _RATES, [rows.rate(rate) for rate in shown.rates if not _is_offered(rate)]),
        HtmlTable("合计关系", _SUMS, [rows.relation(relation) for relation in shown.sums]),
        HtmlTable("台账", _LEDGERS, [rows.ledger(ledger) for ledger in shown.ledgers]),
        HtmlTable(_OFFERED, _RATES, [rows.rate(rate) for rate in shown.rates if _is_offered(rate)]),
    )
    return [table for table in made if table.rows]


def section(table: HtmlTable) -> str:
    """A table under its heading."""
    return render("proposal_section.html", table=table, count=len(table.rows))


def proposal(draft: SetupDraft, own: Proposal) -> str:
    """One proposal with the question and all that it rests on."""
    evidence = [(known.words, _months(known), [_cell(cell) for cell in known.cells]) for known in own.evidence]
    parts = parts_words(draft, own) if isinstance(own, RateProposal) else ""
    return render(
        "proposal.html",
        kind=kind_of(own),
        name=name_of(draft, own),
        office=office_of(draft, own),
        question=own.question,
        parts=parts,
        evidence=evidence,
        certainty=CERTAINTY[own.certainty],
        answer=answer_badge(draft, own),
    )


def kind_of(own: Proposal) -> str:
    """What a proposal is of."""
    kinds = {OfficeProposal: "科室", MeasureProposal: "数据项", RateProposal: "率", SumProposal: "合计关系", SynonymProposal: "同物异名"}
    return "台账" if isinstance(own, LedgerProposal) else kinds[type(own)]


def table_name(own: Proposal) -> str:
    """The name of the table that has a proposal."""
    return _OFFERED if isinstance(own, RateProposal) and _is_offered(own) else kind_of(own)


def name_of(draft: SetupDraft, own: Proposal) -> str:
    """What is proposed, as it was changed."""
    if isinstance(own, SynonymProposal):
        names = {measure.code: measure.name for measure in draft.proposed.measures}
        return f"「{names.get(own.measure, own.measure)}」和「{own.alias}」是同一个数据项"
    return value_of(draft, own, "name")


def office_of(draft: SetupDraft, own: Proposal) -> str:
    """The office of a proposal, as it was changed; 跨科室 where it is of several."""
    code = office_code(draft.proposed, own)
    return next((value_of(draft, office, "name") for office in draft.proposed.offices if office.code == code), "跨科室")


def answer_badge(draft: SetupDraft, own: Proposal) -> Badge:
    """What is said of a proposal."""
    answer = draft.answers.get(own.key)
    return _ANSWERS[answer.verdict] if answer else _OPEN if is_certain(own) else _ASKED


def _is_offered(rate: RateProposal) -> bool:
    """Whether only the library of usual indicators speaks for a rate."""
    return rate.suggestion is not None and not rate.typed


class _Rows:
    """The rows of the tables of one page."""

    def __init__(self, view: View, draft: SetupDraft, *, offices: bool) -> None:
        self._view, self._draft, self._offices = view, draft, offices

    def office(self, own: OfficeProposal) -> HtmlRow:
        every = len(group(self._draft, own.name).everything)
        day = f"次月 {value_of(self._draft, own, 'due_day')} 日"
        cells = {"报表标题": HtmlCell(value_of(self._draft, own, "template")), "应报日": HtmlCell(day), "建议": HtmlCell(f"{every} 条", every)}
        return self._row(own, "科室", cells)

    def measure(self, own: MeasureProposal) -> HtmlRow:
        kinds = value_of(self._draft, own, "kind")
        cells = {"单位": HtmlCell(value_of(self._draft, own, "unit") or "没有写"), "性质": HtmlCell(kind_words(type(own.kind)(kinds)))}
        return self._row(own, "数据项", cells, f"又写作 {'、'.join(own.aliases)}" if own.aliases else "")

    def rate(self, own: RateProposal) -> HtmlRow:
        words = parts_words(self._draft, own)
        choices = [parts_formula(self._draft.proposed, parts.numerator, parts.denominator) for parts in own.choices]
        return self._row(own, "率", {"分子 ÷ 分母": HtmlCell(words or "没有说定", notes=() if words else tuple(f"可能是 {choice}" for choice in choices))})

    def relation(self, own: SumProposal) -> HtmlRow:
        return self._row(own, "合计关系", {})

    def ledger(self, own: LedgerProposal) -> HtmlRow:
        figures, columns = ("、".join(part.name for part in parts) for parts in (own.figures, own.columns))
        return self._row(own, "台账", {"计哪些数": HtmlCell(figures), "读哪些列": HtmlCell(columns)})

    def synonym(self, own: SynonymProposal) -> HtmlRow:
        return self._row(own, "同物异名", {})

    def _row(self, own: Proposal, title: str, cells: dict[str, HtmlCell], note: str = "") -> HtmlRow:
        more = [known.words for known in own.evidence[1:]]
        every = {
            title: HtmlCell(name_of(self._draft, own), note=note),
            **({"科室": HtmlCell(office_of(self._draft, own))} if self._offices and title != "科室" else {}),
            **cells,
            "依据": HtmlCell(own.evidence[0].words, note=_brief(own.evidence), notes=tuple(filter(None, (*more, own.question)))),
            "把握": HtmlCell(CERTAINTY[own.certainty]),
            "回答": HtmlCell(badges=(answer_badge(self._draft, own),)),
        }
        return HtmlRow(every, self._view.link(row=own.key), chosen=self._view.get("row") == own.key)


def _brief(evidence: Sequence[ProposalEvidence]) -> str:
    """In how many months it holds, and the first of its cells."""
    first = next((known.cells[0] for known in evidence if known.cells), None)
    more = sum(len(known.cells) for known in evidence) > 1
    words = [*filter(None, [_months(evidence[0])]), *([f"{_cell(first)}{' 等' if more else ''}"] if first else [])]
    return "，".join(words)


def _months(evidence: ProposalEvidence) -> str:
    return f"{evidence.holds}/{evidence.of} 个月" if evidence.holds else ""


def _cell(cell: CellOfFile) -> str:
    return f"{cell.file}!{cell.place}" if cell.place else cell.file
