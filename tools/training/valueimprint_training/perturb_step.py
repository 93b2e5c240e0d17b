"""``perturb``: how many labels of a package flip when a dialogue is put into another form that means the same."""

import argparse
from pathlib import Path

import numpy as np

from . import examples, forms, heads, onnx_runtime, package_files, places, tokenizers
from .model_folder import ModelFolder
from .task import DEV, TEST
from .tasks import value_imprint


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ModelFolder.add_arguments(parser)
    parser.add_argument("--package", type=Path, help="package folder (default WORK/packages/value-imprint-small)")
    parser.add_argument("--part", choices=(DEV, TEST), default=DEV)
    parser.add_argument("--forms", nargs="+", choices=tuple(forms.PERTURBATIONS), default=list(forms.PERTURBATIONS), metavar="FORM",
                        help=f"default all: {', '.join(forms.PERTURBATIONS)}")
    parser.add_argument("--seed", type=int, default=42)


def run(options: argparse.Namespace) -> None:
    setup = ModelFolder(options).recall()
    package = options.package or places.work_root() / "packages" / "value-imprint-small"
    tokenizer, value = tokenizers.load(package), heads.of_task(setup.about)
    graph = next(iter(package_files.graphs(package).values()))
    rows = [row for row in value_imprint.rows_of_part(options.part) if forms.turns(row.text)]
    truth = value_imprint.value_numbers(rows)

    def named(texts: list[str]) -> np.ndarray:
        inputs = examples.model_inputs(tokenizer, texts, setup.max_tokens, setup.head_share)
        return value[0].of(onnx_runtime.logits(graph, inputs, value, tokenizer)).argmax(1)

    plain = named([row.text for row in rows])
    print(f"| {len(rows)} dialogues of {options.part}, | labels that flip | accuracy |\n|---|---|---|", flush=True)
    print(f"| as they are | | {(plain == truth).mean():.3f} |", flush=True)
    for name in options.forms:
        order = np.random.default_rng(options.seed)
        found = named([forms.PERTURBATIONS[name](row.text, order) for row in rows])
        print(f"| {name} | {(found != plain).mean():.1%} | {(found == truth).mean():.3f} |", flush=True)
