"""The 20 value categories of Touché's ValueEval'23, after Schwartz; an argument may appeal to several."""

import ast
import json

import numpy as np

from .. import json_lines, places
from ..examples import Examples, model_inputs
from ..task import DEV, TEST, TRAIN, Published, Task
from ..tokenizers import Tokenizer

DOCUMENT = json.loads((places.REPOSITORY / "tools/training/taxonomies/schwartz-values.taxonomy.json").read_text(encoding="utf-8"))
LABELS = {value["id"]: value["name"] for value in DOCUMENT["values"]}
NAMES = list(LABELS.values())
FILES = {TRAIN: "training", DEV: "validation", TEST: "test"}


def load(part: str, tokenizer: Tokenizer, max_tokens: int, head_share: float = 0.5) -> Examples:
    """The official split; the text is premise, stance and conclusion as one sentence each."""
    path = places.data_root() / "valueeval23" / f"{FILES[part]}.jsonl.gz"
    rows = list(json_lines.read(path))
    values = np.zeros((len(rows), len(NAMES)), np.float32)
    for number, row in enumerate(rows, 1):
        named = row["labels"] if isinstance(row["labels"], list) else ast.literal_eval(row["labels"])
        for name in named:
            if name not in NAMES:
                raise ValueError(f"{path}({number}): unknown value {name!r}")
            values[number - 1, NAMES.index(name)] = 1
    texts = [f"{row['conclusion']} ({row['stance']}). {row['text']}" for row in rows]
    return Examples(model_inputs(tokenizer, texts, max_tokens, head_share), values, np.zeros((len(rows), 0), np.float32),
                    np.ones(len(rows), np.float32), np.full(len(rows), "valueeval23"))


PUBLISHED = Published(
    "Kiesel et al., SemEval 2023 (10.18653/v1/2023.semeval-1.313), on test; systems are ranked by the F1 of mean precision "
    "and mean recall, here f1_of_means", {
        "best system": {"f1_of_means": 0.56}, "BERT baseline": {"f1_of_means": 0.42}, "1-Baseline": {"f1_of_means": 0.26}})

TASK = Task("schwartz-values", "1", LABELS, load, multi_label=True, taxonomy_document=DOCUMENT, published=PUBLISHED)
