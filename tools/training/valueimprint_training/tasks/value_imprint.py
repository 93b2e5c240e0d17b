"""The seven values of Value Imprint (arXiv 2411.11937) and the stance towards them."""

from functools import lru_cache

import numpy as np

from .. import annotations, corpus, dialogues, forms, places
from ..annotations import Annotation
from ..examples import Examples, model_inputs
from ..task import TRAIN, Task
from ..tokenizers import Tokenizer

VALUES = {
    "well-being": "Well-being/Peace",
    "information-seeking": "Information Seeking",
    "justice": "Justice & Human/Animal Rights",
    "duty": "Duty/Accountability",
    "wisdom": "Wisdom/Knowledge",
    "civility": "Civility/Tolerance",
    "empathy": "Empathy/Helpfulness",
}
STANCES = ("upholds", "violates", "neutral")

SECONDARY_SHARE = 0.15
SMOOTHING = 0.05
LOW_CONFIDENCE_WEIGHT = 0.5
OTHER_ANSWERS = 0.35
"""How often a training text that has siblings is replaced by one."""


@lru_cache(maxsize=None)
def rows_of_part(part: str, seed: int = 42) -> list[Annotation]:
    """The annotated rows of train, dev or test."""
    rows = annotations.load(places.data_root() / "annotations")
    return [row for row, where in zip(rows, dialogues.split(rows, seed)) if where == part]


def value_numbers(rows: list[Annotation]) -> np.ndarray:
    """Each row's value, by its place in the taxonomy."""
    names = list(VALUES.values())
    return np.array([names.index(row.value) for row in rows])


def stance_numbers(rows: list[Annotation]) -> np.ndarray:
    """Each row's stance, by its place in :data:`STANCES`."""
    return np.array([STANCES.index(row.stance) for row in rows])


def questions_alone(tokenizer: Tokenizer, max_tokens: int, head_share: float = 0.5) -> Examples:
    """The question of every training dialogue that has one question and one answer, alone and unmarked, with the dialogue's value.

    People also classify single sentences, and no dialogue looks like one. The stance is left open: it is the answer's.
    """
    asked = [dialogues.question(row.text) for row in rows_of_part(TRAIN)]
    whole = load(TRAIN, tokenizer, max_tokens, head_share)
    at = [index for index, question in enumerate(asked) if question]
    inputs = model_inputs(tokenizer, [asked[index] for index in at], max_tokens, head_share)
    stances = np.full((len(at), len(STANCES)), 1 / len(STANCES), np.float32)
    return Examples(inputs, whole.values[at], stances, whole.weights[at], whole.sources[at])


def load(part: str, tokenizer: Tokenizer, max_tokens: int, head_share: float = 0.5) -> Examples:
    """The secondary value, where there is one, gets a share of the target; a little is smoothed over all."""
    rows = rows_of_part(part)
    return _examples(rows, [row.text for row in rows], tokenizer, max_tokens, head_share)


def varied(tokenizer: Tokenizer, max_tokens: int, head_share: float, order: np.random.Generator) -> Examples:
    """The training texts, many with another answer to the same dialogue, most in another form.

    Two texts of one opening have the same value in 93 of 100 annotated pairs, so another answer keeps it; the stance it does not, and
    has no target then.
    """
    rows, others = rows_of_part(TRAIN), other_answers()
    swapped = np.array([bool(others.get(row.id)) and order.random() < OTHER_ANSWERS for row in rows])
    texts = [others[row.id][order.integers(len(others[row.id]))] if swap else row.text for row, swap in zip(rows, swapped)]
    found = _examples(rows, [forms.varied(text, order) for text in texts], tokenizer, max_tokens, head_share)
    found.stances[swapped] = 0
    return found


@lru_cache(maxsize=None)
def other_answers() -> dict[str, list[str]]:
    """By the id of a training row, the unannotated texts that differ from it in the last answer alone."""
    by_context: dict[str, list[str]] = {}
    for text in corpus.unannotated_dialogues(places.data_root()):
        by_context.setdefault(dialogues.context(text), []).append(text)
    return {row.id: by_context.get(dialogues.context(row.text), []) for row in rows_of_part(TRAIN) if dialogues.context(row.text)}


def _examples(rows: list[Annotation], texts: list[str], tokenizer: Tokenizer, max_tokens: int, head_share: float) -> Examples:
    names = list(VALUES.values())
    values = np.full((len(rows), len(names)), SMOOTHING / len(names), np.float32)
    stances = np.full((len(rows), len(STANCES)), SMOOTHING / len(STANCES), np.float32)
    for at, row in enumerate(rows):
        second = SECONDARY_SHARE if row.secondary and row.secondary != row.value else 0.0
        values[at, names.index(row.value)] += 1 - SMOOTHING - second
        if second:
            values[at, names.index(row.secondary)] += second
        stances[at, STANCES.index(row.stance)] += 1 - SMOOTHING
    weights = np.array([LOW_CONFIDENCE_WEIGHT if row.confidence == "low" else 1.0 for row in rows], np.float32)
    inputs = model_inputs(tokenizer, texts, max_tokens, head_share)
    return Examples(inputs, values, stances, weights, np.array([row.source for row in rows]))


TASK = Task("value-imprint", "1", VALUES, load, STANCES, varied=varied, derived=questions_alone)
