"""How easy a text is to read.

For English by Flesch's formula of 1948: 60 and more is plain, below 30 is for lawyers. For any language by Björnsson's
LIX of 1968: up to 40 is plain, official texts have 50 to 60.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[A-Za-z’'-]+")
LETTERS = re.compile(r"[^\W\d_]+")
LONG = 7  # letters
SENTENCE = re.compile(r"[.:;!?](?:\s|$)")
VOWELS = re.compile(r"[aeiouy]+")


def ease(text: str) -> float:
    """Return Flesch's reading ease of *text*, whose last sentence need not end with a full stop."""
    words = WORD.findall(text)
    sentences = max(1, len(SENTENCE.findall(text)))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(syllables, words)) / len(words)


def lix(text: str) -> float:
    """Return the LIX of *text*: words a sentence, and how many words of a hundred are long."""
    words = LETTERS.findall(text)
    sentences = max(1, len(SENTENCE.findall(text)))
    return len(words) / sentences + 100 * sum(len(word) >= LONG for word in words) / len(words)


def syllables(word: str) -> int:
    """Return how many syllables *word* has, nearly: groups of vowels, a silent e at the end left out."""
    bare = re.sub(r"(?<=[^aeiouyl])(e|es|ed)$", "", word.lower())
    return max(1, len(VOWELS.findall(bare)))
