"""What keeps the form open to people while somebody floods it (docs/adr/0006). No address is looked at or kept."""
