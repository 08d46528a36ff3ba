"""Findings as comments in the Word file that was checked, which is otherwise left as it is."""
