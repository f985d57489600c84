"""The measures: `make bench` runs all, `make bench NAME=...` one.

One JSON object a line (`name`, `value`, `unit`, `goal`, `n`, `detail`), also written to
build/bench.jsonl. Ratios are of one run: medians of several interleaved rounds.
"""
