"""How an encoder's weights are stored and multiplied: float32, float16, or int8 with activation ranges fixed beforehand."""

from typing import Protocol

import numpy as np

from .onnx_graph import FLOAT, FLOAT16, MICROSOFT, OnnxGraph


Shown = tuple[str, ...]


class Linear(Protocol):
    kind: int
    """ONNX element type of the states."""
    numbers: type
    """The same for numpy."""

    def rows(self, name: str, table: np.ndarray, ids: str) -> str: ...

    def shown(self, name: str, states: str) -> Shown:
        """The states as the products called ``name`` read them."""
        ...

    def product(self, name: str, shown: Shown, weight: np.ndarray, bias: str | None = None) -> str: ...


class FloatLinear:
    """float32 arithmetic; with ``halved`` on weights stored in half precision, which the runtime widens once, at the start."""

    kind, numbers = FLOAT, np.float32

    def __init__(self, graph: OnnxGraph, halved: bool):
        self._graph, self._stored = graph, np.float16 if halved else np.float32

    def rows(self, name: str, table: np.ndarray, ids: str) -> str:
        return self._graph.add("Gather", [self._graph.constant(name, table.astype(self._stored)), ids], f"{name}.rows")

    def shown(self, name: str, states: str) -> Shown:
        return (states,)

    def product(self, name: str, shown: Shown, weight: np.ndarray, bias: str | None = None) -> str:
        return _multiply(self._graph, name, shown, self._weight(name, weight), bias)

    def _weight(self, name: str, weight: np.ndarray) -> str:
        if self._stored is np.float32:
            return self._graph.constant(f"{name}.weight", weight.T)
        stored = self._graph.constant(f"{name}.weight16", weight.T.astype(self._stored))
        return self._graph.add("Cast", [stored], f"{name}.weight", to=FLOAT)


class HalfLinear:
    """float16 weights and arithmetic, for GPUs; a CPU runs the graph too, by casting."""

    kind, numbers = FLOAT16, np.float16

    def __init__(self, graph: OnnxGraph):
        self._graph = graph

    def rows(self, name: str, table: np.ndarray, ids: str) -> str:
        return self._graph.add("Gather", [self._graph.constant(name, table.astype(np.float16)), ids], f"{name}.rows")

    def shown(self, name: str, states: str) -> Shown:
        return (states,)

    def product(self, name: str, shown: Shown, weight: np.ndarray, bias: str | None = None) -> str:
        stored = self._graph.constant(f"{name}.weight", weight.T.astype(np.float16))
        return _multiply(self._graph, name, shown, stored, bias)


class Int8Linear:
    """int8 weights a column, uint8 activations with one range a product, measured on training texts.

    Weights use 7 of the 8 bits: CPUs without VNNI add two products in 16 bits, which then can't overflow, so every
    CPU computes the same. Ranges don't depend on the batch, so neither does a text's result.
    """

    kind, numbers = FLOAT, np.float32
    LIMIT = 63

    def __init__(self, graph: OnnxGraph, ranges: dict[str, tuple[float, float]]):
        self._graph, self._ranges = graph, ranges

    def rows(self, name: str, table: np.ndarray, ids: str) -> str:
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        whole = self._graph.constant(f"{name}.int8", np.round(table / scale).astype(np.int8))
        picked = self._graph.add("Cast", [self._graph.add("Gather", [whole, ids], f"{name}.rows.int8")],
                                 f"{name}.rows.whole", to=FLOAT)
        scales = self._graph.add("Gather", [self._graph.constant(f"{name}.scale", scale.astype(np.float32)), ids],
                                 f"{name}.rows.scale")
        return self._graph.add("Mul", [picked, scales], f"{name}.rows")

    def product(self, name: str, shown: Shown, weight: np.ndarray, bias: str | None = None) -> str:
        rounded, step, middle = shown
        whole, scale, zero = self._weight(name, weight)
        more = [] if bias is None else [bias]
        return self._graph.add("MatMulIntegerToFloat", [rounded, whole, step, scale, middle, zero, *more], name, MICROSOFT)

    def _weight(self, name: str, weight: np.ndarray) -> tuple[str, str, str]:
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / self.LIMIT
        whole = np.round(weight / scale[:, None]).astype(np.int8).T
        constant = self._graph.constant
        return (constant(f"{name}.weight.int8", whole), constant(f"{name}.weight.scale", scale.astype(np.float32)),
                constant(f"{name}.weight.zero", np.zeros(len(scale), np.int8)))

    def shown(self, name: str, states: str) -> Shown:
        low, high = self._ranges[name]
        low, high = min(low, 0.0), max(high, 0.0)
        step = max(high - low, 1e-8) / 255
        scale = self._graph.constant(f"{name}.step", np.array(step, np.float32))
        zero = self._graph.constant(f"{name}.middle", np.array(round(-low / step), np.uint8))
        rounded = self._graph.add("QuantizeLinear", [states, scale, zero], f"{name}.uint8")
        return rounded, scale, zero


def _multiply(graph: OnnxGraph, name: str, shown: Shown, weight: str, bias: str | None) -> str:
    if bias is None:
        return graph.add("MatMul", [*shown, weight], name)
    return graph.add("Add", [graph.add("MatMul", [*shown, weight], f"{name}.product"), bias], name)
