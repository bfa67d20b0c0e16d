"""The desk's pages on which a member writes an account down for a person, with the questions of the survivor's form."""
