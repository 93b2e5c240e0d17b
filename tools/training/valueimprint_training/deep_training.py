"""Fine-tunes the encoder and its heads on examples."""

import argparse
import copy
import time
from functools import lru_cache
from pathlib import Path
from typing import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import batches, checkpoint, deep_models
from .deep_models import DeepModel
from .examples import Examples
from .heads import Head, judge
from .progress import FigureLog

STANCE_SHARE = 0.5


class DeepTraining:
    """One run: resumable within an epoch, keeps the running average of the weights that was best on dev."""

    def __init__(self, options: argparse.Namespace, heads: list[Head], train: Callable[[int], Examples], filler: int):
        """``train`` gives the examples of an epoch, the same whenever it is asked for it."""
        self._options, self._heads, self._of_epoch, self._filler = options, heads, train, filler
        self._train = train(0)
        self._class_weights = [_class_weights(head, self._train) for head in heads]

    def run(self, model: DeepModel, out: Path, dev: Examples, log: FigureLog) -> None:
        """Trains the model where it lies, CPU or GPU, and keeps the best at ``out``."""
        options = self._options
        if options.freeze_words:
            model.words().requires_grad_(False)
        optimizer = torch.optim.AdamW(self._groups(model), lr=options.rate, betas=(0.9, 0.98), eps=1e-6)
        peaks = [group["lr"] for group in optimizer.param_groups]
        average = copy.deepcopy(model)
        resume = out.with_suffix(".resume.pt")
        state = checkpoint.load(resume) or {"epoch": 0, "round": 0, "best": None, "steps": 0, "seconds": 0.0}
        if "model" in state:
            model.load_state_dict(state["model"])
            average.load_state_dict(state["average"])
            optimizer.load_state_dict(state["optimizer"])
        epoch, first, best, steps, spent, start = (
            state["epoch"], state["round"], state["best"], state["steps"], state["seconds"], time.monotonic())

        def keep(epoch: int, first: int) -> None:
            checkpoint.save(resume, {
                "model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(),
                "epoch": epoch, "round": first, "best": best, "steps": steps, "seconds": spent + time.monotonic() - start})

        while epoch < options.epochs:
            self._train = self._of_epoch(epoch)
            torch.manual_seed(options.seed * 1000 + epoch + first)
            rounds = self._rounds(np.random.default_rng((options.seed, epoch)))
            model.train()
            losses, tokens, since, kept = [], 0, time.monotonic(), time.monotonic()
            done = 0.0
            for number in range(first, len(rounds)):
                done = max((epoch + number / len(rounds)) / options.epochs,
                           (spent + time.monotonic() - start) / (60 * options.minutes))
                if done >= 1:
                    break
                for group, peak in zip(optimizer.param_groups, peaks):
                    group["lr"] = peak * min((steps + 1) / 60, (1 - done) / 0.9, 1.0)
                loss = self._loss(model, rounds[number])
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                steps += 1
                _follow(average, model, min(options.average, steps / (10 + steps)))
                losses.append(loss.item())
                tokens += int(self._train.lengths[rounds[number]].sum())
                if steps % 25 == 0:
                    log.write(part="deep", step=steps, done=round(done, 3), loss=round(float(np.mean(losses[-25:])), 4),
                              tokens_per_second=round(tokens / (time.monotonic() - since)))
                    tokens, since = 0, time.monotonic()
                if time.monotonic() - kept > 60 * options.checkpoint_minutes:
                    keep(epoch, number + 1)
                    kept = time.monotonic()
            epoch, first = epoch + 1, 0
            figures = judge(self._heads, predict(average, dev.inputs, self._filler, rough=True), dev)
            log.write(part="deep", epoch=epoch, loss=round(float(np.mean(losses)), 4) if losses else None, **figures)
            if best is None or figures["value_loss"] < best:
                best = figures["value_loss"]
                checkpoint.save(out, {"model": average.state_dict(), **deep_models.to_state(average), "epoch": epoch})
            keep(epoch, 0)
            if done >= 1:
                break

    def _rounds(self, order: np.random.Generator) -> list[np.ndarray]:
        lengths = self._train.lengths
        if not self._options.balanced:
            return batches.plan(lengths, self._options.tokens, order)
        # As many rows as there are, each class as often as any other.
        labels = self._train.values.argmax(1)
        odds = 1 / np.bincount(labels)[labels]
        drawn = order.choice(len(labels), len(labels), p=odds / odds.sum())
        return [drawn[rows] for rows in batches.plan(lengths[drawn], self._options.tokens, order)]

    def _loss(self, model: DeepModel, rows: np.ndarray) -> Tensor:
        with torch.autocast(_device(model).type, torch.bfloat16, enabled=_is_bfloat16_fast(_device(model))):
            logits = model(*_batch(model, self._train.inputs, rows, self._filler)).float().cpu()
        importance = torch.from_numpy(self._train.weights[rows])
        total = torch.zeros(())
        for head, classes in zip(self._heads, self._class_weights):
            own, target = logits[:, head.start : head.stop], torch.from_numpy(head.targets(self._train)[rows])
            if head.multi_label:
                loss = F.binary_cross_entropy_with_logits(own, target, pos_weight=classes)
            else:
                weight = importance * (torch.ones(len(rows)) if self._options.balanced else target @ classes)
                loss = (weight * -(target * F.log_softmax(own, -1)).sum(-1)).sum() / weight.sum()
            total = total + loss * (STANCE_SHARE if head.name == "stance" else 1.0)
        return total

    def _groups(self, model: DeepModel) -> list[dict]:
        """A group a parameter: lower layers learn slower than the top one, heads faster if asked to; vectors don't decay."""
        def factor(name: str) -> float:
            return self._options.head_rate if model.is_head(name) else self._options.layer_decay ** model.layers_above(name)

        return [{"params": [parameter], "lr": self._options.rate * factor(name),
                 "weight_decay": 0.01 if parameter.dim() > 1 else 0.0}
                for name, parameter in model.named_parameters() if parameter.requires_grad]


