"""
The demonstration (演示数据（虚构）): 23 months of filled-in office sheets, made from a few anchor figures.

What it makes are files, and they are taken in exactly as an office's own; the log alone says that they are fictional.
The same catalogue and samples always give the same bytes.
"""
