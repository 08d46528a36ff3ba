"""The process that opens foreign papers, so that a hostile one can only harm itself."""
