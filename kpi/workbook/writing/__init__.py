"""Workbooks that we write: blank forms, marked copies, kept copies, and the words that our own forms say."""
