"""What a paper is, whatever number of documents describe it: merged, identified, registered, audited."""
