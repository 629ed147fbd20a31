"""Runs the checks of a judge script: one line each, exit code 1 when one of them failed.

A check is a function whose docstring says what it shows. Checks run in the order in which they are written.
"""

import sys
import traceback

_checks = []


def check(function):
    """Adds a function to the checks of this script."""
    _checks.append(function)
    return function


def same(got, wanted, what):
    """Fails the check unless two values are equal."""
    if got != wanted:
        raise AssertionError(f"{what}: got {got!r:.300}, wanted {wanted!r:.300}")


def holds(container, members, what):
    """Fails the check unless all members are there."""
    missing = [member for member in members if member not in container]
    if missing:
        raise AssertionError(f"{what}: without {missing!r:.300}")


def refused(kind, function):
    """The exception of the given kind that a call must raise."""
    try:
        answer = function()
    except kind as error:
        return error
    raise AssertionError(f"wanted {kind.__name__}, got the answer {answer!r:.200}")


def run():
    """Runs all checks and ends the process."""
    failed = 0
    for function in _checks:
        name = " ".join((function.__doc__ or function.__name__).split())
        try:
            function()
        except Exception as error:  # any client error is a verdict too
            failed += 1
            why = " ".join(f"{type(error).__name__}: {error}".split())
            print(f"not ok {name}: {why[:700]}", flush=True)
            traceback.print_exc(file=sys.stderr)
        else:
            print(f"ok {name}", flush=True)
    print(f"{len(_checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
