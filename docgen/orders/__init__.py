"""Orders for documents: what each is called, what it looks like, and what composes it."""
