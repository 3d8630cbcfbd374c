#!/usr/bin/env python
"""Run a command of the registry, with the embedded PostgreSQL unless DATABASE_URL names a server."""

import os
import sys
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    environ.Env.read_env(BASE_DIR / ".env")
    from registry.database import available

    with available(BASE_DIR / "var"):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
