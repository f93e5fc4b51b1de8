"""The benchmarks: each a package of its own, beside the modules they share.

``scripts/bench NAME`` runs one; it puts ``src`` and ``scripts`` on the path and calls this package.
A benchmark is found by its ``command.py``, which holds

- a docstring: its first line is what ``scripts/bench`` lists, all of it is the ``--help``,
- ``EXAMPLES``: calls, a line each,
- ``QUICK``: values of options for ``--quick``, a short form for a first look,
- ``add_options(parser)`` and ``run(given)``, which returns the exit status.

It imports nothing heavy before it runs, so that help is there at once. What several share:
`benchmarks.cut_networks` (networks cut at a line into two sides), `benchmarks.disturbances` (what
is done to the sides, and what is then true), `benchmarks.limits`, `benchmarks.places`,
`benchmarks.problems` and `benchmarks.processes`.
"""
