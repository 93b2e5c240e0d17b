"""Writes BERT and RoBERTa as ONNX nodes: post-norm layers, and the head on the first state and the mean."""

import numpy as np

from .bert import BertClassifier
from .linear_graph import Linear
from .onnx_graph import OnnxGraph
from .transformer_nodes import TransformerNodes


class BertGraph(TransformerNodes):
    """One model's nodes."""

    def __init__(self, graph: OnnxGraph, model: BertClassifier, linear: Linear):
        super().__init__(graph, model, linear, model.shape.num_attention_heads, model.shape.layer_norm_eps)
        self._shape = model.shape

    def write(self, ids: str, mask: str) -> str:
        """Appends the nodes and returns the logits' name, ``[batch, 1, columns]``."""
        graph = self._graph
        more = [self._mask_of_keys(mask)]
        states = self._embed(ids, mask)
        for depth in range(self._shape.num_hidden_layers):
            states = self._layer(f"model.encoder.layer.{depth}", states, more)
        read = graph.add("Slice", [states, graph.whole([0]), graph.whole([1]), graph.whole([1])], "pool.first")
        if self._shape.pools_mean:
            read = graph.add("Concat", [read, self._mean(states, mask)], "pool.pooled", axis=2)
        return self._last_products(read, ("classifier.dense", "classifier.out_proj"))

    def _embed(self, ids: str, mask: str) -> str:
        name = "model.embeddings"
        words = self._words("tokens", self._weights[f"{name}.word_embeddings.weight"], ids)
        # Every token is of the first type.
        table = self._weights[f"{name}.position_embeddings.weight"][self._shape.first_place :]
        places = self._places(table + self._weights[f"{name}.token_type_embeddings.weight"][0], mask)
        return self._normed("embed.states", self._graph.add("Add", [words, places], "embed.sum"), f"{name}.LayerNorm")

    def _layer(self, name: str, states: str, more: list[str]) -> str:
        weight, bias = (np.concatenate([self._weights[f"{name}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")])
                        for kind in ("weight", "bias"))
        mixed = self._attention(name, states, weight, bias, more)
        out = f"{name}.attention.output"
        _, states = self._skip(f"{out}.dense", mixed, states, f"{out}.LayerNorm")
        inner = self._gelu(f"{name}.intermediate.dense", states)
        _, states = self._skip(f"{name}.output.dense", inner, states, f"{name}.output.LayerNorm")
        return states
