"""Questions that stand: what the archive keeps of alerts, and whom a new article is for."""
