"""Files for other programs, written from records."""
