"""The folder that holds one model between the steps: what it was trained on, its two parts, its calibration."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from . import checkpoint, deep_models, heads, places, tokenizers
from .calibration import Calibration, Mix
from .deep_models import DeepModel
from .deep_training import predict
from .model_setup import ModelSetup
from .wide import Wide


class ModelFolder:
    """Files of the finetune, calibrate and evaluate steps."""

    def __init__(self, options: argparse.Namespace):
        work = places.work_root()
        self.path: Path = options.model or work / "finetuned"
        # An encoder from elsewhere brings its own, which finetune keeps here.
        self.own_tokenizer = self.path / "tokenizer"
        self._chosen_tokenizer: Path | None = options.tokenizer
        self._shared_tokenizer = work / "tokenizer"
        self.path.mkdir(parents=True, exist_ok=True)
        self.wide, self.deep = self.path / "wide.npz", self.path / "deep.pt"
        self._about, self._calibration = self.path / "about.json", self.path / "calibration.json"

    @staticmethod
    def add_arguments(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--tokenizer", type=Path, help="folder of the tokenizer step (default the model's own, or WORK/tokenizer)")
        parser.add_argument("--model", type=Path, help="folder of the model (default WORK/finetuned)")

    @property
    def tokenizer(self) -> Path:
        own = self.own_tokenizer if self.own_tokenizer.is_dir() else self._shared_tokenizer
        return self._chosen_tokenizer or own

    def remember(self, setup: ModelSetup) -> None:
        setup.write(self._about)

    def recall(self) -> ModelSetup:
        """What the finetune step was given."""
        return ModelSetup.read(self._about)

    def parts(self) -> tuple[Wide | None, DeepModel]:
        state, setup = checkpoint.load(self.deep), self.recall()
        if state is None:
            raise FileNotFoundError(f"{self.deep}: not found; run the finetune step first")
        model = deep_models.from_state(state, heads.of_task(setup.about)[-1].stop)
        return Wide.load(self.wide) if setup.wide else None, model

    def logits(self, inputs: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Wide and deep logits, ``[texts, logits]`` each, the deep ones in bfloat16: good enough to fit a mix on."""
        part, model = self.parts()
        filler = tokenizers.load(self.tokenizer).filler
        deep = predict(model, inputs, filler, rough=True)
        return part.logits(inputs) if part else np.zeros_like(deep), deep

    def save_calibration(self, fitted: Calibration) -> None:
        self._calibration.write_text(json.dumps(asdict(fitted), indent=2) + "\n", encoding="utf-8")

    def load_calibration(self) -> Calibration:
        if not self._calibration.exists():
            raise FileNotFoundError(f"{self._calibration}: not found; run the calibrate step first")
        stored = json.loads(self._calibration.read_text(encoding="utf-8"))
        mixes = [Mix(**mix | {"shift": tuple(mix.get("shift", ()))}) for mix in stored["mixes"]]
        return Calibration(mixes, stored["abstain_below"], tuple(stored.get("thresholds", ())))
