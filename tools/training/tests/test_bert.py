import json
import tempfile
import unittest
from argparse import Namespace
from pathlib import Path
from unittest import mock

import numpy as np

try:
    import torch
except ImportError:
    torch = None

if torch is not None:
    from valueimprint_training import deep_models, encoder_step, hub, hub_folder, safetensors_file, tokenizers
    from valueimprint_training.bpe import ByteLevelBpe
    from valueimprint_training.deep_training import predict
    from valueimprint_training.bert import BertClassifier, BertShape

TEXTS = Path(__file__).parent / "values.csv"
SHAPE = dict(vocab_size=60, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=32, max_position_embeddings=34)


class _Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name)


@unittest.skipIf(torch is None, "PyTorch is not installed")
class SafetensorsTests(_Folder):
    def test_written_tensors_are_read_again(self):
        tensors = {"b": torch.arange(6).reshape(2, 3), "a": torch.randn(3).half(), "empty": torch.zeros(0, 4)}
        safetensors_file.write(self.path / "x.safetensors", tensors)
        found = safetensors_file.read(self.path / "x.safetensors")
        self.assertEqual(set(found), set(tensors))
        for name, tensor in tensors.items():
            self.assertTrue(torch.equal(found[name], tensor), name)

    def test_bytes_of_the_format_are_understood(self):
        # Spelt out by hand after the format's description: length, header, numbers.
        header = b'{"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}'
        (self.path / "x.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + b"\x80\x3f\x00\xc0")
        self.assertEqual(safetensors_file.read(self.path / "x.safetensors")["w"].tolist(), [1.0, -2.0])

    def test_damaged_files_are_refused(self):
        path = self.path / "x.safetensors"
        safetensors_file.write(path, {"w": torch.ones(100)})
        whole = path.read_bytes()
        for damaged, said in ((whole[:-8], "cut off"), (b"<html>not found</html>", "not a safetensors file"), (b"", "not a safetensors file")):
            path.write_bytes(damaged)
            with self.assertRaisesRegex(ValueError, said):
                safetensors_file.read(path)


@unittest.skipIf(torch is None, "PyTorch is not installed")
class HubFolderTests(_Folder):
    def setUp(self):
        super().setUp()
        encoder_step.run(Namespace(origin=None, out=self.path, tokenizer=None, texts=TEXTS, vocabulary=300, layers=2, width=16, heads=4,
                                   inner=32, positions=32, seed=1))

    def test_folder_gives_the_encoder_under_a_fresh_head(self):
        first, second = (deep_models.from_hub_folder(self.path, 7, seed).state_dict() for seed in (1, 2))
        for name, tensor in first.items():
            self.assertEqual(torch.equal(tensor, second[name]), name.startswith("model.") or name.endswith("bias"), name)

    def test_weights_of_a_classifier_in_pickle_and_in_shards_are_the_same(self):
        wanted = hub_folder.classifier(self.path, 7)
        stored = {name.replace("model.", "roberta.", 1): tensor for name, tensor in wanted.state_dict().items()}
        stored |= {"lm_head.bias": torch.zeros(3), "roberta.embeddings.position_ids": torch.arange(34)[None]}
        stored = {name.replace("LayerNorm.weight", "LayerNorm.gamma"): tensor for name, tensor in stored.items()}
        (self.path / "model.safetensors").unlink()
        torch.save(stored, self.path / "pytorch_model.bin")
        self._assert_same(wanted)
        (self.path / "pytorch_model.bin").unlink()
        names = sorted(stored)
        shards = {"model-1.safetensors": names[::2], "model-2.safetensors": names[1::2]}
        for shard, held in shards.items():
            safetensors_file.write(self.path / shard, {name: stored[name] for name in held})
        index = {"weight_map": {name: shard for shard, held in shards.items() for name in held}}
        (self.path / "model.safetensors.index.json").write_text(json.dumps(index))
        self._assert_same(wanted)

    def test_missing_file_wrong_family_and_wrong_size_are_named(self):
        config = json.loads((self.path / "config.json").read_text())
        for change, said in (({"model_type": "deberta"}, "model_type is 'deberta'"), ({"hidden_act": "relu"}, "hidden_act is 'relu'"),
                             ({"intermediate_size": 64}, r"intermediate.dense.*\[32, 16\].*\[64, 16\]"),
                             ({"num_hidden_layers": 3}, "hold no model.encoder.layer.2")):
            (self.path / "config.json").write_text(json.dumps(config | change))
            with self.assertRaisesRegex(ValueError, said):
                hub_folder.classifier(self.path, 7)
        (self.path / "vocab.json").unlink()
        with self.assertRaisesRegex(FileNotFoundError, "no tokenizer; expected vocab.txt, or vocab.json"):
            tokenizers.load(self.path)

    def test_name_without_the_hubs_client_says_what_to_do(self):
        self.assertEqual(hub.folder_of(str(self.path)), self.path)
        with mock.patch.dict("sys.modules", {"huggingface_hub": None}):
            with self.assertRaisesRegex(FileNotFoundError, "no such folder.*pip install transformers"):
                hub.folder_of("nobody/no-such-model")

    def _assert_same(self, wanted):
        found = hub_folder.classifier(self.path, 7).state_dict()
        for name, tensor in wanted.state_dict().items():
            if name.startswith("model."):
                self.assertTrue(torch.equal(found[name], tensor), name)


@unittest.skipIf(torch is None, "PyTorch is not installed")
class BertTests(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(3)
        self.model = BertClassifier(BertShape(**SHAPE), 7)
        self.bert = BertClassifier(BertShape("bert", pad_token_id=0, type_vocab_size=2, **SHAPE), 7)
        self.inputs = [np.random.default_rng(3).integers(4, 60, n) for n in (3, 9, 20, 32)]

    def test_logits_do_not_depend_on_padding_or_company(self):
        for model in (self.model, self.bert):
            together = predict(model, self.inputs, 1)
            alone = np.concatenate([predict(model, [ids], 1) for ids in self.inputs])
            np.testing.assert_allclose(together, alone, atol=1e-5)

    def test_berts_head_reads_the_first_state_and_the_mean(self):
        ids, mask = torch.tensor([[5, 6, 7, 0]]), torch.tensor([[1, 1, 1, 0]])
        model = self.bert.eval()
        with torch.no_grad():
            states = model.states(ids, mask)[0]
            read = torch.cat([states[0], states[:3].mean(0)])
            expected = model.classifier["out_proj"](torch.tanh(model.classifier["dense"](read)))
            np.testing.assert_allclose(model(ids, mask)[0], expected, atol=1e-6)
        self.assertEqual((self.bert.positions, self.model.positions), (34, 32))

    def test_robertas_places_start_after_the_padding_id(self):
        # The rows below it are never read; the first token of a text takes the one after it.
        before = predict(self.model, self.inputs, 1)
        table = self.model.model["embeddings"].position_embeddings.weight
        with torch.no_grad():
            table[:2] += 1
        np.testing.assert_array_equal(predict(self.model, self.inputs, 1), before)
        with torch.no_grad():
            table[2] += torch.arange(16)
        self.assertFalse(np.allclose(predict(self.model, self.inputs, 1), before))

    def test_parameters_are_called_as_on_the_hub(self):
        names = set(self.model.state_dict())
        layer = "model.encoder.layer.1"
        for name in ("model.embeddings.word_embeddings.weight", "model.embeddings.token_type_embeddings.weight",
                     "model.embeddings.LayerNorm.bias", f"{layer}.attention.self.query.weight",
                     f"{layer}.attention.output.LayerNorm.weight", f"{layer}.intermediate.dense.bias",
                     f"{layer}.output.dense.weight", "classifier.dense.weight", "classifier.out_proj.bias"):
            self.assertIn(name, names)

    def test_layers_are_counted_from_the_head_down(self):
        above = self.model.layers_above
        self.assertEqual([above("model.encoder.layer.1.output.dense.bias"),
                          above("model.encoder.layer.0.attention.self.key.bias"), above("model.embeddings.LayerNorm.bias")],
                         [0, 1, 2])
        self.assertTrue(self.model.is_head("classifier.dense.weight"))


@unittest.skipIf(torch is None, "PyTorch is not installed")
class AgainstTransformersTests(_Folder):
    def test_hidden_states_are_those_of_transformers(self):
        try:
            from transformers import RobertaModel, RobertaTokenizer
        except ImportError:
            self.skipTest("transformers is not installed")
        encoder_step.run(Namespace(origin=None, out=self.path, tokenizer=None, texts=TEXTS, vocabulary=300, layers=2, width=16, heads=4,
                                   inner=32, positions=32, seed=1))
        theirs = RobertaModel.from_pretrained(self.path, add_pooling_layer=False).eval()
        ours = hub_folder.classifier(self.path, 7).eval()
        text = "Human: don't you know?\n\nAssistant: No."
        ids = RobertaTokenizer.from_pretrained(self.path)(text, return_tensors="pt")
        words = ByteLevelBpe.load(self.path)
        self.assertEqual(ids["input_ids"][0].tolist(), [0, *words.encode(text), 2])
        with torch.no_grad():
            hidden = torch.tanh(ours.classifier["dense"](theirs(**ids).last_hidden_state[:, 0]))
            expected = ours.classifier["out_proj"](hidden)
            np.testing.assert_allclose(ours(ids["input_ids"], ids["attention_mask"]), expected, atol=1e-5)
