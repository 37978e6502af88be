"""Numbers in Vietnamese prose: what each is worth, what it counts, and which of them are no figures."""
