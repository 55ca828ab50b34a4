"""One module per paper document: a frozen record in, PDF bytes out. Always `from print.x import y`."""
