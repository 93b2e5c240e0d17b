import json
import tempfile
import unittest
from pathlib import Path

from valueimprint_training import tokenizers
from valueimprint_training.bpe import ByteLevelBpe
from valueimprint_training.wordpiece import WordPiece

FIXTURE = Path(__file__).resolve().parents[3] / "tests" / "fixtures" / "tokenizer" / "wordpiece"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = WordPiece([*SPECIAL, "un", "##aff", "##able", ",", "wanted", "want", "##ed", "e", "中", "σ", "##σ", "[", "]", "cls"])


class WordPieceTests(unittest.TestCase):
    def _pieces(self, text: str) -> list[str]:
        return [WORDS.tokens[index] for index in WORDS.encode(text)]

    def test_longest_pieces_first_and_unknown_words_as_a_whole(self):
        self.assertEqual(self._pieces("UNaffable, wanted unwanted"), ["un", "##aff", "##able", ",", "wanted", "[UNK]"])
        self.assertEqual(self._pieces("un" * 51), ["[UNK]"])

    def test_case_accents_controls_and_chinese_follow_berts_rules(self):
        self.assertEqual(self._pieces("\u00c9 e\u0301 \u200be\ufffd\x00 E\u3000中中"), ["e", "e", "e", "e", "中", "中"])
        self.assertEqual(self._pieces("ΣΣ"), ["σ", "##σ"])

    def test_special_tokens_spelt_out_are_text(self):
        self.assertEqual(self._pieces("[CLS]"), ["[", "cls", "]"])

    def test_folder_gives_the_tokenizer_it_holds(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            with self.assertRaisesRegex(FileNotFoundError, "no tokenizer"):
                tokenizers.load(path)
            ByteLevelBpe.of_merges([]).save(path)
            self.assertIsInstance(tokenizers.load(path), ByteLevelBpe)
            WordPiece(WORDS.tokens, lowercase=False).save(path)
            loaded = tokenizers.load(path)
        self.assertEqual((loaded.tokens, loaded.lowercase, loaded.first, loaded.last, loaded.filler), (WORDS.tokens, False, 2, 3, 0))

    def test_vocabulary_without_special_tokens_is_refused(self):
        with self.assertRaisesRegex(ValueError, r"no token \[SEP\]"):
            WordPiece([token for token in WORDS.tokens if token != "[SEP]"])

    def test_fixture_that_other_languages_are_held_against(self):
        words = tokenizers.load(FIXTURE)
        with open(FIXTURE / "texts.jsonl", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        self.assertGreater(len(rows), 50)
        for row in rows:
            self.assertEqual(words.encode(row["text"]), row["ids"], row["text"])
