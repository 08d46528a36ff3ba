"""The process that opens foreign files, so that a hostile one can only harm itself."""
