"""Papers written from the figures of the store: the summary, the slides of a meeting, the report workbook, forms of the superior filled."""
