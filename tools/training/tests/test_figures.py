import unittest

import numpy as np

from valueimprint_training import calibration, scores
from valueimprint_training.evaluation import Evaluation
from valueimprint_training.examples import Examples
from valueimprint_training.heads import Head, of_task
from valueimprint_training.tasks import named
from valueimprint_training.truncation import head_and_tail


class TruncationTests(unittest.TestCase):
    def test_text_within_the_budget_stays_whole(self):
        self.assertEqual(head_and_tail([1, 2, 3], 3), [1, 2, 3])

    def test_odd_budget_gives_the_head_one_more(self):
        self.assertEqual(head_and_tail(list(range(10)), 5), [0, 1, 2, 8, 9])

    def test_no_head_and_no_tail(self):
        self.assertEqual(head_and_tail(list(range(10)), 4, 0.0), [6, 7, 8, 9])
        self.assertEqual(head_and_tail(list(range(10)), 4, 1.0), [0, 1, 2, 3])


class ScoreTests(unittest.TestCase):
    def test_summary_of_a_small_confusion(self):
        truth, predicted = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 1, 0])
        found = scores.summary(truth, predicted, 3)
        self.assertAlmostEqual(found["accuracy"], 4 / 6)
        self.assertAlmostEqual(found["macro_f1"], (2 / 3 + 0.8 + 0) / 3)
        self.assertAlmostEqual(found["weighted_f1"], (3 * 2 / 3 + 2 * 0.8) / 6)

    def test_calibration_error_is_the_gap_between_score_and_share_right(self):
        top, right = np.full(10, 0.9), np.array([True] * 6 + [False] * 4)
        self.assertAlmostEqual(scores.expected_calibration_error(top, right), 0.3)

    def test_confusion_rows_are_true_labels(self):
        matrix = scores.confusion(np.array([0, 1]), np.array([1, 1]), 2)
        self.assertEqual(matrix.tolist(), [[0, 1], [0, 1]])

    def test_confusion_by_score_has_the_label_scores_bin(self):
        probabilities = np.array([[0.2, 0.8], [0.51, 0.49], [0.0, 1.0]])
        matrix = scores.confusion_by_score(np.array([0, 0, 1]), probabilities, 4)
        self.assertEqual(matrix.tolist(), [[[0, 0, 1, 0], [0, 0, 0, 1]], [[0, 0, 0, 0], [0, 0, 0, 1]]])

    def test_manifest_members_add_up(self):
        order = np.random.default_rng(3)
        task = named("value-imprint")
        held = Examples([np.arange(4)] * 50, np.eye(7)[order.integers(0, 7, 50)], np.eye(3)[order.integers(0, 3, 50)],
                        np.ones(50), np.full(50, "made up"))
        found = [scores.softmax(order.normal(size=(50, size))) for size in (7, 3)]
        members = Evaluation("dev", task, of_task(task), held, found).manifest_members()
        self.assertEqual(np.sum(members["confusion"]["matrix"]), members["metrics"]["texts"])
        self.assertEqual(sum(v["support"] for v in members["metrics"]["per_value"].values()), 50)

    def test_multi_label_summary_counts_each_label(self):
        predicted = np.array([[1, 0], [1, 1], [0, 0]], bool)
        truth = np.array([[1, 0], [0, 1], [0, 1]], bool)
        found = scores.multi_label_summary(predicted, truth)
        self.assertAlmostEqual(found["macro_f1"], 2 / 3)
        self.assertAlmostEqual(found["accuracy"], 4 / 6)

    def test_binary_log_loss_is_stable_for_large_logits(self):
        self.assertAlmostEqual(scores.binary_log_loss(np.array([[1000.0, -1000.0]]), np.array([[1.0, 0.0]])), 0.0)
        self.assertAlmostEqual(scores.binary_log_loss(np.array([[0.0]]), np.array([[1.0]])), np.log(2))


class CalibrationTests(unittest.TestCase):
    def test_temperature_undoes_a_known_scaling(self):
        order = np.random.default_rng(5)
        logits = order.normal(size=(20000, 4))
        truth = np.eye(4)[[order.choice(4, p=p) for p in scores.softmax(logits)]]
        self.assertAlmostEqual(calibration.fit_temperature(Head("value", 0, 4), logits * 3, truth), 3, delta=0.15)

    def test_mix_of_a_good_and_a_useless_part_trusts_the_good_one(self):
        order, head = np.random.default_rng(6), Head("value", 0, 3)
        truth = np.eye(3)[order.integers(0, 3, 2000)]
        good = order.normal(size=(2000, 3)) + 2 * truth
        noise = order.normal(size=(2000, 3))
        mix = calibration.fit_mix(head, noise, good, truth)
        self.assertLess(head.loss(mix.logits(noise, good) / mix.temperature, truth),
                        head.loss(good / calibration.fit_temperature(head, good, truth), truth) + 0.001)
        self.assertGreater(mix.deep_share, 5 * (1 - mix.deep_share) * mix.wide_scale)

    def test_several_labels_are_moved_to_their_shares(self):
        order, head = np.random.default_rng(8), Head("value", 0, 2, multi_label=True)
        logits = order.normal(size=(20000, 2))
        truth = (order.random((20000, 2)) < scores.sigmoid(logits)).astype(float)
        for is_wide in (True, False):
            mix = calibration.fit_multi_label_mix(head, logits * 0 + order.normal(size=logits.shape), logits * 3 + [4, -2], truth, is_wide)
            np.testing.assert_allclose(mix.deep_share * 3 / mix.temperature, 1, atol=0.05)
            found = head.probabilities(mix.logits(np.zeros_like(logits), logits * 3 + [4, -2]) / mix.temperature)
            np.testing.assert_allclose(found.mean(0), truth.mean(0), atol=0.01)

    def test_each_label_is_named_from_where_its_f1_is_best(self):
        order = np.random.default_rng(9)
        probabilities = order.random((4000, 2)) ** [1, 4]
        truth = probabilities > [0.6, 0.2]
        thresholds = calibration.decision_thresholds(probabilities, truth.astype(float))
        np.testing.assert_allclose(thresholds, [0.6, 0.2], atol=0.03)
        self.assertGreater(scores.label_f1(Head("value", 0, 2, True, thresholds).named(probabilities), truth).min(), 0.95)

    def test_f1_of_means_is_of_mean_precision_and_mean_recall(self):
        predicted = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0]], bool)
        truth = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0]], bool)
        # Precision 1/2 and 0, recall 1 and 0; the third label never occurs.
        self.assertAlmostEqual(scores.f1_of_means(predicted, truth), 2 * 0.25 * 0.5 / 0.75)

    def test_threshold_abstains_only_where_answers_are_poor(self):
        top = np.array([0.5] * 99 + [0.34])
        self.assertEqual(calibration.abstention_threshold(top, np.array([True] * 99 + [False])), 0.5)
        self.assertEqual(calibration.abstention_threshold(top, np.full(100, True)), 0.0)
