"""The read side: each query returns frozen records."""
