"""Papers written from the figures of the store."""
