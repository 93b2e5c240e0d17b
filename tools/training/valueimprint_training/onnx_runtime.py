"""Runs a graph in ONNX Runtime: through Python's package where it is installed, else through Node's."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from . import batches, model_graph
from .heads import Head
from .tokenizers import Tokenizer

SCRIPT = Path(__file__).resolve().parent.parent / "run_graph.cjs"
Batch = tuple[np.ndarray, np.ndarray]


def logits(graph: Path, inputs: list[np.ndarray], heads: list[Head], tokenizer: Tokenizer,
           rounds: list[np.ndarray] | None = None) -> np.ndarray:
    """All heads' logits, ``[texts, logits]``; rounds are row numbers, by default those of like length together."""
    if rounds is None:
        rounds = batches.plan(np.array([len(ids) for ids in inputs]), 8192)
    filler, outputs = tokenizer.filler, [model_graph.OUTPUTS[head.name] for head in heads]
    answers = run(graph, [batches.pad(inputs, rows, filler) for rows in rounds], outputs)
    found = np.empty((len(inputs), heads[-1].stop), np.float32)
    found[np.concatenate(rounds)] = np.concatenate(answers)
    return found


def run(graph: Path, rounds: list[Batch], outputs: list[str]) -> list[np.ndarray]:
    """The named outputs side by side, flattened to a row a text, for each round of ids and mask; token types, if asked for, are 0."""
    try:
        import onnxruntime
    except ImportError:
        return _run_in_node(graph, rounds, outputs)
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    types = "token_type_ids" in {each.name for each in session.get_inputs()}
    return [np.concatenate([found.reshape(len(ids), -1) for found in session.run(
        outputs, {"input_ids": ids, "attention_mask": mask} | ({"token_type_ids": np.zeros_like(ids)} if types else {}))], axis=1)
            for ids, mask in rounds]


def _run_in_node(graph: Path, rounds: list[Batch], outputs: list[str]) -> list[np.ndarray]:
    if not os.environ.get("NODE_PATH"):
        raise RuntimeError("ONNX Runtime not found: install Python's onnxruntime, or onnxruntime-node "
                           "(npm install --ignore-scripts onnxruntime-node) and set NODE_PATH to its node_modules")
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "asked.json", Path(folder) / "answered.json"
        asked.write_text(json.dumps([{"ids": ids.tolist(), "mask": mask.tolist()} for ids, mask in rounds]))
        subprocess.run(["node", str(SCRIPT), str(graph), str(asked), str(answered), *outputs], check=True)
        return [np.array(rows, np.float32) for rows in json.loads(answered.read_text())]
