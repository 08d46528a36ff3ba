"""The catalogue as a workbook of definitions, one sheet for each noun, and back without loss."""
