import tempfile
import unittest
from pathlib import Path

import numpy as np

from valueimprint_training import dialogues, heads
from valueimprint_training.pseudo_labels import SOURCE, PseudoLabels
from valueimprint_training.tasks import named

LABELS = PseudoLabels([np.array([0, 5, 2]), np.array([0, 2]), np.array([0, 7, 8, 9, 2])],
                      np.full((3, 7), 1 / 7, np.float32), np.full((3, 3), 1 / 3, np.float32))


class PseudoLabelTests(unittest.TestCase):
    def test_saved_labels_come_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "below" / "labels.npz"
            LABELS.save(path)
            back = PseudoLabels.load(path)
        self.assertEqual([ids.tolist() for ids in back.inputs], [[0, 5, 2], [0, 2], [0, 7, 8, 9, 2]])
        np.testing.assert_array_equal(back.values, LABELS.values)
        np.testing.assert_array_equal(back.stances, LABELS.stances)

    def test_missing_file_names_the_step(self):
        with self.assertRaisesRegex(FileNotFoundError, "run the pseudo-label step first"):
            PseudoLabels.load(Path("nowhere.npz"))

    def test_examples_join_the_annotated_ones_with_their_weight(self):
        questions = heads.of_task(named("value-imprint"))
        first = LABELS.examples(questions, 1.0)
        both = first.joined(LABELS.examples(questions, 0.25))
        self.assertEqual(both.lengths.tolist(), [3, 2, 5, 3, 2, 5])
        self.assertEqual(both.weights.tolist(), [1, 1, 1, 0.25, 0.25, 0.25])
        self.assertEqual(set(both.sources), {SOURCE})
        self.assertEqual(both.values.shape, (6, 7))

    def test_labels_of_another_task_are_refused(self):
        with self.assertRaisesRegex(SystemExit, "make them for this task"):
            LABELS.examples(heads.of_task(named("valueeval23")), 1.0)


class BeginningTests(unittest.TestCase):
    def test_each_answer_but_the_last_ends_one(self):
        text = "Human: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d\n\nHuman: e\n\nAssistant: f"
        self.assertEqual(dialogues.beginnings(text), ["Human: a\n\nAssistant: b", "Human: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d"])

    def test_one_answer_has_none(self):
        self.assertEqual(dialogues.beginnings("Human: a\n\nAssistant: b"), [])
        self.assertEqual(dialogues.beginnings("Human: a\n\nHuman: b\n\nAssistant: c"), [])


class ContextTests(unittest.TestCase):
    def test_all_but_the_last_answer(self):
        self.assertEqual(dialogues.context("Human: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d"), "Human: a\n\nAssistant: b\n\nHuman: c")
        self.assertEqual(dialogues.context("Human: a"), "")


class QuestionTests(unittest.TestCase):
    def test_one_question_and_its_answer(self):
        self.assertEqual(dialogues.question("Human: a\nb\n\nAssistant: c\n\nd"), "a\nb")

    def test_other_texts_have_none(self):
        for text in ("a", "Human: a", "Human: \n\nAssistant: b", "Human: a\n\nAssistant: b\n\nHuman: c", "Assistant: b"):
            self.assertIsNone(dialogues.question(text), text)


if __name__ == "__main__":
    unittest.main()
