"""``finetune``: trains the wide part, then the encoder with its heads; a second call goes on from the checkpoint.

The encoder is the pretrain step's, or with ``--encoder`` a BERT or RoBERTa in Hugging Face's layout, as in the paper's set-up.
"""

import argparse
from functools import reduce
from pathlib import Path

import numpy as np
import torch

from . import deep_models, heads, hub, places, tokenizers, wide
from .deep_training import DeepTraining
from .examples import Examples
from .grams import GramKeys
from .model_folder import ModelFolder
from .model_setup import ModelSetup
from .progress import FigureLog
from .pseudo_labels import PseudoLabels
from .task import DEV, TRAIN

RATE, HUB_RATE = 5e-4, 2e-5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ModelFolder.add_arguments(parser)
    parser.add_argument("--task", default="value-imprint", help="value-imprint, valueeval23 or a Text,Label CSV file")
    parser.add_argument("--pretrained", type=Path, help="checkpoint of the pretrain step (default WORK/pretrained.pt)")
    parser.add_argument("--derived", action=argparse.BooleanOptionalAction, default=True,
                        help="also what the task makes of its texts: for value-imprint questions without answers (default: yes)")
    parser.add_argument("--varied", action=argparse.BooleanOptionalAction, default=True,
                        help="each epoch the training texts in other forms that mean the same, where the task has such (default: yes)")
    parser.add_argument("--pseudo-labels", type=Path, help="file of the pseudo-label step, whose texts join the annotated ones for the encoder")
    parser.add_argument("--pseudo-weight", type=float, default=0.5, help="weight of such a text beside an annotated one's 1")
    parser.add_argument("--pseudo-texts", type=int, default=1_000_000, help="most such texts an epoch, drawn anew each")
    parser.add_argument("--encoder", help="BERT or RoBERTa in place of it: a folder in Hugging Face's layout, or a name on the hub")
    parser.add_argument("--wide", action=argparse.BooleanOptionalAction,
                        help="the wide part beside the encoder (default: beside the own encoder, not beside another)")
    parser.add_argument("--bigram-rows", type=int, default=GramKeys.bigram_rows, help="hash rows of the wide part; a prime")
    parser.add_argument("--max-tokens", type=int, default=256, help="most tokens of a text, <s> and </s> included")
    parser.add_argument("--head-share", type=float, default=0.5, help="share of them for the text's head; 1 cuts the tail off")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=1e9, help="wall time by which the learning rate reaches 0")
    parser.add_argument("--tokens", type=int, default=6144, help="tokens a batch, padding included")
    parser.add_argument("--rate", type=float, help=f"peak learning rate of the top layer and the heads (default {RATE:g}, "
                                                   f"with --encoder {HUB_RATE:g})")
    parser.add_argument("--head-rate", type=float, default=1.0, help="how many times that rate the heads learn at")
    parser.add_argument("--freeze-words", action="store_true", help="leave the table of tokens as it was pre-trained: a fifth less work a step")
    parser.add_argument("--checkpoint-minutes", type=float, default=10, help="minutes between checkpoints within an epoch")
    parser.add_argument("--layer-decay", type=float, default=0.85, help="learning rate factor from a layer to the one below")
    parser.add_argument("--average", type=float, default=0.99, help="decay of the running average of the weights")
    parser.add_argument("--balanced", action="store_true", help="draw every class equally often, as the paper does")
    parser.add_argument("--wide-c", type=float, default=10.0, help="inverse strength of the wide part's regulariser")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto takes a GPU where there is one")
    parser.add_argument("--seed", type=int, default=42)


def run(options: argparse.Namespace) -> None:
    folder = ModelFolder(options)
    source = hub.folder_of(options.encoder) if options.encoder else None
    if source:
        tokenizers.load(source).save(folder.own_tokenizer)
    options.rate = options.rate or (HUB_RATE if source else RATE)
    is_wide = options.wide if options.wide is not None else source is None
    setup = ModelSetup(options.task, options.max_tokens, options.head_share, is_wide)
    tokenizer = tokenizers.load(folder.tokenizer)
    questions = heads.of_task(setup.about)
    model = _start(options, source, questions[-1].stop)
    if setup.max_tokens > model.positions:
        raise SystemExit(f"--max-tokens is {setup.max_tokens}, but the encoder has positions for {model.positions}")
    train, dev = (setup.load(part, tokenizer) for part in (TRAIN, DEV))
    folder.remember(setup)
    log = FigureLog(folder.path / "log.jsonl")
    if is_wide and not folder.wide.exists():
        part = wide.fit(GramKeys(len(tokenizer.vocabulary), options.bigram_rows), train, questions, options.wide_c)
        part.save(folder.wide)
        log.write(part="wide", **heads.judge(questions, part.logits(dev.inputs), dev))
    more = []
    if options.derived and setup.about.derived:
        more.append(setup.about.derived(tokenizer, setup.max_tokens, setup.head_share))
    pseudo = PseudoLabels.load(options.pseudo_labels).examples(questions, options.pseudo_weight) if options.pseudo_labels else None

    def of_epoch(epoch: int) -> Examples:
        order = np.random.default_rng((options.seed, epoch, 1))
        held = setup.about.varied(tokenizer, setup.max_tokens, setup.head_share, order) if options.varied and setup.about.varied else train
        drawn = [pseudo.rows(order.permutation(len(pseudo))[: options.pseudo_texts])] if pseudo else []
        return reduce(Examples.joined, [*more, *drawn], held)

    DeepTraining(options, questions, of_epoch, tokenizer.filler).run(model, folder.deep, dev, log)


def _start(options: argparse.Namespace, source: Path | None, logits: int) -> deep_models.DeepModel:
    if source:
        model = deep_models.from_hub_folder(source, logits, options.seed)
    else:
        pretrained = options.pretrained or places.work_root() / "pretrained.pt"
        model = deep_models.from_pretrained(pretrained, logits, options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return model.to(device if options.device == "auto" else options.device)
