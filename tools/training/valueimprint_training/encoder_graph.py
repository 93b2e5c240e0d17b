"""Writes the deep part as ONNX nodes: the pre-norm encoder, its two poolings, its head."""

from .classifier import Classifier
from .linear_graph import Linear
from .onnx_graph import OnnxGraph
from .transformer_nodes import MASKED, TransformerNodes

EPSILON = 1e-5


class EncoderGraph(TransformerNodes):
    """One encoder's nodes."""

    def __init__(self, graph: OnnxGraph, model: Classifier, linear: Linear):
        super().__init__(graph, model, linear, model.encoder.shape.heads, EPSILON)
        self._depth = len(model.encoder.layers)

    def write(self, ids: str, mask: str) -> str:
        """Appends the nodes and returns the logits' name, ``[batch, 1, columns]``."""
        absent = self._absent(mask)
        more = ["", self._scores_bias(ids, absent)]
        states = self._embed(ids, mask)
        normed = self._normed("encoder.layers.0.normed", states, "encoder.layers.0.norm_attention")
        for depth in range(self._depth):
            following = f"encoder.layers.{depth + 1}.norm_attention" if depth + 1 < self._depth else "encoder.norm_last"
            states, normed = self._layer(f"encoder.layers.{depth}", states, normed, more, following)
        return self._head(normed, mask, absent)

    def _embed(self, ids: str, mask: str) -> str:
        words = self._words("tokens", self._weights["encoder.tokens.weight"], ids)
        places = self._places(self._weights["encoder.places.weight"], mask)
        return self._normed("embed.states", self._graph.add("Add", [words, places], "embed.sum"), "encoder.norm")

    def _absent(self, mask: str) -> str:
        """What hides padding, ``[batch, 1, tokens]``: 0, or :data:`MASKED`."""
        graph, add = self._graph, self._graph.add
        padding = add("Sub", [graph.whole(1), mask], "absent.padding")
        hidden = add("Mul", [add("Cast", [padding], "absent.cast", to=self._linear.kind), self._real(MASKED)], "absent.hidden")
        return add("Unsqueeze", [hidden, graph.whole([1])], "absent.bias")

    def _scores_bias(self, ids: str, absent: str) -> str:
        """What all layers add to their scores, ``[batch, heads, tokens, tokens]``: the distances' bias, and what hides padding."""
        graph, add = self._graph, self._graph.add
        table = self._weights["encoder.distances.table"]
        # Of constants alone: the runtime looks the largest square up once, when it loads the graph.
        places = add("Range", [graph.whole(0), graph.whole(table.shape[1] // 2 + 1), graph.whole(1)], "distance.places")
        apart = add("Sub", [add("Unsqueeze", [places, graph.whole([0])], "distance.seen"),
                            add("Unsqueeze", [places, graph.whole([1])], "distance.asking")], "distance.apart")
        index = add("Add", [apart, graph.whole(table.shape[1] // 2)], "distance.index")
        every = add("Gather", [self._constant("distances", table), index], "distance.every", axis=1)
        tokens = add("Slice", [add("Shape", [ids], "distance.shape"), graph.whole([1]), graph.whole([2])], "distance.tokens")
        square = add("Concat", [tokens, tokens], "distance.square", axis=0)
        near = add("Slice", [every, graph.whole([0, 0]), square, graph.whole([1, 2])], "distance.near")
        return add("Add", [near, add("Unsqueeze", [absent, graph.whole([1])], "absent.scores")], "scores.bias")

    def _layer(self, name: str, states: str, normed: str, more: list[str], following: str) -> tuple[str, str]:
        mixed = self._attention(name, normed, self._weights[f"{name}.qkv.weight"], self._weights[f"{name}.qkv.bias"], more)
        states, normed = self._skip(f"{name}.mix", mixed, states, f"{name}.norm_inner")
        inner = self._gelu(f"{name}.widen", normed)
        return self._skip(f"{name}.narrow", inner, states, following)

    def _head(self, states: str, mask: str, absent: str) -> str:
        add = self._graph.add
        query = self._constant("pool.query", self._weights["query.weight"].T)
        scores = add("Transpose", [add("MatMul", [states, query], "pool.scored")], "pool.scores", perm=[0, 2, 1])
        attention = add("Softmax", [add("Add", [scores, absent], "pool.masked")], "pool.attention", axis=-1)
        attended = add("MatMul", [attention, states], "pool.attended")
        return self._last_products(add("Concat", [self._mean(states, mask), attended], "pool.pooled", axis=2), ("dense", "head"))
