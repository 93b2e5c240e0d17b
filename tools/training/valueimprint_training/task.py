"""What a model is trained to tell: labels, whether several may hold, and an optional stance."""

from dataclasses import dataclass, field
from typing import Callable

import numpy as np

from .examples import Examples
from .tokenizers import Tokenizer

TRAIN, DEV, TEST = "train", "dev", "test"


@dataclass(frozen=True)
class Published:
    """What others reached on the same data, to be shown beside an evaluation."""

    source: str
    figures: dict[str, dict[str, float]]
    """By system: figures by the name of a summary's figure, or F1 by the id of a value."""


@dataclass(frozen=True)
class Task:
    """``labels`` maps the ids of the taxonomy to the names that people see, in the order of the logits."""

    taxonomy: str
    taxonomy_version: str
    labels: dict[str, str]
    load: Callable[[str, Tokenizer, int, float], Examples] = field(repr=False)
    """Part, tokenizer, most tokens and the share of them that a long text's head gets, to examples."""
    stances: tuple[str, ...] = ()
    multi_label: bool = False
    taxonomy_document: dict | None = field(default=None, repr=False)
    """The package's ``taxonomy.json``, where the taxonomy is not built into ValueImprint."""
    varied: Callable[[Tokenizer, int, float, np.random.Generator], Examples] | None = field(default=None, repr=False)
    """The training examples again, each in a form drawn by the generator that means the same."""
    derived: Callable[[Tokenizer, int, float], Examples] | None = field(default=None, repr=False)
    """Examples made of the training texts for the encoder to see beside them; tokenizer, most tokens, head share."""
    published: Published | None = field(default=None, repr=False)

    @property
    def ids(self) -> list[str]:
        return list(self.labels)
