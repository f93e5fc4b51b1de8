"""Many pairs in one go: manifest, jobs, runners, and the results of all pairs together."""
