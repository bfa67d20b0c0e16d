"""What identifies people in a case: taken from answers, added to by the team, kept with the identity of the case."""
