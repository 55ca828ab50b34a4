"""Readers of invoices and dispatch advices: bytes in, frozen records out, no database."""
