"""What a model is trained on and how it reads; finetune writes it down and every later step follows it."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from . import tasks
from .examples import Examples
from .task import Task
from .tokenizers import Tokenizer


@dataclass(frozen=True)
class ModelSetup:
    task: str
    """A name that :func:`tasks.named` knows."""
    max_tokens: int = 256
    """``<s>`` and ``</s>`` included."""
    head_share: float = 0.5
    """Share of the tokens that the head of a long text gets, the rest is its tail; 1 cuts the tail off."""
    wide: bool = True
    """There is a wide part beside the encoder."""

    @cached_property
    def about(self) -> Task:
        return tasks.named(self.task)

    def load(self, part: str, tokenizer: Tokenizer) -> Examples:
        return self.about.load(part, tokenizer, self.max_tokens, self.head_share)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "ModelSetup":
        if not path.exists():
            raise FileNotFoundError(f"{path}: not found; run the finetune step first")
        return cls(**json.loads(path.read_text(encoding="utf-8")))
