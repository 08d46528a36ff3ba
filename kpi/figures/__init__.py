"""From the store to the rows of a board: indicators, their parts, their months, and what must be said beside them."""
