"""Count whose password is still protected at earlier costs."""

from typing import Any

from django.core.management.base import BaseCommand

from people import keys
from people.costs import left_behind
from vault.envelope.password import Cost


class Command(BaseCommand):
    """`manage.py password_costs`: after ARGON2 was raised, who has not signed in since."""

    help = "List who has not signed in since the costs of passwords were changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print today's costs, then a line for each person who is left, then how many there are."""
        self.stdout.write(f"today: {in_words(keys.cost())}")
        left = left_behind()
        for person, hashed, sealed in left:
            self.stdout.write(f"{person.login}: sign-in {in_words(hashed)}; seed {in_words(sealed)}")
        self.stdout.write(f"{len(left)} left; each is renewed at the next sign-in")


def in_words(cost: Cost) -> str:
    """65536 KiB, 3 passes, 1 lane."""
    passes = "1 pass" if cost.iterations == 1 else f"{cost.iterations} passes"
    return f"{cost.memory_kib} KiB, {passes}, {cost.lanes} lane{'s' * (cost.lanes != 1)}"
