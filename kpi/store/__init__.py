"""KEEP: submissions, their figures and cells, append-only; an ordered log outside the database; DuckDB behind one door."""
