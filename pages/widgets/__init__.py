"""What several pages share: the open bureau, pickers, tables, and how a fault is shown."""
