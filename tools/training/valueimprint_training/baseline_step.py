"""``baseline``: TF-IDF of words and characters with logistic regression, trained on the same rows."""

import argparse
import json
from pathlib import Path

import numpy as np

from . import places, scores
from .annotations import Annotation
from .baseline import Baseline
from .task import DEV, TRAIN
from .tasks.value_imprint import STANCES, VALUES, rows_of_part


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, help="figures as JSON (default WORK/baseline.json)")
    parser.add_argument("--parts", nargs="+", default=[DEV], help="dev, test (default dev)")
    parser.add_argument("--c", type=float, default=10.0, help="inverse strength of the regulariser")


def run(options: argparse.Namespace) -> None:
    train = rows_of_part(TRAIN)
    baseline = Baseline([row.text for row in train], options.c)
    models = {name: baseline.fit(label(train)) for name, label in (("value", _values), ("stance", _stances))}
    figures = {"name": Baseline.NAME, "taxonomy": "value-imprint"}
    for part in options.parts:
        held = rows_of_part(part)
        seen = baseline.features([row.text for row in held])
        figures[part] = {
            "value": scores.summary(_values(held), models["value"].predict(seen), len(VALUES)),
            "stance": scores.summary(_stances(held), models["stance"].predict(seen), len(STANCES))}
    out = options.out or places.work_root() / "baseline.json"
    out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


def _values(rows: list[Annotation]) -> np.ndarray:
    names = list(VALUES.values())
    return np.array([names.index(row.value) for row in rows])


def _stances(rows: list[Annotation]) -> np.ndarray:
    return np.array([STANCES.index(row.stance) for row in rows])
