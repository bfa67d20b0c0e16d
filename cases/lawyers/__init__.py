"""Partner lawyers: their records, the order in which one is found, and what is sealed to each of them for a case."""
