"""What a document says: every word of it, in the client's language."""
