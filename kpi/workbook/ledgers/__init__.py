"""Ledgers (台账): from one row per case to the figures of each month, and what of it is on file already."""
