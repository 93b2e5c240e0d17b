"""Byte-level BPE in RoBERTa's layout: ``vocab.json`` and ``merges.txt``."""

import json
from pathlib import Path

from . import pretokens
from .bpe_training import Pair, merge
from .byte_alphabet import BYTE_TO_CHARACTER, hide, show

BOS, PAD, EOS, UNK, MASK = "<s>", "<pad>", "</s>", "<unk>", "<mask>"


class ByteLevelBpe:
    """Text to ids and back. Content ids only: the caller adds ``<s>`` and ``</s>``."""

    def __init__(self, vocabulary: dict[str, int], merges: list[Pair]):
        self.vocabulary = vocabulary
        self.merges = merges
        missing = [token for token in (BOS, PAD, EOS, UNK, MASK) if token not in vocabulary]
        if missing:
            raise ValueError(f"vocab.json has no token {', '.join(missing)}; expected RoBERTa's special tokens")
        self.first, self.last, self.filler = (vocabulary[token] for token in (BOS, EOS, PAD))
        self._ranks = {pair: rank for rank, pair in enumerate(merges)}
        self._pieces: dict[str, list[int]] = {}
        self._symbols = {index: symbol for symbol, index in vocabulary.items()}

    @classmethod
    def of_merges(cls, merges: list[Pair]) -> "ByteLevelBpe":
        """The vocabulary that follows from the merges: specials, bytes, merges in rank order, mask."""
        symbols = [BOS, PAD, EOS, UNK, *BYTE_TO_CHARACTER.values(), *(a + b for a, b in merges)]
        vocabulary = {symbol: index for index, symbol in enumerate(dict.fromkeys(symbols))}
        vocabulary[MASK] = len(vocabulary)
        return cls(vocabulary, merges)

    @classmethod
    def load(cls, folder: Path) -> "ByteLevelBpe":
        vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        lines = (folder / "merges.txt").read_text(encoding="utf-8").split("\n")
        merges = [tuple(line.split(" ")) for line in lines[1:] if line]
        return cls(vocabulary, merges)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vocab.json").write_text(
            json.dumps(self.vocabulary, ensure_ascii=False), encoding="utf-8", newline="\n")
        lines = ["#version: 0.2", *(f"{a} {b}" for a, b in self.merges)]
        (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")

    def encode(self, text: str) -> list[int]:
        ids: list[int] = []
        for piece in pretokens.split(text):
            known = self._pieces.get(piece)
            if known is None:
                known = self._pieces[piece] = self._encode_piece(piece)
            ids.extend(known)
        return ids

    def decode(self, ids: list[int]) -> str:
        return hide("".join(self._symbols[index] for index in ids))

    def _encode_piece(self, piece: str) -> list[int]:
        symbols = list(show(piece))
        while len(symbols) > 1:
            best = min(zip(symbols, symbols[1:]), key=lambda pair: self._ranks.get(pair, len(self._ranks)))
            if best not in self._ranks:
                break
            symbols = merge(symbols, best)
        return [self.vocabulary[symbol] for symbol in symbols]
