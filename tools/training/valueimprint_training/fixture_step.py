"""``fixture``: the ids, and with ``--model`` PyTorch's logits, for a set of awkward texts, for tests in other languages."""

import argparse
from pathlib import Path
from typing import Iterator

from . import folding, heads, json_lines, places, tokenizers
from .awkward_texts import TEXTS
from .deep_training import predict
from .examples import model_inputs
from .model_folder import ModelFolder
from .wordpiece import WordPiece


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tokenizer", type=Path, help="folder of the tokenizer step (default WORK/tokenizer)")
    parser.add_argument("--model", type=Path, help="a calibrated model: its logits, and the ids that it reads of a text")
    parser.add_argument("--out", type=Path, help="JSON lines of text and ids (default tests/fixtures/tokenizer/wordpiece/texts.jsonl or byte-level-bpe.jsonl)")


def run(options: argparse.Namespace) -> None:
    tokenizer = tokenizers.load(ModelFolder(options).tokenizer if options.model else options.tokenizer or places.work_root() / "tokenizer")
    name = "wordpiece/texts.jsonl" if isinstance(tokenizer, WordPiece) else "byte-level-bpe.jsonl"
    out = options.out or places.REPOSITORY / "tests" / "fixtures" / "tokenizer" / name
    if options.model:
        json_lines.write(out, _with_logits(options))
        return
    json_lines.write(out, ({"text": text, "ids": tokenizer.encode(text)} for text in TEXTS))


def _with_logits(options: argparse.Namespace) -> Iterator[dict]:
    folder = ModelFolder(options)
    tokenizer, setup, fitted = tokenizers.load(folder.tokenizer), folder.recall(), folder.load_calibration()
    part, model = folding.fold(*folder.parts(), heads.of_task(setup.about), fitted)
    # A text without words is refused before it reaches a model.
    texts = [text for text in TEXTS if text.strip()]
    inputs = model_inputs(tokenizer, texts, setup.max_tokens, setup.head_share)
    logits = predict(model, inputs, tokenizer.filler) + (part.logits(inputs) if part else 0)
    for text, ids, row in zip(texts, inputs, logits):
        yield {"text": text, "ids": ids.tolist(), "logits": [round(float(logit), 6) for logit in row]}
