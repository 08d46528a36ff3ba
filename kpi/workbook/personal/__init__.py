"""Personal data in office sheets: which words and numbers are somebody's, and how they are put out of sight."""
