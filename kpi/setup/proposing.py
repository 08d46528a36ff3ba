"""From the files of offices to all that is proposed of a catalogue."""

from collections.abc import Sequence

from kpi.errors import WorkbookError
from kpi.setup.case_tables import is_case_table
from kpi.setup.ledger_proposals import SurveyedLedger, propose_ledgers, surveyed_ledger
from kpi.setup.library import library_for
from kpi.setup.library_matching import LibraryMatching
from kpi.setup.library_suggestions import offer_rates, suggested_measures, suggested_rates
from kpi.setup.measure_proposals import propose_measures
from kpi.setup.measure_series import series_of
from kpi.setup.office_proposals import propose_offices
from kpi.setup.office_words import OfficeWords
from kpi.setup.proposal import ProposedCatalog
from kpi.setup.proposed_codes import ProposedCodes
from kpi.setup.rate_proposals import MeasuresOfBureau, propose_rates
from kpi.setup.rate_suggestions import suggest_rates
from kpi.setup.sum_proposals import propose_sums
from kpi.setup.surveyed_figure import SurveyedFigure, SurveyedFile
from kpi.setup.synonym_proposals import propose_synonyms
from kpi.setup.synonym_search import find_synonyms, merged
from kpi.setup.table_survey import figures_of, tables_of


def propose(files: Sequence[SurveyedFile], figures: Sequence[SurveyedFigure] | None = None, ledgers: Sequence[SurveyedLedger] | None = None) -> ProposedCatalog:
    """
    All that the sheets of some files propose.

    Args:
        files: The workbooks, as `Parser.parse` read their sheets, in any order.
        figures: Their figures, where they are surveyed already: file by file, the files `in_order`.
        ledgers: Their tables of cases, in the same way.

    Raises:
        WorkbookError: No sheet of any file holds a table of figures.

    """
    tables = [(file, table) for file in in_order(files) for table in tables_of(file)]
    if figures is None:
        figures = [figure for file, table in tables for figure in figures_of(file, table)]
    if ledgers is None:
        ledgers = [surveyed_ledger(file, table) for file, table in tables if is_case_table(table)]
    if not figures and not ledgers:
        raise WorkbookError("这些文件里没有一张表能读出数；请核对放入的是不是科室报表。")
    words = OfficeWords([*figures, *ledgers])
    arrivals = {file.name: file.arrived for file in files if file.arrived}
    offices = propose_offices(figures, ledgers, words, arrivals, ProposedCodes())
    codes = ProposedCodes()
    every = series_of(figures, words)
    synonyms = list(find_synonyms(every))
    own = propose_measures(merged(every, synonyms), {office.name: office.code for office in offices}, codes)
    measures = MeasuresOfBureau(own.proposals, own.series)
    matching = LibraryMatching(library_for(words.bureau), own.proposals, {office.code: office.name for office in offices})
    typed = propose_rates(measures)
    rates = suggested_rates((*typed, *suggest_rates(measures, typed, codes)), matching)
    return ProposedCatalog(
        bureau=words.bureau,
        offices=offices,
        measures=suggested_measures(own.proposals, matching),
        synonyms=propose_synonyms(synonyms, own.series),
        rates=(*rates, *offer_rates(rates, measures, matching, codes)),
        sums=propose_sums(measures),
        ledgers=propose_ledgers(ledgers, words, {office.name: office.code for office in offices}, codes),
    )


def in_order(files: Sequence[SurveyedFile]) -> list[SurveyedFile]:
    """Files in the order in which they are read, whatever the order in which they came."""
    return sorted(files, key=lambda file: (file.folders[::-1], file.name))
