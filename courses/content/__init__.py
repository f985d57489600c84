"""What is read: lessons, sources and the ledger of claims."""
