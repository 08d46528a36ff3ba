"""
Speed as figures: what we do beside the least that could do it, in one run and by turns.

Nothing here decides whether a change is right: a noisy machine must never fail a test.  It shows where time goes.
"""
