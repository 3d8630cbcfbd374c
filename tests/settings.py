"""Settings of the test run: those of the registry, over a PostgreSQL cluster of the tests' own."""

import os

from tests import cluster

os.environ["DATABASE_URL"] = cluster.url()
os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)

from registry.settings import *  # noqa: F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
