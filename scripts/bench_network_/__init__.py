"""Parts of scripts/bench_network."""
