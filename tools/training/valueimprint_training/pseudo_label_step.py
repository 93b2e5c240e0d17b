"""``pseudo-label``: labels the dialogues that nobody annotated by the mean of several models, for ``finetune --pseudo-labels``.

Beside whole dialogues it takes their beginnings, up to each answer but the last. Those of dev and test are left out, as everywhere.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

from . import calibration, corpus, heads, places, tokenizers
from .baseline import Baseline
from .examples import Examples, model_inputs
from .heads import Head
from .model_folder import ModelFolder
from .pseudo_labels import PseudoLabels
from .task import DEV, TRAIN
from .tasks import value_imprint


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--models", type=Path, nargs="+", required=True, help="folders of models, fine-tuned and calibrated")
    parser.add_argument("--tokenizer", type=Path, help="folder of the tokenizer step (default WORK/tokenizer)")
    parser.add_argument("--baseline", action=argparse.BooleanOptionalAction, default=True,
                        help="whether the baseline has a say, as much as a model (default: yes)")
    parser.add_argument("--out", type=Path, help="default WORK/pseudo-labels.npz")
    parser.add_argument("--texts", type=int, default=1_000_000, help="most texts, drawn at random")
    parser.add_argument("--seed", type=int, default=42)


def run(options: argparse.Namespace) -> None:
    texts = corpus.unannotated(places.data_root())
    drawn = np.random.default_rng(options.seed).permutation(len(texts))[: options.texts]
    texts = [texts[at] for at in np.sort(drawn)]
    questions = heads.of_task(value_imprint.TASK)
    folders = [ModelFolder(argparse.Namespace(model=path, tokenizer=options.tokenizer)) for path in options.models]
    setup, tokenizer = folders[0].recall(), tokenizers.load(folders[0].tokenizer)
    inputs = model_inputs(tokenizer, texts, setup.max_tokens, setup.head_share)
    found = []
    for folder in folders:
        if folder.recall() != setup:
            raise SystemExit(f"{folder.path} reads texts in another way than {folders[0].path}: {folder.recall()}, {setup}")
        found.append(_of_model(folder, inputs, questions))
        print(f"{folder.path}: {len(texts)} texts", file=sys.stderr, flush=True)
    if options.baseline:
        found.append(_of_baseline(texts, questions, setup.load(DEV, tokenizer)))
    means = (np.mean(scores, axis=0, dtype=np.float32) for scores in zip(*found))
    PseudoLabels(inputs, *means).save(options.out or places.work_root() / "pseudo-labels.npz")


def _of_model(folder: ModelFolder, inputs: list[np.ndarray], questions: list[Head]) -> list[np.ndarray]:
    """Calibrated probabilities, ``[texts, labels]`` a head: a model that is too sure of itself would drown the others."""
    wide, deep = folder.logits(inputs)
    return [head.probabilities(mix.logits(head.of(wide), head.of(deep)) / mix.temperature)
            for head, mix in zip(questions, folder.load_calibration().mixes)]


def _of_baseline(texts: list[str], questions: list[Head], dev: Examples) -> list[np.ndarray]:
    """Likewise; its temperature is fitted on dev as well."""
    train, dev_rows = value_imprint.rows_of_part(TRAIN), value_imprint.rows_of_part(DEV)
    baseline = Baseline([row.text for row in train])
    held, seen = (baseline.features(rows) for rows in ([row.text for row in dev_rows], texts))
    found = []
    for head, answers in zip(questions, (value_imprint.value_numbers(train), value_imprint.stance_numbers(train))):
        model = baseline.fit(answers)
        temperature = calibration.fit_temperature(head, model.predict_log_proba(held), head.targets(dev))
        found.append(head.probabilities(model.predict_log_proba(seen) / temperature))
    return found
