"""What leaders look at (看板): the board, series, sources, ranks, scores and prospects."""
