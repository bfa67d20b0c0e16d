"""What members of staff keep for the survivors' pages, in the admin of the desk."""