def predict(model: DeepModel, inputs: list[np.ndarray], filler: int, tokens: int = 8192,
            rough: bool = False) -> np.ndarray:
    """Logits, ``[texts, logits]``; ``rough`` computes in bfloat16, several times faster and good enough to compare epochs."""
    model.eval()
    rough = rough and _is_bfloat16_fast(_device(model))
    found = np.empty((len(inputs), model.logits), np.float32)
    with torch.no_grad(), torch.autocast(_device(model).type, torch.bfloat16, enabled=rough):
        for rows in batches.plan(np.array([len(ids) for ids in inputs]), tokens):
            found[rows] = model(*_batch(model, inputs, rows, filler)).float().cpu().numpy()
    return found


def _device(model: DeepModel) -> torch.device:
    return next(model.parameters()).device


@lru_cache(maxsize=None)
def _is_bfloat16_fast(device: torch.device) -> bool:
    """A CPU without instructions for it emulates them, many times slower than float32."""
    cpu = Path("/proc/cpuinfo")
    return device.type != "cpu" or cpu.exists() and "avx512_bf16" in cpu.read_text()


def _batch(model: DeepModel, inputs: list[np.ndarray], rows: np.ndarray, filler: int) -> list[Tensor]:
    """Ids and mask of the rows, where the model lies."""
    return [torch.from_numpy(array).to(_device(model)) for array in batches.pad(inputs, rows, filler)]


def _class_weights(head: Head, train: Examples) -> Tensor:
    """The root of each class's rarity: full balancing overrates the rare classes."""
    # A label that no text has would weigh without end; nothing is ever taken from its weight.
    share = np.maximum(head.targets(train).mean(0), 1 / (2 * len(train)))
    if head.multi_label:
        return torch.from_numpy(((1 - share) / share) ** 0.5)
    return torch.from_numpy((1 / (len(share) * share)) ** 0.5)


def _follow(average: nn.Module, model: nn.Module, decay: float) -> None:
    with torch.no_grad():
        for kept, new in zip(average.parameters(), model.parameters()):
            if new.requires_grad:
                kept.lerp_(new, 1 - decay)
