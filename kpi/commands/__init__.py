"""The commands of the command line, one module for each group; `kpi.__main__` puts them together."""
