"""What a meeting asks (材料): editions and what became of them, the board as known on a day, and why figures differ."""
