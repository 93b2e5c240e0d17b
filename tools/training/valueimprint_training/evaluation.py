"""The figures of one evaluation and how they are written down."""

from dataclasses import dataclass

import numpy as np

from . import scores
from .examples import Examples
from .heads import Head
from .task import Task

SCORE_BINS = 4
"""How finely a package's confusion matrix tells scores apart: with more, rare values have too few texts a bin."""


@dataclass(frozen=True)
class Evaluation:
    """The calibrated scores of a task's heads on one part of its data."""

    part: str
    task: Task
    heads: list[Head]
    held: Examples
    scores: list[np.ndarray]
    """``[texts, labels]`` for each head."""

    @property
    def top(self) -> np.ndarray:
        return self.scores[0].max(1)

    @property
    def right(self) -> np.ndarray:
        return self.scores[0].argmax(1) == self.held.values.argmax(1)

    @property
    def ece(self) -> float:
        return scores.expected_calibration_error(self.top, self.right)

    @property
    def confusion(self) -> np.ndarray:
        """Counts ``[true, predicted]``."""
        return self.confusion_by_score.sum(2)

    @property
    def confusion_by_score(self) -> np.ndarray:
        """Counts ``[true, predicted, bin]``, by bins of the label's score of equal width over [0, 1]."""
        return scores.confusion_by_score(self.held.values.argmax(1), self.scores[0], SCORE_BINS)

    def summary(self, head: Head, where: np.ndarray | slice = slice(None)) -> dict[str, float]:
        found = head.summary(self.scores[self.heads.index(head)][where], head.targets(self.held)[where])
        return {key: round(figure, 4) for key, figure in found.items()}

    def per_value(self) -> dict[str, dict[str, float]]:
        """Precision, recall, F1 and support of each value."""
        if self.task.multi_label:
            predicted, truth = self.heads[0].named(self.scores[0]), self.held.values >= 0.5
            hits, called, support = (predicted & truth).sum(0), predicted.sum(0), truth.sum(0)
            columns = (hits / np.maximum(called, 1), hits / np.maximum(support, 1),
                       scores.label_f1(predicted, truth), support)
        else:
            columns = scores.per_class(self.confusion)
        return {value: {"precision": round(float(p), 4), "recall": round(float(r), 4), "f1": round(float(f), 4),
                        "support": int(n)} for value, p, r, f, n in zip(self.task.ids, *columns)}

    def manifest_members(self) -> dict:
        """``metrics`` and ``confusion`` of ``valueimprint.json``."""
        metrics = {"split": self.part, "texts": len(self.held), **self.summary(self.heads[0])}
        members = {}
        if not self.task.multi_label:
            metrics["ece"] = round(self.ece, 4)
            members["confusion"] = {"split": self.part, "labels": self.task.ids, "matrix": self.confusion_by_score.tolist()}
        metrics["per_value"] = self.per_value()
        if len(self.heads) > 1:
            metrics["stance_macro_f1"] = self.summary(self.heads[1])["macro_f1"]
        return members | {"metrics": metrics}
