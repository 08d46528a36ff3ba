"""The colours of a status on slides and in workbooks, RRGGBB: those of the pages; a shape and a word always go with them."""

from kpi.compute.row import Status

INKS = {
    Status.MISSED: "B42318",
    Status.BEHIND: "9A4F00",
    Status.UNDECIDED: "6A4FA3",
    Status.UNREPORTED: "55606E",
    Status.NO_TARGET: "55606E",
    Status.MET: "1D7A46",
}
"""Of the words."""
COLORS = {
    Status.MISSED: "B42318",
    Status.BEHIND: "E08A2E",
    Status.UNDECIDED: "8E74C9",
    Status.UNREPORTED: "8A95A3",
    Status.NO_TARGET: "D5DCE6",
    Status.MET: "4DA674",
}
"""Of the areas of a chart, which touch one another: no two of them are of one brightness."""
