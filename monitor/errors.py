"""The errors of the fourth floor, and how any error of ours is told to people.

MonitorError     something a person can act on; its message is what they read
"""

from __future__ import annotations


class MonitorError(Exception):
    """Could not; the message is one line that says what to do, in Vietnamese."""
