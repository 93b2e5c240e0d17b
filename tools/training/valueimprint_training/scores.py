"""Figures that judge predictions."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def sigmoid(logits: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(0.5 * logits))


def confusion(truth: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """Counts ``[true, predicted]``."""
    return np.bincount(truth * classes + predicted, minlength=classes**2).reshape(classes, classes)


def confusion_by_score(truth: np.ndarray, probabilities: np.ndarray, bins: int) -> np.ndarray:
    """Counts ``[true, predicted, bin]``: the label's score falls into one of ``bins`` of equal width over [0, 1]."""
    classes = probabilities.shape[1]
    bin_of = np.minimum((probabilities.max(1) * bins).astype(int), bins - 1)
    cells = (truth * classes + probabilities.argmax(1)) * bins + bin_of
    return np.bincount(cells, minlength=classes**2 * bins).reshape(classes, classes, bins)


def per_class(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall, F1 and support of each class; an empty class has 0."""
    hits, support, called = np.diag(matrix), matrix.sum(1), matrix.sum(0)
    precision = hits / np.maximum(called, 1)
    recall = hits / np.maximum(support, 1)
    f1 = 2 * hits / np.maximum(support + called, 1)
    return precision, recall, f1, support


def summary(truth: np.ndarray, predicted: np.ndarray, classes: int) -> dict[str, float]:
    """Accuracy, macro-F1 over the classes that occur, and F1 weighted by support."""
    matrix = confusion(truth, predicted, classes)
    _, _, f1, support = per_class(matrix)
    return {
        "accuracy": float(np.diag(matrix).sum() / matrix.sum()),
        "macro_f1": float(f1[support > 0].mean()),
        "weighted_f1": float((f1 * support).sum() / support.sum()),
    }


def calibration_bins(top: np.ndarray, right: np.ndarray, bins: int = 15) -> list[tuple[float, float, int]]:
    """Mean confidence, accuracy and count of equal-width bins of the top score; empty bins are left out."""
    where = np.minimum((top * bins).astype(int), bins - 1)
    return [(float(top[where == b].mean()), float(right[where == b].mean()), int((where == b).sum()))
            for b in range(bins) if (where == b).any()]


def expected_calibration_error(top: np.ndarray, right: np.ndarray, bins: int = 15) -> float:
    """Guo et al. 2017, eq. 3."""
    return sum(abs(a - c) * n for c, a, n in calibration_bins(top, right, bins)) / len(top)


def multi_label_summary(predicted: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """``accuracy`` is the share of right yes-or-no answers; F1 is averaged over labels, evenly and by support."""
    f1 = label_f1(predicted, truth)
    support = truth.sum(0)
    return {"accuracy": float((predicted == truth).mean()), "macro_f1": float(f1.mean()),
            "weighted_f1": float((f1 * support).sum() / max(support.sum(), 1)),
            "f1_of_means": f1_of_means(predicted, truth)}


def f1_of_means(predicted: np.ndarray, truth: np.ndarray) -> float:
    """The harmonic mean of mean precision and mean recall over the labels that occur, as ValueEval'23 ranks systems."""
    hits, support = (predicted & truth).sum(0), truth.sum(0)
    precision = (hits / np.maximum(predicted.sum(0), 1))[support > 0].mean()
    recall = (hits[support > 0] / support[support > 0]).mean()
    return float(2 * precision * recall / max(precision + recall, 1e-12))


def label_f1(predicted: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """F1 of each label, ``[labels]``."""
    return 2 * (predicted & truth).sum(0) / np.maximum(predicted.sum(0) + truth.sum(0), 1)


def binary_log_loss(logits: np.ndarray, targets: np.ndarray) -> float:
    """Mean over texts and labels, by the stable form max(z, 0) - z t + ln(1 + e^-|z|)."""
    return float((np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))).mean())


def log_loss(logits: np.ndarray, truth: np.ndarray) -> float:
    probabilities = softmax(logits)[np.arange(len(truth)), truth]
    return float(-np.log(np.maximum(probabilities, 1e-12)).mean())
