"""One module and one .tcss per full-screen task; no SQL and no business rule here."""
