"""Text of any kind: strings, sentences, words, their stems and lists, dates and TeX, but nothing about papers."""
