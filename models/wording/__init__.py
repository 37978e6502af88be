"""What a figure is called, chosen word by word from what stands around it, by a model learnt from labelled articles."""
