"""``evaluate``: the figures of a package, run by ONNX Runtime, on dev or test; the test part is for the very end.

Figures on test are written into the package's ``valueimprint.json``.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from . import evaluation_report, heads, onnx_runtime, package_files, places, reliability_diagram, tokenizers
from .evaluation import Evaluation
from .model_folder import ModelFolder
from .model_graph import VARIANTS
from .task import DEV, TEST


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ModelFolder.add_arguments(parser)
    parser.add_argument("--package", type=Path, help="package folder (default WORK/packages/value-imprint-small)")
    parser.add_argument("--part", choices=(DEV, TEST), default=DEV)
    parser.add_argument("--variant", choices=tuple(VARIANTS), help="graph to run (default: the package's default)")


def run(options: argparse.Namespace) -> None:
    folder = ModelFolder(options)
    package = options.package or places.work_root() / "packages" / "value-imprint-small"
    setup, fitted, tokenizer = folder.recall(), folder.load_calibration(), tokenizers.load(package)
    task, graphs = setup.about, package_files.graphs(package)
    variant = options.variant or next(iter(graphs))
    if variant not in graphs:
        raise SystemExit(f"{package} has no variant {variant}; it has {', '.join(graphs)}")
    held, questions = setup.load(options.part, tokenizer), heads.of_task(task, fitted.thresholds)
    logits = onnx_runtime.logits(graphs[variant], held.inputs, questions, tokenizer)
    found = [head.probabilities(head.of(logits) / mix.temperature) for head, mix in zip(questions, fitted.mixes)]
    np.savez(folder.path / f"{options.part}.{variant}.npz", logits=logits)
    judged = Evaluation(options.part, task, questions, held, found)
    if options.part == TEST:
        package_files.add_figures(package, judged.manifest_members() | _baseline(judged))
    report = evaluation_report.markdown(judged)
    (folder.path / f"{options.part}.md").write_text(report, encoding="utf-8")
    if not task.multi_label:
        reliability_diagram.draw(folder.path / f"{options.part}.reliability.png", judged)
    print(report)


def _baseline(judged: Evaluation) -> dict:
    """The metrics again, with those of the baseline step where it judged the same texts."""
    file = places.work_root() / "baseline.json"
    metrics = judged.manifest_members()["metrics"]
    if file.exists():
        figures = json.loads(file.read_text(encoding="utf-8"))
        if figures["taxonomy"] == judged.task.taxonomy and judged.part in figures:
            metrics["baseline"] = {"name": figures["name"], **{
                key: round(figures[judged.part]["value"][key], 4) for key in ("accuracy", "macro_f1")}}
    return {"metrics": metrics}
