"""Parts of `scripts/bench_map`."""
