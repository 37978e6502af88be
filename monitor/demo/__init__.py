"""The demo newsroom: a dozen small sources served over HTTP on loopback."""
