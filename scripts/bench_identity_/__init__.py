"""Parts of `scripts/bench_identity`."""
