"""Whether the tests would notice: small faults are put into the code, and the tests run on each.

The faults (mutants) of functions are those of mutmut's operators. Its own way of running them
exchanges functions only, and so leaves out the constants of a module, which hold the thresholds
here; so they are run by `benchmarks.mutants.plugin`: pytest collects the tests once, and every
mutant is put into a fork of that process.
"""
