"""`make walkthrough OUT=dir`: one invented account from the form to the lawyer's hands, through the pages only."""
