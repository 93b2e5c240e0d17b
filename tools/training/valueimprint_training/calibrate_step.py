"""``calibrate``: fits on dev the mix of wide and deep, the temperatures, and thresholds: of abstention, or with several labels of naming."""

import argparse
import json

from . import calibration, heads, scores, tokenizers
from .model_folder import ModelFolder
from .task import DEV


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ModelFolder.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    folder = ModelFolder(options)
    setup = folder.recall()
    dev = setup.load(DEV, tokenizers.load(folder.tokenizer))
    wide, deep = folder.logits(dev.inputs)
    mixes, shown, abstain_below, thresholds = [], {}, 0.0, ()
    for head in heads.of_task(setup.about):
        targets = head.targets(dev)
        fit = calibration.fit_multi_label_mix if head.multi_label else calibration.fit_mix
        mix = fit(head, head.of(wide), head.of(deep), targets, setup.wide)
        mixes.append(mix)
        found = head.probabilities(mix.logits(head.of(wide), head.of(deep)) / mix.temperature)
        if head.multi_label:
            thresholds = calibration.decision_thresholds(found, targets)
            head = heads.of_task(setup.about, thresholds)[0]
        shown[head.name] = {**mix.as_dict(), **head.summary(found, targets)}
        if head.name == "value" and not head.multi_label:
            top, right = found.max(1), found.argmax(1) == targets.argmax(1)
            abstain_below = calibration.abstention_threshold(top, right)
            shown["ece"] = scores.expected_calibration_error(top, right)
    folder.save_calibration(calibration.Calibration(mixes, abstain_below, thresholds))
    print(json.dumps({**shown, "abstain_below": abstain_below, "thresholds": thresholds}, indent=2))
