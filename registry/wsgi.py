"""WSGI entry for gunicorn; needs DATABASE_URL (see settings)."""

import os

from django.core.wsgi import get_wsgi_application

from cases.management.collector import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
application = get_wsgi_application()
settle()
