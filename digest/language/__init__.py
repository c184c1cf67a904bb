"""What is true of text whoever wrote it: tokens, sentences, dates, TeX. Nothing here knows of papers."""
