"""Checking a store: every invariant of the ledger is a query that finds what breaks it."""
