"""The demo class: 24 simulated learners with three weeks behind them, for every page to show."""
