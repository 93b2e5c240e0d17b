"""``verify``: holds a package's graphs, run by ONNX Runtime, against PyTorch and against themselves in other batches."""

import argparse
import json
from pathlib import Path

import numpy as np

from . import folding, heads, onnx_runtime, package_files, places, tokenizers
from .deep_training import predict
from .heads import Head
from .model_folder import ModelFolder
from .task import DEV

CLOSE = {"fp32": 1e-4, "fp16": 0.05}
"""The largest difference from PyTorch's logits that a variant may show."""
SAME_LABEL = 0.99


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ModelFolder.add_arguments(parser)
    parser.add_argument("--package", type=Path, help="package folder (default WORK/packages/value-imprint-small)")
    parser.add_argument("--texts", type=int, default=1_000_000, help="most dev texts to run")


def run(options: argparse.Namespace) -> None:
    folder = ModelFolder(options)
    package = options.package or places.work_root() / "packages" / "value-imprint-small"
    tokenizer, setup, fitted = tokenizers.load(package), folder.recall(), folder.load_calibration()
    questions = heads.of_task(setup.about, fitted.thresholds)
    held = setup.load(DEV, tokenizer)
    inputs = held.inputs[: options.texts]
    part, model = folding.fold(*folder.parts(), questions, fitted)
    expected = predict(model, inputs, tokenizer.filler) + (part.logits(inputs) if part else 0)
    alone = [np.array([row]) for row in range(len(inputs))]
    found = {}
    for variant, graph in package_files.graphs(package).items():
        one, many = (onnx_runtime.logits(graph, inputs, questions, tokenizer, rounds) for rounds in (alone, None))
        found[variant] = {
            "largest_difference_from_pytorch": float(np.abs(one - expected).max()),
            "largest_difference_between_batches": float(np.abs(one - many).max()),
            "same_label": _same(questions[0], one, expected, fitted.mixes[0].temperature),
            **{head.name: head.summary(_scores(head, one, mix.temperature), head.targets(held)[: len(inputs)])
               for head, mix in zip(questions, fitted.mixes)}}
    print(json.dumps(found, indent=2))
    for variant, figures in found.items():
        if figures["largest_difference_from_pytorch"] > CLOSE.get(variant, np.inf):
            raise SystemExit(f"the {variant} graph differs from PyTorch by more than {CLOSE[variant]}")
        if figures["same_label"] < SAME_LABEL:
            raise SystemExit(f"the {variant} graph gives other labels than PyTorch for more than {1 - SAME_LABEL:.0%} of the texts")


def _scores(head: Head, logits: np.ndarray, temperature: float) -> np.ndarray:
    return head.probabilities(head.of(logits) / temperature)


def _same(head: Head, logits: np.ndarray, expected: np.ndarray, temperature: float) -> float:
    """Share of the texts with the same label; with several labels, share of the same answers."""
    first, second = (_scores(head, each, temperature) for each in (logits, expected))
    if head.multi_label:
        return float((head.named(first) == head.named(second)).mean())
    return float((first.argmax(1) == second.argmax(1)).mean())
