"""The files of a model package beside its graphs: ``config.json`` and ``valueimprint.json``."""

import json
import re
from pathlib import Path

from . import deep_models
from .calibration import Calibration
from .deep_models import DeepModel
from .model_graph import VARIANTS
from .model_setup import ModelSetup
from .task import Task
from .tokenizers import Tokenizer

MANIFEST = "valueimprint.json"


def write_config(folder: Path, task: Task, model: DeepModel, tokenizer: Tokenizer) -> None:
    """``config.json`` and, where the taxonomy is not built in, ``taxonomy.json``."""
    if task.taxonomy_document:
        _write(folder / "taxonomy.json", task.taxonomy_document)
    _write(folder / "config.json", {
        "problem_type": "multi_label_classification" if task.multi_label else "single_label_classification",
        "id2label": {str(index): value for index, value in enumerate(task.ids)},
        "label2id": {value: index for index, value in enumerate(task.ids)},
        **deep_models.config_members(model, tokenizer),
    })


def write_manifest(folder: Path, name: str, version: str, license: str, setup: ModelSetup, fitted: Calibration,
                   variants: list[str], default_variant: str) -> None:
    """Everything but the figures, which :func:`add_figures` adds once they are known."""
    task = setup.about
    cut = {"strategy": "head"} if setup.head_share == 1 else {"strategy": "head+tail", "head_share": setup.head_share}
    calibration = {"temperature": round(fitted.mixes[0].temperature, 4), "abstain_below": fitted.abstain_below}
    if fitted.thresholds:
        calibration["decision_thresholds"] = dict(zip(task.ids, fitted.thresholds))
    manifest = {
        "schema": 1,
        "name": name,
        "version": version,
        "taxonomy": {"id": task.taxonomy, "version": task.taxonomy_version},
        "license": license,
        "card": "README.md",
        "truncation": {"max_tokens": setup.max_tokens, **cut},
        "calibration": calibration,
    }
    if task.stances:
        manifest["stance"] = {"output": "stance_logits", "labels": list(task.stances),
                              "temperature": round(fitted.mixes[1].temperature, 4)}
    manifest |= {"variants": {variant: VARIANTS[variant] for variant in variants}, "default_variant": default_variant}
    _write(folder / MANIFEST, manifest)


def graphs(folder: Path) -> dict[str, Path]:
    """The package's graphs by variant, the default first."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    default = manifest["default_variant"]
    return {variant: folder / manifest["variants"][variant]
            for variant in sorted(manifest["variants"], key=lambda variant: variant != default)}


def add_figures(folder: Path, members: dict) -> None:
    """Adds or replaces the members ``metrics`` and ``confusion``."""
    path = folder / MANIFEST
    _write(path, json.loads(path.read_text(encoding="utf-8")) | members)


def _write(path: Path, content: dict) -> None:
    spread = json.dumps(content, indent=2, ensure_ascii=False)
    # A list of numbers on one line; a text can't be meant, since its line breaks are escaped.
    text = re.sub(r"\[\n([-+.\d\seE,]+)\]", lambda found: f"[{' '.join(found[1].split())}]", spread)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
