"""Where a sheet has its tables, and what the words around and over them say: headings, months, units, labelled lines."""
