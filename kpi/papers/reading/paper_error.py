"""What is raised of a file that is no paper, or one that cannot be read."""

from kpi.errors import KpiError


class PaperError(KpiError):
    """A file of a paper cannot be read; the message is one Chinese sentence on what it is and what to do."""
