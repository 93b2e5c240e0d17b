"""The deep part's families: this project's own encoder, and BERT with its kin; how each is started, stored and restored."""

from pathlib import Path
from typing import Union

import torch

from . import checkpoint, hub_folder
from .bert import BertClassifier, BertShape
from .bert_graph import BertGraph
from .classifier import Classifier
from .encoder import EncoderShape
from .encoder_graph import EncoderGraph
from .linear_graph import Linear
from .onnx_graph import OnnxGraph
from .tokenizers import Tokenizer

DeepModel = Union[Classifier, BertClassifier]


def from_pretrained(path: Path, logits: int, seed: int) -> Classifier:
    """The encoder of the pretrain step under a fresh head."""
    state = checkpoint.load(path)
    if state is None:
        raise FileNotFoundError(f"{path}: no pre-trained checkpoint; run the pretrain step first")
    torch.manual_seed(seed)
    model = Classifier(EncoderShape(**state["shape"]), logits)
    prefix = "encoder."
    model.encoder.load_state_dict(
        {name[len(prefix):]: tensor for name, tensor in state["model"].items() if name.startswith(prefix)})
    return model


def from_hub_folder(folder: Path, logits: int, seed: int) -> BertClassifier:
    """The encoder of a Hugging Face folder under a fresh head."""
    torch.manual_seed(seed)
    return hub_folder.classifier(folder, logits)


def to_state(model: DeepModel) -> dict:
    """What a checkpoint says of a model beside its weights."""
    if isinstance(model, BertClassifier):
        return {"family": "bert", "shape": model.shape.as_dict()}
    return {"family": "value-imprint", "shape": model.encoder.shape.as_dict()}


def from_state(state: dict, logits: int) -> DeepModel:
    """The model of a checkpoint, ready to predict."""
    # Checkpoints of the first version name no family.
    if state.get("family", "value-imprint") == "bert":
        model: DeepModel = BertClassifier(BertShape(**state["shape"]), logits)
    else:
        model = Classifier(EncoderShape(**state["shape"]), logits)
    model.load_state_dict(state["model"])
    return model.eval()


def write_graph(graph: OnnxGraph, model: DeepModel, linear: Linear, ids: str, mask: str) -> str:
    """Appends the model's nodes and returns the logits' name, ``[batch, 1, columns]``."""
    writer = BertGraph if isinstance(model, BertClassifier) else EncoderGraph
    return writer(graph, model, linear).write(ids, mask)


def config_members(model: DeepModel, tokenizer: Tokenizer) -> dict:
    """The members of ``config.json`` that describe the encoder; the own one is named and counted as RoBERTa."""
    if isinstance(model, BertClassifier):
        ends = {"bos_token_id": tokenizer.first, "eos_token_id": tokenizer.last} if model.shape.model_type == "roberta" else {}
        return model.shape.as_dict() | ends
    shape = model.encoder.shape
    return {"model_type": "roberta", "vocab_size": shape.vocabulary, "hidden_size": shape.width, "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads, "intermediate_size": shape.inner,
            # RoBERTa reserves the positions up to the padding id.
            "max_position_embeddings": shape.positions + 2, "pad_token_id": 1,
            "bos_token_id": tokenizer.first, "eos_token_id": tokenizer.last}
