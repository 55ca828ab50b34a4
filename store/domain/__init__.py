"""The domain in plain Python: records, terms and transitions, serials, errors. Knows no framework."""
