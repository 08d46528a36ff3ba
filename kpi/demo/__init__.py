"""
The demonstration (演示数据（虚构）): 23 months of filled-in office sheets, made from a few anchor figures.

It sits above the catalogue and the workbook writer and knows neither the store nor a page: what it makes are files,
and they are taken in exactly as an office's own.  The same catalogue and samples always give the same bytes.
"""
