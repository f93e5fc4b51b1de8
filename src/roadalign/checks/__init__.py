"""The rules: one file each, found by being here. `roadalign.checks.rule` says how one is made."""
