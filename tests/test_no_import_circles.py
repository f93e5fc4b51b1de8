"""No two modules import one another, directly or round about, not even for their types."""

from graphlib import CycleError, TopologicalSorter

import pytest

grimp = pytest.importorskip("grimp", reason="import-linter, which brings grimp, is not installed")

LAZY = "roadalign"
"""What the package itself imports are its public names, when they are first used."""


def imports_of(package):
    graph = grimp.build_graph(package, cache_dir=None)
    return {
        module: graph.find_modules_directly_imported_by(module) if module != LAZY else set()
        for module in graph.modules
    }


@pytest.mark.parametrize("package", ["roadalign", "benchmarks", "sample_data"])
def test_no_module_imports_itself_round_about(package):
    imports = imports_of(package)
    assert len(imports) > 3
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        pytest.fail(" <- ".join(found.args[1]))
