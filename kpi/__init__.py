"""The core of the bureau's KPI dashboard: reads office sheets, keeps them, computes indicators; knows no widget."""
