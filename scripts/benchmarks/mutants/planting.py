"""A mutant put into the running program, in place of what it changes."""

from __future__ import annotations

import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.mutants.mutants import Mutant

PACKAGE = "roadalign"


def module_name(path: str) -> str:
    """Return the dotted name of a file below ``src/roadalign``."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    return ".".join([PACKAGE, *parts])


def plant(mutant: Mutant) -> None:
    """Put a mutant into the program that runs.

    Raises
    ------
    LookupError
        Where the running program does not hold what the mutant changes.
    """
    module = importlib.import_module(module_name(mutant.module))
    values = dict(vars(module))
    code = compile(
        mutant.source,
        str(module.__file__),
        "exec",
        flags=annotations.compiler_flag,
        dont_inherit=True,
    )
    if mutant.function:
        _exchange_function(module, mutant.function, code)
    else:
        before = dict(values)
        exec(code, values)  # noqa: S102 (the project's own code, with a fault in it)
        for name, value in values.items():
            if name in before and value is not before[name]:
                _exchange_value(name, before[name], value)
    for loaded in _loaded():
        for one in list(vars(loaded).values()):
            if callable(getattr(one, "cache_clear", None)):
                one.cache_clear()


def _exchange_function(module: types.ModuleType, name: str, code: types.CodeType) -> None:
    """Give a function the code and the defaults of its mutant; whoever holds it, holds that."""
    owner: Any = module
    *classes, last = name.split(".")
    for part in classes:
        owner = vars(owner)[part]
    held = vars(owner)[last]
    function = getattr(held, "__func__", held)
    bare = next(_functions(code, last))
    made = types.FunctionType(bare, vars(module), last, closure=function.__closure__)
    scratch: dict[str, Any] = dict(vars(module))
    exec(code, scratch)  # noqa: S102 (the project's own code, with a fault in it)
    fresh = getattr(scratch[last], "__func__", scratch[last])
    function.__code__ = made.__code__
    function.__defaults__, function.__kwdefaults__ = fresh.__defaults__, fresh.__kwdefaults__


def _functions(code: types.CodeType, name: str) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType) and constant.co_name == name:
            yield constant


def _exchange_value(name: str, old: object, new: object) -> None:
    """Set a constant in every module of the program that holds it under its name."""
    for module in _loaded():
        if vars(module).get(name) is old:
            setattr(module, name, new)


def _loaded() -> list[types.ModuleType]:
    return [
        module
        for name, module in list(sys.modules.items())
        if name == PACKAGE or name.startswith(f"{PACKAGE}.")
    ]
