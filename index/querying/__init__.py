"""The query language, its two tiers, and where a text answers it."""
