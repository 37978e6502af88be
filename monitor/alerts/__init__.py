"""Alerts: who asked for what, when it is told, and how it gets there."""
