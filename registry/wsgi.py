"""WSGI entry for gunicorn; needs DATABASE_URL (see settings)."""

import os

from django.core.wsgi import get_wsgi_application

from cases.management.collector import tune_collector

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
application = get_wsgi_application()
tune_collector()
