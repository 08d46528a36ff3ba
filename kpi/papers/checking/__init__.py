"""What a text's figures contradict: each other, by arithmetic, and the store."""
