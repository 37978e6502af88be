"""How well figures are named by the rules alone, and with the model, on labelled texts.

python -m models.wording.comparison FILE …
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from models.figures.evaluation import LabelledText, load_labelled, matched, same_name
from models.figures.metrics import metrics_in
from models.reading import read
from models.wording.weights import Weights, shipped


@dataclass(slots=True)
class Comparison:
    """Counts over the figures that are right in value and unit."""

    figures: int = 0
    by_rules: int = 0
    """Those that the rules alone name as the label does."""
    with_model: int = 0
    gained: int = 0
    """Those that only the model names so."""
    lost: int = 0
    changed: int = 0
    """Those that the model names otherwise than the rules, right or wrong."""


def compare_names(texts: Iterable[LabelledText], weights: Weights) -> Comparison:
    result = Comparison()
    for text in texts:
        reading = read(text.text)
        ask = partial(metrics_in, reading, title=text.title, published=text.published, source_place=text.source_place)
        rules, model = matched(text, ask()), matched(text, ask(weights=weights))
        for (before, label), (after, _) in zip(rules, model, strict=True):
            was, now = same_name(before.name, label.name), same_name(after.name, label.name)
            result.figures += 1
            result.by_rules += was
            result.with_model += now
            result.gained += now and not was
            result.lost += was and not now
            result.changed += before.name != after.name
    return result


def main(paths: Sequence[str]) -> int:
    texts = [text for path in paths for text in load_labelled(Path(path))]
    found = compare_names(texts, shipped())
    of_all = max(found.figures, 1)
    sys.stdout.write(
        f"{found.figures} figures; by rules {found.by_rules / of_all:.3f}, with the model {found.with_model / of_all:.3f}; "
        f"{found.changed / of_all:.2f} named otherwise, {found.gained} gained, {found.lost} lost\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
