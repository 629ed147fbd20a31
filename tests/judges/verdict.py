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
        raise AssertionError(f"{what}: got {got!r:.200}, wanted {wanted!r:.200}")


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
        says = " ".join((function.__doc__ or function.__name__).split())
        try:
            function()
        except Exception as error:  # any client error is a verdict too
            failed += 1
            print(f"FAILED  {says}\n        {type(error).__name__}: {str(error)[:400]}", flush=True)
            traceback.print_exc(file=sys.stderr)
        else:
            print(f"passed  {says}", flush=True)
    print(f"{len(_checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
