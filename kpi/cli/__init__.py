"""The command line: one module for each group of commands, the JSON documents they print, and how they print."""
