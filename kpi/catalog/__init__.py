"""WHAT: the bureau as data: offices, measures, indicators, relations, systems and targets, from ``data/catalog``."""
