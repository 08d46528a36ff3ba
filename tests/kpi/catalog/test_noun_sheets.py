"""The table of nouns and fields says all of the catalogue, and nothing else."""

from enum import StrEnum
from typing import get_args

import pytest

from kpi.catalog.area import Area
from kpi.catalog.earlier_definition import EarlierDefinition
from kpi.catalog.indicator import Indicator
from kpi.catalog.ledger import Condition, Ledger, LedgerColumn, LedgerFigure
from kpi.catalog.measure import Measure
from kpi.catalog.noun_fields import FieldKind
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.office import Office, System
from kpi.catalog.organisation import Organisation, Parent
from kpi.catalog.relation import Relation
from kpi.catalog.sentence import SummarySentence
from kpi.catalog.target import Reference, Score, Target

MODELS = {
    "org": Organisation,
    "parent": Parent,
    "area": Area,
    "office": Office,
    "measure": Measure,
    "indicator": Indicator,
    "earlier": EarlierDefinition,
    "relation": Relation,
    "system": System,
    "sentence": SummarySentence,
    "target": Target,
    "reference": Reference,
    "ledger": Ledger,
    "column": LedgerColumn,
    "figure": LedgerFigure,
    "condition": Condition,
}
BELOW = {"parents", "earlier", "values", "where", "either", "less", "columns", "figures"}  # sheets of their own


@pytest.mark.parametrize("noun", MODELS)
def test_every_field_of_a_noun_has_a_column(noun):
    """A field that is new in a noun must be named here, or no workbook and no form would hold it."""
    sheet = NOUN_SHEETS[noun]
    known = {field.alias or name for name, field in MODELS[noun].model_fields.items()}
    columns = {field.key.partition(".")[0] for field in sheet.fields}

    assert known - BELOW <= columns
    assert columns - known <= {field.key for field in sheet.fields if field.apart}


@pytest.mark.parametrize("noun", MODELS)
def test_a_column_is_as_its_field(noun):
    """What must be written, and which words there are to choose from."""
    sheet = NOUN_SHEETS[noun]
    columns = {field.key: field for field in sheet.fields}
    for name, field in MODELS[noun].model_fields.items():
        column = columns.get(field.alias or name)
        if column is None or noun == "condition":
            continue
        assert column.required == field.is_required(), column.key
        kinds = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type) and issubclass(kind, StrEnum)]
        assert not kinds or set(column.words) == set(kinds[0]), column.key


def test_every_field_of_a_score_has_a_column():
    assert {f"score.{name}" for name in Score.model_fields} == {field.key for field in NOUN_SHEETS["target"].fields if field.key.startswith("score.")}


def test_sheets_and_headings_are_told_apart():
    """No sheet and no heading of one sheet twice; a word stands for one value; a workbook takes every name."""
    titles = [sheet.title for sheet in NOUN_SHEETS.values()]
    assert len(set(titles)) == len(titles) == 19
    for sheet in NOUN_SHEETS.values():
        headings = [field.heading for field in sheet.fields]
        assert len(set(headings)) == len(headings)
        for field in sheet.fields:
            assert field.meaning
            assert len(set(field.words.values())) == len(field.words)
            assert bool(field.words) == (field.kind is FieldKind.WORD)
            assert not field.leads_to or field.leads_to in NOUN_SHEETS
