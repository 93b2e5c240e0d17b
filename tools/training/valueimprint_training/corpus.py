"""The documents that the tokenizer and the pre-training read."""

from pathlib import Path
from typing import Iterator

from . import annotations, dialogues, json_lines
from .task import TRAIN

HH_PARTS = ["harmless-base", "helpful-base", "helpful-online", "helpful-rejection-sampled"]


def dialogue_text(prompt: str, answer: str) -> str:
    """A prompt and its answer in the form in which the model reads every dialogue."""
    prompt = prompt.strip()
    head = prompt if prompt.startswith("Human:") else f"Human: {prompt}"
    return f"{head}\n\nAssistant: {answer.strip()}".strip()


def dialogues_of(root: Path) -> Iterator[tuple[str, str]]:
    """Every distinct dialogue of the preference and instruction sets: ``(id, text)``."""
    seen: set[str] = set()
    for name, text in _all_dialogues(root):
        if text not in seen:
            seen.add(text)
            yield name, text


def _all_dialogues(root: Path) -> Iterator[tuple[str, str]]:
    for part in HH_PARTS:
        for row in json_lines.read(root / "hh-rlhf" / f"{part}.test.jsonl.gz"):
            for side in ("chosen", "rejected"):
                yield f"{row['id']}#{side}", row[side].strip()
    for file in ("qa-feedback/pairs", "oasst/ranked_pairs", "dpo-demo/pairs"):
        for row in json_lines.read(root / f"{file}.jsonl.gz"):
            for side in ("chosen", "rejected"):
                yield f"{row['id']}#{side}", dialogue_text(row["prompt"], row[side])
    for file in ("oasst/responses", "counsel-chat/responses", "alpaca-demo/responses", "davinci/responses"):
        for row in json_lines.read(root / f"{file}.jsonl.gz"):
            yield row["id"], dialogue_text(row["prompt"], row["response"])


def held_out_openings(root: Path, seed: int = 42) -> set[str]:
    """The opening turns of the dev and test dialogues, which nothing but evaluation may read."""
    rows = annotations.load(root / "annotations")
    parts = dialogues.split(rows, seed)
    return {dialogues.opening_turn(row.text) for row, part in zip(rows, parts) if part != TRAIN}


def training_dialogues(root: Path, seed: int = 42) -> list[tuple[str, str]]:
    """The dialogues without those of dev and test."""
    held = held_out_openings(root, seed)
    return [(name, text) for name, text in dialogues_of(root) if dialogues.opening_turn(text) not in held]


def unannotated_dialogues(root: Path, seed: int = 42) -> list[str]:
    """The training dialogues that have no annotation."""
    seen = {row.text for row in annotations.load(root / "annotations")}
    return [text for _, text in training_dialogues(root, seed) if text not in seen]


def unannotated(root: Path, seed: int = 42) -> list[str]:
    """The training dialogues that have no annotation, and the beginnings of all that have several answers; each once."""
    seen = {row.text for row in annotations.load(root / "annotations")}
    found = []
    for _, text in training_dialogues(root, seed):
        for part in (text, *dialogues.beginnings(text)):
            if part not in seen:
                seen.add(part)
                found.append(part)
    return found


def background(root: Path, seed: int = 42) -> Iterator[tuple[str, str]]:
    """The broad corpus: ``(source, text)``; documents that begin with a held-out opening turn are left out."""
    held = _Openings(held_out_openings(root, seed))
    for file in ("general", "t0"):
        for row in json_lines.read(root / "corpus" / f"{file}.jsonl.gz"):
            if not held.begin(row["text"]):
                yield row["source"], row["text"]


class _Openings:
    """Looks openings up by their first characters: trying each on every document would be quadratic."""

    _KEY = 15

    def __init__(self, openings: set[str]):
        self._by_start: dict[str, list[str]] = {}
        for opening in openings:
            if len(opening) >= self._KEY:
                self._by_start.setdefault(opening[: self._KEY], []).append(opening)

    def begin(self, text: str) -> bool:
        start = " ".join(text.lower().split())
        start = start.removeprefix("human: ").removeprefix("user: ")
        return any(start.startswith(opening) for opening in self._by_start.get(start[: self._KEY], ()))
