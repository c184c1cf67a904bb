"""What is worked out from the texts of papers: headlines, keyphrases, topics, related papers."""
