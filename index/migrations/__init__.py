"""How the archive came to be as it is, step by step."""
