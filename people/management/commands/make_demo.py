"""Make a demonstration organisation with invented people, and print their credentials once."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from people import printed
from people.models import Person, Role
from people.organisation import AlreadyFounded, NewPerson, found

PEOPLE = [
    NewPerson("ben", "Ben", Role.CASEWORKER, "Demo team"),
    NewPerson("chloe", "Chloe", Role.CASEWORKER, "Demo team"),
    NewPerson("dana", "Dana", Role.LEAD, "Demo team"),
    NewPerson("marek", "Marek", Role.LEAD, "Demo team"),
    NewPerson("lena", "Lena", Role.LAWYER),
]


class Command(BaseCommand):
    """`manage.py make_demo`: two caseworkers, two leads and a lawyer."""

    help = "Make the demonstration organisation; if it exists, say so. Refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        """--json prints one object instead of a page for people."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it once; afterwards nothing is printed that was printed before."""
        if settings.PRODUCTION:
            raise CommandError("Demo people are not made in production: their passwords are printed.")
        if Person.objects.filter(is_demo=True).exists():
            self.stdout.write(json.dumps({"exists": True}) if options["json"] else printed.EXISTS)
            return
        try:
            founded = found(PEOPLE, demo=True)
        except AlreadyFounded as error:
            raise CommandError(f"No demo was made: {error}.") from error
        self.stdout.write(printed.as_json(founded) if options["json"] else printed.as_text(founded, demo=True))
