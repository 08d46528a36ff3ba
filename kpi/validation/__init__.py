"""CHECK: what is wrong in a sheet, cell by cell, and what to do about it."""
