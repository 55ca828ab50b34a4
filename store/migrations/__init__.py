"""Numbered schema migrations, run by `playhouse.migrations` on both databases."""
