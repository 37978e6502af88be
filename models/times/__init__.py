"""When: the days that Vietnamese prose names, and which of them a figure covers."""
