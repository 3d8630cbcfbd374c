"""WSGI entry for gunicorn; needs DATABASE_URL (see settings)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
application = get_wsgi_application()

# What is loaded now stays. Looking through it again and again took a quarter of the time of a form.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
