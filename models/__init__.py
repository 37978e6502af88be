"""The second floor: Vietnamese. Text goes in, topics and metrics come out."""


# Untyped, as naming the type would need an import here; models.language.load has it.
def load():  # type: ignore[no-untyped-def]
    """The analysis as a spaCy pipeline; see models.language."""
    # Imported here, as spaCy takes a second and every other module of this floor does without it.
    from models.language import load as load_language

    return load_language()
