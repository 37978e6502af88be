"""The errors of the models.

ModelError
├── TrainingError   a corpus that nothing can be learnt from
└── TopicError      a user's topic that can't be made
"""


class ModelError(Exception):
    """A model file is missing or does not fit this code; the message says how to make one."""


class TrainingError(ModelError):
    """The corpus is empty, broken, or lacks a topic."""


class TopicError(ModelError):
    """A user's topic lacks a usable name or words; the message says what to give."""
