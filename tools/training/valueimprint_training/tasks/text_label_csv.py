"""A ``Text,Label`` CSV as the paper's authors publish it: 80 % train, 20 % test, seed 42."""

import csv
import hashlib
from pathlib import Path

import numpy as np

from ..dialogues import opening_turn
from ..examples import Examples, model_inputs
from ..task import DEV, TEST, TRAIN, Published, Task
from ..tokenizers import Tokenizer
from . import label_names
from .value_imprint import VALUES

SEED = 42
TEST_SHARE, DEV_SHARE = 0.2, 0.08


PAPER = Published("Obi et al., NeurIPS 2024 (arXiv 2411.11937): RoBERTa-base on the authors' own annotations and split", {
    "the paper's RoBERTa": {
        "accuracy": 0.800, "weighted_f1": 0.802, "civility": 0.808, "duty": 0.813, "empathy": 0.629,
        "information-seeking": 0.831, "justice": 0.883, "well-being": 0.649, "wisdom": 0.815}})


def task(path: Path) -> Task:
    """Labels by id or name of the built-in taxonomy; all others are a taxonomy of the file's own."""
    rows = _read(path)
    names = sorted({label for _, label in rows})
    known = label_names.resolve(names, str(path))
    own = None if known else label_names.own_taxonomy(names, path.stem, str(path))
    labels = VALUES if known else {value["id"]: value["name"] for value in own["values"]}
    column = {label: list(labels).index(known[label]) if known else at for at, label in enumerate(names)}
    parts = _split([text for text, _ in rows])

    def load(part: str, tokenizer: Tokenizer, max_tokens: int, head_share: float = 0.5) -> Examples:
        chosen = [row for row, where in zip(rows, parts) if where == part]
        if not chosen:
            raise ValueError(f"{path}: no row falls to {part}; more texts are needed than {len(rows)}")
        values = np.eye(len(labels), dtype=np.float32)[[column[label] for _, label in chosen]]
        return Examples(model_inputs(tokenizer, [text for text, _ in chosen], max_tokens, head_share), values,
                        np.zeros((len(chosen), 0), np.float32), np.ones(len(chosen), np.float32),
                        np.full(len(chosen), path.name))

    if own:
        return Task(own["id"], own["version"], labels, load, taxonomy_document=own)
    return Task("value-imprint", "1", labels, load, published=PAPER)


def _read(path: Path) -> list[tuple[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"Text", "Label"} <= set(reader.fieldnames or []):
            raise ValueError(f"{path}(1): columns {reader.fieldnames} found, Text and Label expected")
        rows = [(row["Text"].strip(), (row["Label"] or "").strip()) for row in reader]
    for number, (text, label) in enumerate(rows, 1):
        if not text or not label:
            raise ValueError(f"{path}: row {number} has an empty {'Text' if not text else 'Label'}")
    return rows


def _split(texts: list[str]) -> list[str]:
    # By opening turn, so that the two answers to one prompt never stand on both sides.
    shares = [int.from_bytes(hashlib.sha256(f"{SEED}:{opening_turn(text)}".encode()).digest()[:8], "big") / 2**64
              for text in texts]
    return [TEST if s < TEST_SHARE else DEV if s < TEST_SHARE + DEV_SHARE else TRAIN for s in shares]
