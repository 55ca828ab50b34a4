"""The front door: command line, configuration, wiring and the Textual application."""
