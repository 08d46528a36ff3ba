"""What is given to programs (JSON): the documents of the command line and of the interface, one contract."""
