"""A made-up company of believable size, built by the program's own operations: to try things out."""
