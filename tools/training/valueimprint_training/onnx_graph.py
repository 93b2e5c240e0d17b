"""A thin writer of ONNX graphs: nodes are appended in order, every output gets a readable name."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"


class OnnxGraph:
    """Collects nodes and constants and turns them into a checked model."""

    def __init__(self, name: str):
        self._name = name
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, kind: int, shape: list[str | int]) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name: str, kind: int, shape: list[str | int]) -> None:
        self._outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def constant(self, name: str, value: np.ndarray) -> str:
        """Adds a constant, or finds the one of that name."""
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.asarray(value, order="C"), name)
        return name

    def whole(self, value: int | list[int]) -> str:
        """An int64 constant: a number (scalar) or a list (vector)."""
        label = str(value).replace(" ", "").replace("-", "m")
        return self.constant(f"int_{label}", np.array(value, dtype=np.int64))

    def real(self, value: float) -> str:
        """A float32 scalar."""
        return self.constant(f"float_{value!r}".replace("-", "m"), np.array(value, dtype=np.float32))

    def add(self, operator: str, inputs: list[str], name: str, domain: str = "", **attributes) -> str:
        """Appends a node with one output, called ``name``, and returns it."""
        self._nodes.append(helper.make_node(operator, inputs, [name], name=f"{name}/{operator}", domain=domain,
                                            **attributes))
        return name

    def add_all(self, operator: str, inputs: list[str], names: list[str], domain: str = "", **attributes) -> list[str]:
        """Appends a node with several outputs; an empty name is an output not asked for."""
        self._nodes.append(helper.make_node(operator, inputs, names, name=f"{names[0]}/{operator}", domain=domain,
                                            **attributes))
        return names

    def model(self, producer: str) -> onnx.ModelProto:
        graph = helper.make_graph(self._nodes, self._name, self._inputs, self._outputs, list(self._constants.values()))
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, producer_name=producer, ir_version=8)


INT64, FLOAT, INT32, FLOAT16 = TensorProto.INT64, TensorProto.FLOAT, TensorProto.INT32, TensorProto.FLOAT16
