"""Where an encoder lies: a folder as it is, or a name on the Hugging Face hub, fetched where the hub's client is installed."""

from pathlib import Path

PATTERNS = ["config.json", "vocab.txt", "tokenizer_config.json", "vocab.json", "merges.txt"]


def folder_of(encoder: str) -> Path:
    """The folder of an encoder given as ``--encoder FOLDER|NAME``."""
    folder = Path(encoder)
    if folder.is_dir():
        return folder
    try:
        # transformers brings it along.
        from huggingface_hub import snapshot_download
    except ImportError:
        raise FileNotFoundError(
            f"{encoder}: no such folder, and no client of the Hugging Face hub to fetch it by name: pip install transformers, "
            "or download config.json, the tokenizer's files and model.safetensors into a folder and name that") from None
    fetched = Path(snapshot_download(encoder, allow_patterns=[*PATTERNS, "model*.safetensors*"]))
    if not any(fetched.glob("model*.safetensors*")):
        fetched = Path(snapshot_download(encoder, allow_patterns=[*PATTERNS, "pytorch_model*.bin*"]))
    return fetched
