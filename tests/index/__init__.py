"""The third floor."""
