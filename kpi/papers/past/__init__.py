"""Figures of last year from an old paper (补录上年): proposed with the sentence that states them, and taken in once a person has confirmed them."""
