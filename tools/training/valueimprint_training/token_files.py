"""Tokenised documents as flat arrays on disk: ids one after the other, and where each document starts."""

from pathlib import Path
from typing import Iterable

import numpy as np

from .tokenizers import Tokenizer


def write(path: Path, tokenizer: Tokenizer, texts: Iterable[str]) -> int:
    """Tokenises the texts into ``path`` (uint16 ids, ``</s>`` after each) and returns the number of tokens."""
    end = tokenizer.vocabulary["</s>"]
    chunks = [np.array([*tokenizer.encode(text), end], dtype=np.uint16) for text in texts]
    ids = np.concatenate(chunks)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, ids)
    return len(ids)
