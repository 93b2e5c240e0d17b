import unittest

import numpy as np

try:
    import torch
except ImportError:
    torch = None

if torch is not None:
    from onnx import TensorProto
    from valueimprint_training import activation_ranges, batches, folding, model_graph, wide
    from valueimprint_training.bert import BertClassifier, BertShape
    from valueimprint_training.calibration import Calibration, Mix
    from valueimprint_training.classifier import Classifier
    from valueimprint_training.encoder import EncoderShape
    from valueimprint_training.deep_training import predict
    from valueimprint_training.grams import GramKeys
    from valueimprint_training.heads import Head
    from valueimprint_training.onnx_graph import OnnxGraph

    HEADS = [Head("value", 0, 7), Head("stance", 7, 10)]

SHAPE = dict(vocabulary=50, width=16, layers=2, heads=4, inner=32, positions=32)


@unittest.skipIf(torch is None, "PyTorch is not installed")
class GraphTests(unittest.TestCase):
    def setUp(self):
        self.order = np.random.default_rng(11)
        torch.manual_seed(11)
        self.model = Classifier(EncoderShape(**SHAPE), 10)
        self.inputs = [self.order.integers(4, 50, n) for n in (3, 9, 20, 31)]

    def test_deep_logits_do_not_depend_on_padding_or_company(self):
        together = predict(self.model, self.inputs, 1)
        alone = np.concatenate([predict(self.model, [ids], 1) for ids in self.inputs])
        np.testing.assert_allclose(together, alone, atol=1e-5)

    def test_wide_logits_are_the_sum_over_occurrences_that_the_graph_takes(self):
        keys = GramKeys(50, 101)
        part = wide.Wide(keys, self.order.uniform(1, 5, keys.rows).astype(np.float32),
                         self.order.normal(size=(keys.rows, 10)).astype(np.float32), np.zeros(10, np.float32))
        for ids, logits in zip(self.inputs, part.logits(self.inputs)):
            found = keys.of(ids)
            count = (found[:, None] == found[None, :]).sum(1)
            weight = (1 + np.log(count)) * part.idf[found]
            expected = (weight / count) @ part.weights[found] / np.sqrt((weight / count * weight).sum())
            np.testing.assert_allclose(logits, expected, rtol=1e-4, atol=1e-5)

    def test_folded_parts_add_up_to_the_mix(self):
        keys = GramKeys(50, 101)
        part = wide.Wide(keys, np.ones(keys.rows, np.float32),
                         self.order.normal(size=(keys.rows, 10)).astype(np.float32), np.ones(10, np.float32))
        fitted = Calibration([Mix(0.3, 2.0, 1.5), Mix(0.6, 0.5, 1.0)], 0.0)
        folded_wide, folded_deep = folding.fold(part, self.model, HEADS, fitted)
        summed = folded_wide.logits(self.inputs) + predict(folded_deep, self.inputs, 1)
        wide_logits, deep_logits = part.logits(self.inputs), predict(self.model, self.inputs, 1)
        np.testing.assert_allclose(summed[:, :7], fitted.mixes[0].logits(wide_logits[:, :7], deep_logits[:, :7]), atol=2e-2)
        np.testing.assert_allclose(summed[:, 7:], fitted.mixes[1].logits(wide_logits[:, 7:], deep_logits[:, 7:]), atol=2e-2)

    def test_numbers_are_scalars_and_lists_are_vectors(self):
        graph = OnnxGraph("numbers")
        graph.whole(3), graph.whole([3]), graph.real(0.5)
        shapes = {each.name: list(each.dims) for each in graph.model("tests").graph.initializer}
        self.assertEqual(list(shapes.values()), [[], [1], []])

    def test_variants_name_inputs_and_outputs_and_store_what_they_say(self):
        keys = GramKeys(50, 101)
        part = wide.Wide(keys, np.ones(keys.rows, np.float32), np.zeros((keys.rows, 10), np.float32),
                         np.zeros(10, np.float32))
        ranges = activation_ranges.measure(self.model, self.inputs, 1)
        self.assertEqual(len(ranges), 4 * SHAPE["layers"])
        graphs = [model_graph.build(variant, part, self.model, HEADS, ranges) for variant in ("fp32", "int8", "fp16")]
        for graph in graphs:
            self.assertEqual([i.name for i in graph.graph.input], ["input_ids", "attention_mask"])
            self.assertEqual([o.name for o in graph.graph.output], ["logits", "stance_logits"])
            self._assert_whole(graph)
        kinds = [node.op_type for node in graphs[1].graph.node]
        # Query, key and value read one rounding of the states.
        self.assertEqual(kinds.count("QuantizeLinear"), len(ranges))
        self.assertEqual(kinds.count("MatMulIntegerToFloat"), 6 * SHAPE["layers"])
        kinds = [{i.name: i.data_type for i in graph.graph.initializer}["encoder.norm.weight"] for graph in graphs]
        self.assertEqual(kinds, [TensorProto.FLOAT, TensorProto.FLOAT, TensorProto.FLOAT16])

    def test_berts_graphs_are_whole_in_every_variant(self):
        model = BertClassifier(BertShape("bert", vocab_size=50, hidden_size=16, num_hidden_layers=2, num_attention_heads=4,
                                         intermediate_size=32, max_position_embeddings=32, type_vocab_size=2, pad_token_id=0), 10)
        ranges = activation_ranges.measure(model, self.inputs, 0)
        for variant in ("fp32", "int8", "fp16"):
            graph = model_graph.build(variant, None, model, HEADS, ranges)
            self._assert_whole(graph)
            self.assertEqual([node.op_type for node in graph.graph.node].count("LayerNormalization"), 5)

    def _assert_whole(self, graph):
        """Every input is made or given, attention is one operator, and sums and norms are two."""
        kinds = {node.op_type for node in graph.graph.node}
        self.assertIn("MultiHeadAttention", kinds)
        self.assertNotIn("SkipLayerNormalization", kinds)
        written = {name for node in graph.graph.node for name in node.output}
        known = written | {i.name for i in graph.graph.initializer} | {"input_ids", "attention_mask", ""}
        for node in graph.graph.node:
            self.assertTrue(known.issuperset(node.input), node.name)


@unittest.skipIf(torch is None, "PyTorch is not installed")
class BatchTests(unittest.TestCase):
    def test_plan_takes_every_row_once_within_the_budget(self):
        order = np.random.default_rng(13)
        lengths = order.integers(1, 256, 500)
        for shuffled in (None, order):
            rounds = batches.plan(lengths, 2048, shuffled)
            self.assertEqual(sorted(np.concatenate(rounds)), list(range(500)))
            for rows in rounds:
                self.assertLessEqual(-(-lengths[rows].max() // 8) * 8 * len(rows), 2048)
