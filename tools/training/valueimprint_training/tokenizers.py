"""The tokenizers that a model may have, and which one a folder holds."""

from pathlib import Path
from typing import Protocol

from .bpe import ByteLevelBpe
from .wordpiece import WordPiece


class Tokenizer(Protocol):
    """Text to content ids; ``first``, ``last`` and ``filler`` are the ids around a text and of padding."""

    vocabulary: dict[str, int]
    first: int
    last: int
    filler: int

    def encode(self, text: str) -> list[int]: ...

    def save(self, folder: Path) -> None: ...


def load(folder: Path) -> Tokenizer:
    """WordPiece where there is a ``vocab.txt``, else byte-level BPE."""
    if (folder / "vocab.txt").is_file():
        return WordPiece.load(folder)
    if not (folder / "vocab.json").is_file():
        raise FileNotFoundError(f"{folder}: no tokenizer; expected vocab.txt, or vocab.json and merges.txt")
    return ByteLevelBpe.load(folder)
