"""An encoder in Hugging Face's layout: a folder with ``config.json``, its tokenizer's files and weights."""

import json
import re
from pathlib import Path

import torch
from torch import Tensor

from . import safetensors_file
from .bert import BertClassifier, BertShape
from .tokenizers import Tokenizer

WEIGHTS = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")
PREFIX = "model."
"""Of the encoder's parameters here; on the hub it is the family's name, or nothing."""


def classifier(folder: Path, logits: int) -> BertClassifier:
    """The encoder of the folder under a fresh head."""
    shape = BertShape.read(folder / "config.json")
    model = BertClassifier(shape, logits)
    stored = {_renamed(name): tensor for name, tensor in _weights(folder).items()}
    wanted = {name: tensor for name, tensor in model.state_dict().items() if name.startswith(PREFIX)}
    for name, tensor in wanted.items():
        if name not in stored:
            raise ValueError(f"{folder}: the weights hold no {name}; expected those of a {shape.model_type} model with {shape}")
        if stored[name].shape != tensor.shape:
            raise ValueError(f"{folder}: {name} is {list(stored[name].shape)}, but config.json asks for {list(tensor.shape)}")
    model.load_state_dict({name: stored[name].float() for name in wanted}, strict=False)
    return model


def write(folder: Path, model: BertClassifier, words: Tokenizer) -> None:
    """The model without its head, as Hugging Face's own bare models are stored."""
    words.save(folder)
    config = {"architectures": ["RobertaModel"], "hidden_act": "gelu", **model.shape.as_dict(),
              "bos_token_id": words.first, "eos_token_id": words.last}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8", newline="\n")
    safetensors_file.write(folder / "model.safetensors", {
        name.removeprefix(PREFIX): tensor for name, tensor in model.state_dict().items() if name.startswith(PREFIX)})


def _weights(folder: Path) -> dict[str, Tensor]:
    for name in WEIGHTS:
        path = folder / name
        if path.is_file() and name.endswith(".index.json"):
            shards = sorted(set(json.loads(path.read_text(encoding="utf-8"))["weight_map"].values()))
            return {key: tensor for shard in shards for key, tensor in _read(folder / shard).items()}
        if path.is_file():
            return _read(path)
    raise FileNotFoundError(f"{folder}: no weights; expected one of {', '.join(WEIGHTS)}")


def _read(path: Path) -> dict[str, Tensor]:
    if path.suffix == ".safetensors":
        return safetensors_file.read(path)
    # A downloaded file may build tensors and run nothing else.
    return torch.load(path, map_location="cpu", weights_only=True)


def _renamed(name: str) -> str:
    """Checkpoints of the bare model lack the prefix, old ones call the parameters of a norm after its paper."""
    name = name.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias")
    return PREFIX + re.sub("^(bert|roberta)\\.", "", name)
