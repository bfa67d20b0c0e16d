"""The survivor's pages, one module per kind."""
