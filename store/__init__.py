"""Everything that is kept: the domain, its tables, the operations that write and the queries that read."""
