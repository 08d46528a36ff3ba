"""The core of the bureau's KPI dashboard: reads office sheets, keeps them, computes indicators; knows no widget."""

__version__ = "0.1.0"  # as in pyproject.toml
