"""What fine-tuning sees of a text: ids, soft targets, a weight."""

from dataclasses import dataclass

import numpy as np

from . import truncation
from .tokenizers import Tokenizer


@dataclass(frozen=True)
class Examples:
    inputs: list[np.ndarray]
    values: np.ndarray
    """Targets ``[texts, labels]``: a row is a distribution, or with several labels 0 or 1 each."""
    stances: np.ndarray
    """Soft targets ``[texts, stances]``; no columns where there is no stance."""
    weights: np.ndarray
    sources: np.ndarray

    def __len__(self) -> int:
        return len(self.inputs)

    def joined(self, others: "Examples") -> "Examples":
        """These, then the others."""
        return Examples(self.inputs + others.inputs, *(np.concatenate([getattr(self, name), getattr(others, name)])
                                                       for name in ("values", "stances", "weights", "sources")))

    def rows(self, numbers: np.ndarray) -> "Examples":
        return Examples([self.inputs[row] for row in numbers], *(getattr(self, name)[numbers]
                                                                 for name in ("values", "stances", "weights", "sources")))

    @property
    def lengths(self) -> np.ndarray:
        return np.array([len(ids) for ids in self.inputs])


def model_inputs(tokenizer: Tokenizer, texts: list[str], max_tokens: int, head_share: float) -> list[np.ndarray]:
    """The ids of each text, cut to what the model reads, ``<s>`` and ``</s>`` included."""
    return [np.array(truncation.model_input(tokenizer, text, max_tokens, head_share)) for text in texts]
