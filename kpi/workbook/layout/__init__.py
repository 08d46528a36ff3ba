"""The tables of a sheet, and the words around and over them: headings, months, units, labelled lines."""
