"""BERT (Devlin et al. 2019) and RoBERTa (Liu et al. 2019) under a classification head; parameters are called as on the Hugging Face hub."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn


FAMILIES = ("bert", "roberta")


@dataclass(frozen=True)
class BertShape:
    """The members of ``config.json`` that decide the computation; defaults are RoBERTa-base's."""

    model_type: str = "roberta"
    vocab_size: int = 50265
    hidden_size: int = 768
    num_hidden_layers: int = 12
    num_attention_heads: int = 12
    intermediate_size: int = 3072
    max_position_embeddings: int = 514
    type_vocab_size: int = 1
    layer_norm_eps: float = 1e-5
    pad_token_id: int = 1

    as_dict = asdict

    @property
    def first_place(self) -> int:
        """The row of the first token's place: RoBERTa counts from the padding id on."""
        return self.pad_token_id + 1 if self.model_type == "roberta" else 0

    @property
    def positions(self) -> int:
        """Most tokens of a text."""
        return self.max_position_embeddings - self.first_place

    @property
    def pools_mean(self) -> bool:
        """Whether the head reads the mean of all states beside the first: a BERT tuned for embeddings has put its meaning there."""
        return self.model_type == "bert"

    @classmethod
    def read(cls, path: Path) -> "BertShape":
        config = json.loads(path.read_text(encoding="utf-8"))
        for member, expected in (("model_type", FAMILIES), ("hidden_act", ("gelu",)), ("position_embedding_type", ("absolute",))):
            found = config.get(member, expected[-1])
            if found not in expected:
                raise ValueError(f"{path}: {member} is {found!r}; without transformers only {' or '.join(map(repr, expected))} can be read")
        return cls(**{field.name: config[field.name] for field in fields(cls) if field.name in config})


class _Attention(nn.Module):
    def __init__(self, shape: BertShape, dropout: float):
        super().__init__()
        width = shape.hidden_size
        self.self = nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")})
        self.output = _Output(width, width, shape.layer_norm_eps, dropout)
        self._heads = shape.num_attention_heads

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        batch, tokens, width = states.shape
        query, key, value = (part(states).view(batch, tokens, self._heads, -1).transpose(1, 2) for part in self.self.values())
        scores = query @ key.transpose(-1, -2) * (width // self._heads) ** -0.5
        mixed = torch.softmax(scores + bias.to(scores.dtype), -1) @ value
        return self.output(mixed.transpose(1, 2).reshape(batch, tokens, width), states)


class _Output(nn.Module):
    """A product, added to what came in, then normed."""

    def __init__(self, inner: int, width: int, epsilon: float, dropout: float):
        super().__init__()
        self.dense = nn.Linear(inner, width)
        self.LayerNorm = nn.LayerNorm(width, epsilon)
        self._dropout = nn.Dropout(dropout)

    def forward(self, inner: Tensor, states: Tensor) -> Tensor:
        return self.LayerNorm((self._dropout(self.dense(inner)) + states).float())


class _Layer(nn.Module):
    def __init__(self, shape: BertShape, dropout: float):
        super().__init__()
        width = shape.hidden_size
        self.attention = _Attention(shape, dropout)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, shape.intermediate_size)})
        self.output = _Output(shape.intermediate_size, width, shape.layer_norm_eps, dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        states = self.attention(states, bias)
        return self.output(F.gelu(self.intermediate["dense"](states)), states)


class _Embeddings(nn.Module):
    def __init__(self, shape: BertShape, dropout: float):
        super().__init__()
        width = shape.hidden_size
        self.word_embeddings = nn.Embedding(shape.vocab_size, width, shape.pad_token_id)
        self.position_embeddings = nn.Embedding(shape.max_position_embeddings, width)
        self.token_type_embeddings = nn.Embedding(shape.type_vocab_size, width)
        self.LayerNorm = nn.LayerNorm(width, shape.layer_norm_eps)
        self._dropout = nn.Dropout(dropout)
        self._first = shape.first_place

    def forward(self, ids: Tensor) -> Tensor:
        # Padding is on the right, so that places may be counted without it.
        places = self.position_embeddings.weight[self._first : self._first + ids.shape[1]]
        return self._dropout(self.LayerNorm(self.word_embeddings(ids) + places + self.token_type_embeddings.weight[0]))


class BertClassifier(nn.Module):
    """Ids and mask ``[batch, tokens]`` to logits ``[batch, logits]``, read off the first state and, for BERT, the mean of all."""

    def __init__(self, shape: BertShape, logits: int, dropout: float = 0.1):
        super().__init__()
        self.shape, self.logits = shape, logits
        layers = nn.ModuleList(_Layer(shape, dropout) for _ in range(shape.num_hidden_layers))
        self.model = nn.ModuleDict({
            "embeddings": _Embeddings(shape, dropout), "encoder": nn.ModuleDict({"layer": layers})})
        read = shape.hidden_size * (2 if shape.pools_mean else 1)
        self.classifier = nn.ModuleDict({
            "dense": nn.Linear(read, shape.hidden_size), "out_proj": nn.Linear(shape.hidden_size, logits)})
        self._dropout = nn.Dropout(dropout)
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        states = self.states(ids, mask)
        read = states[:, 0].float()
        if self.shape.pools_mean:
            present = mask.to(states.dtype)
            read = torch.cat([read, (present[:, None] @ states)[:, 0] / present.sum(1, keepdim=True)], -1)
        hidden = torch.tanh(self.classifier["dense"](self._dropout(read)))
        return self.classifier["out_proj"](self._dropout(hidden)).float()

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The last layer's, ``[batch, tokens, width]``."""
        states = self.model["embeddings"](ids)
        bias = (1.0 - mask[:, None, None, :].to(states.dtype)) * -10000.0
        for layer in self.model["encoder"]["layer"]:
            states = layer(states, bias)
        return states

    @property
    def positions(self) -> int:
        """Most tokens of a text."""
        return self.shape.positions

    def last(self) -> nn.Linear:
        """The product that gives the logits."""
        return self.classifier["out_proj"]

    def products(self) -> dict[str, nn.Module]:
        """The modules whose input an int8 graph rounds, by the product's name in the graph."""
        found = {}
        for depth, layer in enumerate(self.model["encoder"]["layer"]):
            name = f"model.encoder.layer.{depth}"
            found |= {f"{name}.qkv": layer.attention.self["query"], f"{name}.attention.output.dense": layer.attention.output.dense,
                      f"{name}.intermediate.dense": layer.intermediate["dense"], f"{name}.output.dense": layer.output.dense}
        return found

    def words(self) -> nn.Embedding:
        """The table of tokens."""
        return self.model["embeddings"].word_embeddings

    def is_head(self, parameter: str) -> bool:
        return parameter.startswith("classifier.")

    def layers_above(self, parameter: str) -> int:
        """How many layers lie between an encoder's parameter and the head."""
        depth = self.shape.num_hidden_layers
        return depth - 1 - int(parameter.split(".")[3]) if parameter.startswith("model.encoder.layer.") else depth
