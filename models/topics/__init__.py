"""Topics: the passages learned from, the model, and how well it does."""
