"""What scripts/make_sample_data is made of."""
