"""``export``: writes the graphs and the files of a model package; the card, README.md, is a person's to write."""

import argparse
import sys
from pathlib import Path

import numpy as np
import onnx

from . import activation_ranges, folding, heads, model_graph, package_files, places, tokenizers
from .model_folder import ModelFolder
from .model_graph import VARIANTS
from .task import TRAIN

RANGE_TEXTS = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ModelFolder.add_arguments(parser)
    parser.add_argument("--out", type=Path, help="package folder (default WORK/packages/NAME)")
    parser.add_argument("--name", default="value-imprint-small")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--license", default="Apache-2.0", help="what the package says of itself")
    parser.add_argument("--variants", nargs="+", choices=tuple(VARIANTS), default=["fp32", "int8"],
                        help="graphs to write: int8 for CPUs, fp16 for GPUs")
    parser.add_argument("--default-variant", choices=tuple(VARIANTS), help="default int8 where it is written, else the first")
    parser.add_argument("--seed", type=int, default=42)


def run(options: argparse.Namespace) -> None:
    default = options.default_variant or ("int8" if "int8" in options.variants else options.variants[0])
    if default not in options.variants:
        raise SystemExit(f"--default-variant {default} is not among --variants {' '.join(options.variants)}")
    folder = ModelFolder(options)
    out = options.out or places.work_root() / "packages" / options.name
    out.mkdir(parents=True, exist_ok=True)
    tokenizer, setup = tokenizers.load(folder.tokenizer), folder.recall()
    questions, fitted = heads.of_task(setup.about), folder.load_calibration()
    part, model = folding.fold(*folder.parts(), questions, fitted)
    ranges = None
    if "int8" in options.variants:
        inputs = setup.load(TRAIN, tokenizer).inputs
        chosen = np.random.default_rng(options.seed).permutation(len(inputs))[:RANGE_TEXTS]
        ranges = activation_ranges.measure(model, [inputs[row] for row in chosen], tokenizer.filler)
    for variant in options.variants:
        onnx.save(model_graph.build(variant, part, model, questions, ranges), out / VARIANTS[variant])
    tokenizer.save(out)
    package_files.write_config(out, setup.about, model, tokenizer)
    package_files.write_manifest(out, options.name, options.version, options.license, setup, fitted, options.variants,
                                 default)
    for file in sorted(out.iterdir()):
        print(f"{file.name}: {file.stat().st_size:,} bytes", file=sys.stderr)
