"""What a block is for, as told by its own name and by the blocks around it."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.block_names import is_author_name, is_right_name
from crawlers.markup import Block


def is_flush_right(block: Block) -> bool:
    return block.is_right or is_right_name(block.name)


def is_author_block(block: Block) -> bool:
    return block.itemprop == "author" or (block.last - block.first <= 2 and is_author_name(block.name))


def is_named(block: Block, is_name: Callable[[str], bool]) -> bool:
    """Whether a block or one of the two around it is called so."""
    around: Block | None = block
    for _ in range(3):
        if around is None:
            return False
        if around.tag == "time" or is_name(around.name):
            return True
        around = around.parent
    return False


def common_block(body: Block, top: int) -> Block:
    """The smallest block around the title's line and the body, and a little more."""
    common = body
    while common.parent is not None and common.first > top:
        common = common.parent
    for _ in range(2 if common is body else 1):
        common = common.parent or common
    return common
