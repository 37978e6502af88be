"""What a figure is called, in the words of its article."""
