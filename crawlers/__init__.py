"""The first floor: the network. Sources go in, articles and failures come out."""
