"""Pages of signing in, of the people who work here, and of their keys, one module a noun."""
