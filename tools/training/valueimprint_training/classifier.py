"""The deep part: the encoder, two poolings, and the logits of all heads."""

import torch
from torch import Tensor, nn

from .encoder import Encoder, EncoderShape


class Classifier(nn.Module):
    """Ids and mask ``[batch, tokens]`` to logits ``[batch, logits]``."""

    def __init__(self, shape: EncoderShape, logits: int, dropout: float = 0.1):
        super().__init__()
        self.logits = logits
        self.encoder = Encoder(shape, dropout)
        self.query = nn.Linear(shape.width, 1)
        self.dense = nn.Linear(2 * shape.width, shape.width)
        self.head = nn.Linear(shape.width, logits)
        self.dropout = nn.Dropout(dropout)
        for linear in (self.query, self.dense, self.head):
            nn.init.normal_(linear.weight, std=0.02)
            nn.init.zeros_(linear.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        states = self.encoder(ids, mask).float()
        present = mask.to(states.dtype)
        mean = (present[:, None] @ states)[:, 0] / present.sum(1, keepdim=True)
        scores = self.query(states)[..., 0].float() + (1 - present) * -10000.0
        attended = (torch.softmax(scores, -1)[:, None] @ states)[:, 0]
        pooled = torch.cat([mean.float(), attended.float()], -1)
        hidden = torch.tanh(self.dense(self.dropout(pooled)))
        return self.head(self.dropout(hidden)).float()

    @property
    def positions(self) -> int:
        """Most tokens of a text."""
        return self.encoder.shape.positions

    def last(self) -> nn.Linear:
        """The product that gives the logits."""
        return self.head

    def products(self) -> dict[str, nn.Module]:
        """The modules whose input an int8 graph rounds, by the product's name in the graph."""
        return {f"encoder.layers.{depth}.{name}": getattr(layer, name)
                for depth, layer in enumerate(self.encoder.layers) for name in ("qkv", "mix", "widen", "narrow")}

    def words(self) -> nn.Embedding:
        """The table of tokens."""
        return self.encoder.tokens

    def is_head(self, parameter: str) -> bool:
        return not parameter.startswith("encoder.")

    def layers_above(self, parameter: str) -> int:
        """How many layers lie between an encoder's parameter and the head."""
        depth = len(self.encoder.layers)
        return depth - 1 - int(parameter.split(".")[2]) if parameter.startswith("encoder.layers.") else depth
