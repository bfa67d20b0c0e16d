"""What the admin of the desk shows: these registers and nothing else, and of each only the columns that it names."""

from cases.admin import LetterTexts, States
from cases.admin_lists import LISTS
from cases.models import LetterTemplate
from intake.models import CrisisNumber
from intake.register.admin import Numbers
from jurisdictions.models import State
from people.admin import Accounts
from people.admin_site import DeskAdmin
from people.models import Person

admin = DeskAdmin(readings=(LISTS,))
admin.register(Person, Accounts)
admin.register(State, States)
admin.register(LetterTemplate, LetterTexts)
admin.register(CrisisNumber, Numbers)
