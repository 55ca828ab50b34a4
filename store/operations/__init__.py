"""What changes the store: each operation is one transaction, takes and returns frozen records."""
