"""The person's word on the text of a complaint: what was shown, what was answered, and from when it may be filed."""
