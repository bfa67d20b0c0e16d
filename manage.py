#!/usr/bin/env python3
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from portal.management.commands.make_secrets import Command as MakeSecrets

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if sys.argv[1:2] == ["make_secrets"]:  # the settings cannot load before the secrets are there
        MakeSecrets().run_from_argv(sys.argv)
    else:
        execute_from_command_line(sys.argv)
