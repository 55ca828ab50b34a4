"""Letters from templates that the company writes: Markdown with placeholders, and nothing that could run."""
