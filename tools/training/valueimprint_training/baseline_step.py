"""``baseline``: TF-IDF of words and characters with logistic regression, trained on the same rows."""

import argparse
import json
from pathlib import Path

from . import places, scores
from .baseline import Baseline
from .task import DEV, TRAIN
from .tasks.value_imprint import STANCES, VALUES, rows_of_part, stance_numbers, value_numbers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, help="figures as JSON (default WORK/baseline.json)")
    parser.add_argument("--parts", nargs="+", default=[DEV], help="dev, test (default dev)")
    parser.add_argument("--c", type=float, default=10.0, help="inverse strength of the regulariser")


def run(options: argparse.Namespace) -> None:
    train = rows_of_part(TRAIN)
    baseline = Baseline([row.text for row in train], options.c)
    models = {name: baseline.fit(label(train)) for name, label in (("value", value_numbers), ("stance", stance_numbers))}
    figures = {"name": Baseline.NAME, "taxonomy": "value-imprint"}
    for part in options.parts:
        held = rows_of_part(part)
        seen = baseline.features([row.text for row in held])
        figures[part] = {
            "value": scores.summary(value_numbers(held), models["value"].predict(seen), len(VALUES)),
            "stance": scores.summary(stance_numbers(held), models["stance"].predict(seen), len(STANCES))}
    out = options.out or places.work_root() / "baseline.json"
    out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))
