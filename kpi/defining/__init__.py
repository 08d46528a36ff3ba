"""Changing the catalogue while the bureau runs: what is asked of who does it, and how it comes in force."""
