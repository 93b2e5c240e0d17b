"""What is kept of a text that is longer than the model reads."""

from .tokenizers import Tokenizer


def head_and_tail(ids: list[int], budget: int, head_share: float = 0.5) -> list[int]:
    """The first ``ceil(budget * head_share)`` and the last of the remaining ids, when there are more than the budget."""
    if len(ids) <= budget:
        return ids
    head = -int(-budget * head_share // 1)
    return ids[:head] + ids[len(ids) - (budget - head):]


def model_input(tokenizer: Tokenizer, text: str, max_tokens: int = 256, head_share: float = 0.5) -> list[int]:
    """The first token, the kept ids, the last one: at most ``max_tokens`` in all."""
    kept = head_and_tail(tokenizer.encode(text), max_tokens - 2, head_share)
    return [tokenizer.first, *kept, tokenizer.last]
