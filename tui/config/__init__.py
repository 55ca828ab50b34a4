"""What can be configured, and how it is read: defaults < files < environment < command line."""
