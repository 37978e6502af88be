"""Where an index lies while it is being rebuilt, and how a swap that was killed is finished."""

from __future__ import annotations

from monitor.config import Config

NEW, OLD = "index.new", "index.old"


def finish_swap(config: Config) -> None:
    """Put an index into place that a kill left between two renames: the new one, which is whole by then."""
    if config.index_folder.exists():
        return
    for left_over in (config.data / NEW, config.data / OLD):
        if (left_over / "version.json").exists():
            left_over.rename(config.index_folder)
            return
