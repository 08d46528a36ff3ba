"""SAY: numbers, sentences and plotly figures, in Chinese; rounding happens here, once, at the end."""
