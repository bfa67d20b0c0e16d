"""The question catalogue of the survivor's account, as data."""
