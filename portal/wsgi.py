"""What gunicorn calls. It does not start on a deployment that the system checks refuse."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from portal.checks import refuse_bad_start
from portal.logs import quiet_hooks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
refuse_bad_start()
quiet_hooks()
connections.close_all()  # gunicorn forks after this, and a connection must not be shared
