"""What is remembered: cards, the review log, memory models and day plans."""
