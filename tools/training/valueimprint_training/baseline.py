"""The baseline: TF-IDF of words and characters over whole texts, with logistic regression."""

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


class Baseline:
    """One question about texts, answered from words (one and two) and characters (three to five)."""

    NAME = "tf-idf + logistic regression"

    def __init__(self, texts: list[str], c: float = 10.0):
        """Learns the words and characters of the training texts; ``c`` is the inverse strength of the regulariser."""
        self._c = c
        self._vectorizers = [
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=5, sublinear_tf=True, dtype=np.float32)]
        self._rows = sparse.hstack([part.fit_transform(texts) for part in self._vectorizers]).tocsr()

    def features(self, texts: list[str]) -> sparse.csr_matrix:
        """``[texts, features]``"""
        return sparse.hstack([part.transform(texts) for part in self._vectorizers]).tocsr()

    def fit(self, labels: np.ndarray) -> LogisticRegression:
        """A model of the training texts' labels, classes evenly weighted."""
        return LogisticRegression(C=self._c, max_iter=60, tol=1e-3, class_weight="balanced").fit(self._rows, labels)
