"""The writers: a finished document in, the bytes of one format out."""
