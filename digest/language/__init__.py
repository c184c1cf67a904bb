"""Text of any kind: strings, sentences, words, stems, dates and TeX, but nothing about papers."""
