"""CALCULATE: indicators of a period from the stored parts: values, growth, pace, status."""
