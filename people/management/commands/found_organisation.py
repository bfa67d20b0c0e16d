"""Found the real organisation of this deployment, and print every credential once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people import printed
from people.models import Role
from people.organisation import AlreadyFounded, NewPerson, found


class Command(BaseCommand):
    """`manage.py found_organisation lead:dana:Dana:Vilnius lead:... caseworker:ben:Ben:Vilnius lawyer:lena:Lena`."""

    help = "Make the root, the organisation's keys and its first people. Run it once, on a screen nobody else sees."

    def add_arguments(self, parser: CommandParser) -> None:
        """One argument a person: role:login:name[:team]. --json prints one object instead of pages for people."""
        parser.add_argument("--json", action="store_true")
        parser.add_argument("people", nargs="+", metavar="role:login:name[:team]")

    def handle(self, *args: Any, **options: Any) -> None:
        """Found it and print what goes on paper."""
        try:
            founded = found([parse(text) for text in options["people"]], demo=False)
        except (AlreadyFounded, ValueError) as error:
            raise CommandError(f"Nothing was founded: {error}.") from error
        self.stdout.write(printed.as_json(founded) if options["json"] else printed.as_text(founded, demo=False))


def parse(text: str) -> NewPerson:
    """Read one person from role:login:name[:team]. Raises ValueError for another shape or an unknown role."""
    role, login, name, team = [*text.split(":"), ""][:4] if text.count(":") in (2, 3) else ("", "", "", "")
    if role not in Role.values or not login or not name:
        raise ValueError(f"{text!r} is not role:login:name[:team] with a role of {', '.join(Role.values)}")
    return NewPerson(login, name, Role(role), team)
