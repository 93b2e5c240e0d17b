import unittest

import numpy as np

from valueimprint_training import forms

DIALOGUE = "Human: Where does rain come from?\n\nAssistant: From clouds. They hold water.\n\nHuman: Thanks!\n\nAssistant: Gladly."


class FormTests(unittest.TestCase):
    def setUp(self):
        self.order = np.random.default_rng(5)

    def test_turns_are_told_apart_and_other_texts_have_none(self):
        self.assertEqual(forms.turns(DIALOGUE)[1:3], [("Assistant", "From clouds. They hold water."), ("Human", "Thanks!")])
        self.assertEqual(forms.turns("A text. Human: no."), [])

    def test_templates_keep_what_is_said_and_its_order(self):
        said = [words for _, words in forms.turns(DIALOGUE)]
        for name, template in forms.TEMPLATES.items():
            found = template(DIALOGUE, self.order)
            places = [found.find(words) for words in said]
            self.assertEqual(places, sorted(places), name)
            self.assertGreaterEqual(places[0], 0, name)
            self.assertNotIn("Human:", found, name)
            self.assertEqual(template("plain text", self.order), "plain text")

    def test_chat_markup_is_spelt_as_chat_templates_spell_it(self):
        self.assertEqual(forms.TEMPLATES["<|im_start|>user"]("Human: a\n\nAssistant: b", self.order),
                         "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>")

    def test_slips_change_few_words_and_no_speaker(self):
        text = "Human: " + "lantern " * 500
        found = forms.slips(text, self.order).split()
        changed = sum(word != "lantern" for word in found[1:])
        self.assertEqual(found[0], "Human:")
        self.assertTrue(5 <= changed <= 40, changed)
        self.assertEqual({"".join(sorted(word)) for word in found[1:]}, {"".join(sorted("lantern"))})

    def test_marks_and_prompts_stand_where_they_should(self):
        self.assertTrue(forms.system_prompt(DIALOGUE, self.order).endswith(DIALOGUE))
        self.assertTrue(forms.link(DIALOGUE, self.order).startswith(DIALOGUE))
        head = DIALOGUE.removesuffix(" Gladly.")
        for _ in range(20):
            self.assertTrue(forms.markdown(DIALOGUE, self.order).startswith(head))

    def test_drawn_forms_repeat_with_the_seed(self):
        first, second = ([forms.varied(DIALOGUE, np.random.default_rng((9, n))) for n in range(50)] for _ in range(2))
        self.assertEqual(first, second)
        self.assertTrue(0.2 < np.mean([text == DIALOGUE for text in first]) < 0.65)
