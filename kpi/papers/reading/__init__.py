"""Files of papers read: Word, PDF, OFD and plain text."""
