"""The figures that a text states, read with their units, nouns and days."""
