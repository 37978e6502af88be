"""The second floor: Vietnamese. Text goes in, topics and metrics come out."""

TYPE_CHECKING = False  # as in `typing`, which would have to be imported
if TYPE_CHECKING:
    from spacy.language import Language


def load() -> "Language":
    """The analysis as a spaCy pipeline; see models.language."""
    # Imported here, as spaCy takes a second and every other module of this floor does without it.
    from models.language import load as load_language

    return load_language()
