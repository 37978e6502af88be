"""Figures: number, name, body and days put together, and which indicator of the catalogue they state."""
