"""BERT's WordPiece (Devlin et al. 2019): ``vocab.txt``, words split by BERT's rules, then the longest known pieces."""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

CLS, PAD, SEP, UNK, MASK = "[CLS]", "[PAD]", "[SEP]", "[UNK]", "[MASK]"
LONGEST_WORD = 100
"""A longer one is unknown as a whole."""

_ASCII_WORDS = re.compile(r"[^ !-/:-@\[-`{-~]+|[!-/:-@\[-`{-~]")
_ASCII_CONTROLS = {code: None for code in (*range(32), 127)} | {ord(space): " " for space in "\t\n\r"}
_CHINESE = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF),
            (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


class WordPiece:
    """Text to ids. Content ids only: the caller adds ``[CLS]`` and ``[SEP]``. Spelt-out special tokens are text."""

    def __init__(self, tokens: list[str], lowercase: bool = True):
        self.tokens, self.lowercase = tokens, lowercase
        self.vocabulary = {token: index for index, token in enumerate(tokens)}
        missing = [token for token in (CLS, PAD, SEP, UNK, MASK) if token not in self.vocabulary]
        if missing:
            raise ValueError(f"vocab.txt has no token {', '.join(missing)}; expected BERT's special tokens")
        self.first, self.last, self.filler = (self.vocabulary[token] for token in (CLS, SEP, PAD))
        self._pieces: dict[str, list[int]] = {}

    @classmethod
    def load(cls, folder: Path) -> "WordPiece":
        tokens = (folder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        config = folder / "tokenizer_config.json"
        lowercase = not config.is_file() or json.loads(config.read_text(encoding="utf-8")).get("do_lower_case", True)
        return cls(tokens, lowercase)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vocab.txt").write_text("\n".join(self.tokens) + "\n", encoding="utf-8", newline="\n")
        config = {"tokenizer_class": "BertTokenizer", "do_lower_case": self.lowercase, "cls_token": CLS, "mask_token": MASK,
                  "pad_token": PAD, "sep_token": SEP, "unk_token": UNK}
        (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8", newline="\n")

    def encode(self, text: str) -> list[int]:
        ids: list[int] = []
        for word in self._words(text):
            known = self._pieces.get(word)
            if known is None:
                known = self._pieces[word] = self._encode_word(word)
            ids.extend(known)
        return ids

    def _words(self, text: str) -> list[str]:
        if text.isascii():
            clean = text.translate(_ASCII_CONTROLS)
            return _ASCII_WORDS.findall(clean.lower() if self.lowercase else clean)
        clean = "".join(map(_cleaned, text))
        if self.lowercase:
            plain = (letter for letter in unicodedata.normalize("NFD", clean) if unicodedata.category(letter) != "Mn")
            # Letter by letter: a final sigma is lowered like any other.
            clean = "".join(letter.lower() for letter in plain)
        return "".join(f" {letter} " if _is_punctuation(letter) else letter for letter in clean).split()

    def _encode_word(self, word: str) -> list[int]:
        unknown = [self.vocabulary[UNK]]
        if len(word) > LONGEST_WORD:
            return unknown
        ids, start = [], 0
        while start < len(word):
            prefix = "##" if start else ""
            end = next((end for end in range(len(word), start, -1) if prefix + word[start:end] in self.vocabulary), None)
            if end is None:
                return unknown
            ids.append(self.vocabulary[prefix + word[start:end]])
            start = end
        return ids


@lru_cache(maxsize=None)
def _cleaned(letter: str) -> str:
    if letter in "\t\n\r":
        return " "
    if letter in "\0\ufffd" or unicodedata.category(letter) in ("Cc", "Cf", "Cn", "Co", "Cs"):
        return ""
    if letter.isspace():
        return " "
    return f" {letter} " if any(low <= ord(letter) <= high for low, high in _CHINESE) else letter


@lru_cache(maxsize=None)
def _is_punctuation(letter: str) -> bool:
    return letter in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" or unicodedata.category(letter).startswith("P")
