"""The process that opens foreign files: what kind of file it is, the jobs sent there, and what comes back."""
