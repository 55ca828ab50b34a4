"""`sztuka scanner`: the scanners plugged into this machine."""

from importlib import import_module

from tui.cli.context import Context


def run(context: Context) -> int:
    """Do what was asked for; each action is a module of its own."""
    if context.arguments.action == "agent":
        from scanners.agent import main

        return main([str(context.arguments.socket)])
    code: int = import_module(f"tui.cli.scanner_{context.arguments.action}").run(context)
    return code
