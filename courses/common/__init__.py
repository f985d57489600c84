"""What every context stands on: errors, ids, the clock, local days, the outbox."""
