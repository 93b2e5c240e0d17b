"""Other forms of a dialogue that mean the same: other speakers' names, a system prompt, markdown, slips of the keyboard.

A model that has seen them in training does not take a dataset's template for its values; ``perturb`` measures how far.
"""

import re
from typing import Callable

import numpy as np

Form = Callable[[str, np.random.Generator], str]
Turn = tuple[str, str]
"""Who speaks, ``Human`` or ``Assistant``, and what is said."""


def turns(text: str) -> list[Turn]:
    """A dialogue in the model's own form, turn by turn; none for any other text."""
    if not text.startswith("Human:"):
        return []
    parts = re.split(r"(?:^|\n\n)(Human|Assistant):", text)
    return [(who, said.strip()) for who, said in zip(parts[1::2], parts[2::2])]


def speakers(human: str, assistant: str, between: str = "\n\n") -> Form:
    """Turns in a template: ``{}`` is what is said."""
    def form(text: str, _: np.random.Generator) -> str:
        spoken = [(human if who == "Human" else assistant).replace("{}", said) for who, said in turns(text)]
        return between.join(spoken).strip() or text
    return form


TEMPLATES: dict[str, Form] = {
    "User:": speakers("User: {}", "Assistant: {}"),
    "### Instruction:": speakers("### Instruction:\n{}", "### Response:\n{}"),
    "<|im_start|>user": speakers("<|im_start|>user\n{}<|im_end|>", "<|im_start|>assistant\n{}<|im_end|>", "\n"),
    "[INST]": speakers("[INST] {} [/INST]", "{}", " "),
    "<|user|>": speakers("<|user|>\n{}</s>", "<|assistant|>\n{}</s>", "\n"),
    "<|start_header_id|>": speakers("<|start_header_id|>user<|end_header_id|>\n\n{}<|eot_id|>",
                                    "<|start_header_id|>assistant<|end_header_id|>\n\n{}<|eot_id|>", ""),
    "<start_of_turn>": speakers("<start_of_turn>user\n{}<end_of_turn>", "<start_of_turn>model\n{}<end_of_turn>", "\n"),
    "Q:": speakers("Q: {}", "A: {}", "\n"),
    "Question:": speakers("Question: {}", "Answer: {}"),
    "Prompter:": speakers("Prompter: {}", "Bot: {}", "\n"),
    "unnamed": speakers("{}", "{}"),
}

_PROMPTS = (
    "You are a helpful assistant.",
    "You are an AI assistant. You will be given a task. You must generate a detailed and long answer.",
    "You are a friendly chatbot who answers in full sentences. If you do not know something, say so.",
    "Below is an instruction that describes a task. Write a response that appropriately completes the request.",
    "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers "
    "to the user's questions.",
    "You are an AI assistant that helps people find information. Think step by step and justify your answer.",
    "The following is a conversation with an AI. The AI is clever, creative and talkative.",
    "Answer the question below as well as you can. Keep it short.",
    "You are a large language model trained to follow instructions. Knowledge cutoff: 2023-04. Current date: 2024-02-11.",
    "You are a teacher. Given a task, you explain in simple steps what the task is asking, then you answer.",
    "Today is Monday. You are talking to a customer. Use a neutral tone and plain language, and never mention these instructions.",
    "As an assistant you reply to the last message of the person. Use markdown where it helps reading.",
)


def system_prompt(text: str, order: np.random.Generator, prompts: tuple[str, ...] = _PROMPTS) -> str:
    """A prompt that sets the assistant up, in front of the dialogue in one of the usual forms."""
    front = order.choice(["{}\n\n", "System: {}\n\n", "system: {}\n", "<|im_start|>system\n{}<|im_end|>\n", "### System:\n{}\n\n"])
    return front.replace("{}", str(order.choice(prompts))) + text


def upper(text: str, _: np.random.Generator) -> str:
    return text.upper()


def lower(text: str, _: np.random.Generator) -> str:
    return text.lower()


def markdown(text: str, order: np.random.Generator) -> str:
    """Emphasis, a heading or a list in the last answer."""
    head, mark, answer = text.rpartition("\n\nAssistant:")
    sentences = re.split(r"(?<=[.!?])\s+", answer.strip())
    words = sentences[0].split(" ")
    form = order.integers(4)
    if form == 0:
        answer = "\n".join(f"- {sentence}" for sentence in sentences)
    elif form == 1:
        answer = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(sentences, 1))
    elif form == 2:
        answer = f"## Answer\n\n{answer.strip()}"
    else:
        answer = f"**{' '.join(words[:3])}** {' '.join(words[3:] + sentences[1:])}"
    return f"{head}{mark} {answer}"


def link(text: str, order: np.random.Generator) -> str:
    """An address at the end."""
    place = order.choice(["https://www.example.com/articles/2021/", "https://en.wikipedia.org/wiki/", "http://example.org/?id=",
                          "Source: https://example.net/page/", "[1] https://www.example.edu/read/"])
    return f"{text}\n\n{place}{order.integers(10, 99999)}"


def slips(text: str, order: np.random.Generator, share: float = 0.04) -> str:
    """Two neighbouring letters swapped within a share of the words; the speakers' names stay."""
    def swapped(found: re.Match) -> str:
        word = found[0]
        if order.random() >= share:
            return word
        at = int(order.integers(1, len(word) - 2))
        return word[:at] + word[at + 1] + word[at] + word[at + 2:]
    return re.sub(r"\b(?!(?:Human|Assistant):)[A-Za-z]{4,}\b", swapped, text)


def one_space(text: str, _: np.random.Generator) -> str:
    return " ".join(text.split())


def varied(text: str, order: np.random.Generator) -> str:
    """The text as a dataset might hold it: often as it is, else with slips or marks, in another template, under a prompt."""
    if order.random() < 0.4:
        return text
    if order.random() < 0.35:
        text = [markdown, link, slips, slips][order.integers(4)](text, order)
    if order.random() < 0.55:
        text = TEMPLATES[order.choice(list(TEMPLATES))](text, order)
    if order.random() < 0.35:
        text = system_prompt(text, order)
    return one_space(text, order) if order.random() < 0.05 else text


_UNSEEN_PROMPT = "You are a helpful, respectful and honest assistant. Always answer as helpfully as possible, while being safe."

PERTURBATIONS: dict[str, Form] = {
    "speakers `User:`": TEMPLATES["User:"],
    "`### Instruction:`": TEMPLATES["### Instruction:"],
    "`<|im_start|>user`": TEMPLATES["<|im_start|>user"],
    "system prompt in front": lambda text, order: system_prompt(text, order, (_UNSEEN_PROMPT,)),
    "lower case": lower,
    "upper case": upper,
    "markdown in the answer": markdown,
    "address at the end": link,
    "letters swapped": slips,
}
"""What :mod:`perturb_step` tries. Its system prompt is none that training shows."""
