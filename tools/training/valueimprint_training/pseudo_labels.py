"""Texts that models labelled: soft targets that carry on what several of them know together."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .examples import Examples
from .heads import Head

SOURCE = "pseudo-labels"


@dataclass(frozen=True)
class PseudoLabels:
    inputs: list[np.ndarray]
    values: np.ndarray
    """``[texts, values]``: a row is a distribution."""
    stances: np.ndarray
    """``[texts, stances]``, likewise."""

    def examples(self, questions: list[Head], weight: float) -> Examples:
        """Of one source, each with the same weight; refused where they were made for another task."""
        columns = {"value": self.values.shape[1], "stance": self.stances.shape[1]}
        expected = {"value": 0, "stance": 0} | {head.name: head.size for head in questions}
        if columns != expected:
            raise SystemExit(f"the pseudo-labels have columns {columns}, the task {expected}: make them for this task")
        count = len(self.inputs)
        return Examples(self.inputs, self.values, self.stances, np.full(count, weight, np.float32), np.full(count, SOURCE))

    def save(self, path: Path) -> None:
        """As ``.npz``: all ids one after the other, and how many each text has."""
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, ids=np.concatenate(self.inputs), lengths=[len(ids) for ids in self.inputs],
                 values=self.values, stances=self.stances)

    @classmethod
    def load(cls, path: Path) -> "PseudoLabels":
        if not path.exists():
            raise FileNotFoundError(f"{path}: not found; run the pseudo-label step first")
        with np.load(path) as stored:
            inputs = np.split(stored["ids"], np.cumsum(stored["lengths"])[:-1])
            return cls(inputs, stored["values"], stored["stances"])
