"""What makes two texts the same dialogue: the same opening turn, or the same id up to ``#``."""

import hashlib
import re
from typing import Sequence

from .annotations import Annotation
from .task import DEV, TEST, TRAIN

ASIDE = "aside"


def opening_turn(text: str) -> str:
    """The first human turn, in lower case and single spaces; a text without turns is its own opening."""
    first = re.split(r"\n+Assistant:", text.strip(), maxsplit=1)[0]
    first = re.sub(r"^Human:\s*", "", first)
    return " ".join(first.lower().split())


def question(text: str) -> str | None:
    """What is asked in a dialogue of one question and one answer, without the speaker; ``None`` for any other text."""
    found = re.fullmatch(r"Human:\s*(\S.*?)\s*\n\nAssistant:.*", text, re.DOTALL)
    return found[1] if found and "\n\nHuman:" not in text else None


def context(text: str) -> str:
    """All but the last answer; nothing for a text without one."""
    return text.rpartition("\n\nAssistant:")[0]


def beginnings(text: str) -> list[str]:
    """The dialogue up to each of its answers but the last."""
    return [text[:turn.start()].rstrip() for turn in re.finditer(r"\n+Human:", text) if "\n\nAssistant:" in text[:turn.start()]]


def group(ids: Sequence[str], texts: Sequence[str]) -> list[int]:
    """A group number for each text; texts that share an opening or an id stem, directly or through others, share it."""
    parent = list(range(len(ids)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    first_with: dict[tuple[str, str], int] = {}
    for index, (name, text) in enumerate(zip(ids, texts)):
        for key in (("id", name.split("#")[0]), ("opening", opening_turn(text))):
            parent[root(index)] = root(first_with.setdefault(key, index))
    return [root(index) for index in range(len(ids))]


def split(rows: Sequence[Annotation], seed: int = 42, dev: float = 0.2, test: float = 0.25) -> list[str]:
    """Assigns every row to train, dev, test or aside.

    Dev and test are drawn, dialogue by dialogue, among those with a row of the ``random`` selection, and hold
    only such rows, so that they show a source as it is. The other rows of their dialogues are set aside.
    """
    groups = group([row.id for row in rows], [row.text for row in rows])
    drawable = {g for g, row in zip(groups, rows) if row.selection == "random"}
    openings = {}
    for g, row in zip(groups, rows):
        openings[g] = min(openings.get(g, "~"), row.id.split("#")[0])

    def assign(g: int, row: Annotation) -> str:
        if g not in drawable:
            return TRAIN
        digest = hashlib.sha256(f"{seed}:{openings[g]}".encode()).digest()
        share = int.from_bytes(digest[:8], "big") / 2**64
        if share >= dev + test:
            return TRAIN
        if row.selection != "random":
            return ASIDE
        return TEST if share < test else DEV

    return [assign(g, row) for g, row in zip(groups, rows)]
