"""The draft of a complaint's facts: sentences that a person wrote, and the places on which each of them rests."""
