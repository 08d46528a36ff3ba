"""Papers: written from the figures of the store, and read back to be held against them."""
