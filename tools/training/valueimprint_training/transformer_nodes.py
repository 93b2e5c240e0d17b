"""The nodes that transformer encoders share, with the fused operators of ONNX Runtime.

Products over a whole batch always have at least two rows, because a runtime may take another path for one.
"""

import numpy as np
from torch import nn

from .linear_graph import Linear
from .onnx_graph import FLOAT, INT32, MICROSOFT, OnnxGraph

MASKED = -10000.0
"""What hides padding from attention: small enough for half precision, large enough to leave nothing."""


class TransformerNodes:
    """Nodes over one model's weights; ``linear`` decides how its matrices are stored and multiplied, and in which precision."""

    def __init__(self, graph: OnnxGraph, model: nn.Module, linear: Linear, heads: int, epsilon: float):
        self._graph, self._linear, self._heads, self._epsilon = graph, linear, heads, epsilon
        self._weights = {name: tensor.detach().float().cpu().numpy() for name, tensor in model.state_dict().items()}

    def _words(self, name: str, table: np.ndarray, ids: str) -> str:
        """The rows of an embedding, ``[batch, tokens, width]``."""
        return self._graph.add("Cast", [self._linear.rows(name, table, ids)], "embed.words", to=self._linear.kind)

    def _places(self, table: np.ndarray, mask: str) -> str:
        """A row a token, counted from 0 by the mask; padding takes the last one."""
        graph, add = self._graph, self._graph.add
        order = add("Sub", [add("CumSum", [mask, graph.whole(1)], "embed.order"), graph.whole(1)], "embed.place")
        index = add("Max", [order, graph.whole(0)], "embed.index")
        return add("Gather", [self._constant("places", table), index], "embed.places")

    def _mask_of_keys(self, mask: str) -> str:
        return self._graph.add("Cast", [mask], "mask.int32", to=INT32)

    def _attention(self, name: str, states: str, weight: np.ndarray, bias: np.ndarray, more: list[str]) -> str:
        """Self-attention before its last product; ``more`` are the mask of keys and, if there is one, the bias of scores."""
        # Three products cost what one of three times the width costs, and leave nothing to be split.
        shown = self._linear.shown(f"{name}.qkv", states)
        parts = [self._linear.product(f"{name}.{part}", shown, rows)
                 for part, rows in zip(("query", "key", "value"), np.split(weight, 3))]
        return self._graph.add(
            "MultiHeadAttention", [*parts, self._constant(f"{name}.qkv.bias", bias), *more], f"{name}.attention", MICROSOFT,
            num_heads=self._heads, mask_filter_value=MASKED)

    def _product(self, name: str, states: str) -> str:
        """The product with a matrix of that name, and its bias."""
        return self._linear.product(name, self._linear.shown(name, states), self._weights[f"{name}.weight"], self._bias(name))

    def _gelu(self, name: str, states: str) -> str:
        # Not BiasGelu, which is slower than its parts where the product adds the bias by itself. Elsewhere the runtime fuses the two.
        return self._graph.add("Gelu", [self._product(name, states)], f"{name}.gelu", MICROSOFT)

    def _skip(self, name: str, inner: str, states: str, norm: str) -> tuple[str, str]:
        """The sum of the states and the product called ``name`` of what came before it: as it is, and normed."""
        total = self._graph.add("Add", [self._product(name, inner), states], f"{name}.states")
        return total, self._normed(f"{name}.normed", total, norm)

    def _normed(self, name: str, states: str, norm: str) -> str:
        # Not SkipLayerNormalization, whose kernel for CPUs takes four times as long since ONNX Runtime 1.30.
        return self._graph.add("LayerNormalization", [states, *self._norm(norm)], name, axis=-1, epsilon=self._epsilon)

    def _mean(self, states: str, mask: str) -> str:
        """Of the states of a text's tokens, ``[batch, 1, width]``."""
        graph, add = self._graph, self._graph.add
        present = add("Unsqueeze", [add("Cast", [mask], "pool.mask", to=self._linear.kind), graph.whole([1])], "pool.present")
        total = add("ReduceSum", [present, graph.whole([2])], "pool.count", keepdims=1)
        return add("MatMul", [add("Div", [present, total], "pool.mean.weights"), states], "pool.mean")

    def _last_products(self, rows: str, names: tuple[str, str]) -> str:
        """Dense, tanh, dense on one row a text ``[batch, 1, width]``; gives float32 logits ``[batch, 1, columns]``."""
        graph, add = self._graph, self._graph.add
        # Twice the same row: a batch of one text then takes the same path as any other.
        twice = add("Concat", [rows, rows], "pool.twice", axis=1)
        both = self._dense(add("Tanh", [self._dense(twice, names[0])], "head.hidden"), names[1])
        one = add("Slice", [both, graph.whole([0]), graph.whole([1]), graph.whole([1])], "deep.row")
        return add("Cast", [one], "deep.logits", to=FLOAT)

    def _dense(self, states: str, name: str) -> str:
        weight = self._constant(f"{name}.weight", self._weights[f"{name}.weight"].T)
        product = self._graph.add("MatMul", [states, weight], f"{name}.product")
        return self._graph.add("Add", [product, self._bias(name)], f"{name}.sum")

    def _norm(self, name: str) -> list[str]:
        return [self._constant(f"{name}.{part}", self._weights[f"{name}.{part}"]) for part in ("weight", "bias")]

    def _bias(self, name: str) -> str:
        return self._constant(f"{name}.bias", self._weights[f"{name}.bias"])

    def _real(self, value: float) -> str:
        return self._constant(f"deep.float_{value!r}".replace("-", "m"), np.array(value))

    def _constant(self, name: str, value: np.ndarray) -> str:
        """A constant in the precision of the states."""
        return self._graph.constant(name, value.astype(self._linear.numbers))
