"""A private PostgreSQL for development and tests: no installation, no configuration, no TCP port.

    with lease(Path("var/postgres")) as url:
        ...  # DATABASE_URL = url

The first process that uses it makes the cluster and starts the server, further ones share it, the last one
stops it. Who uses it is known from file locks, which end with their process, so that `kill -9` leaves nothing
locked. See `lease.py` for that protocol, `server.py` and `control.py` for the server, `cluster.py` for its
folders, `accounts.py` for what is different for root, `binaries.py` for where PostgreSQL itself comes from.

It is not for production: whoever reaches the socket is let in without a password. Set DATABASE_URL to a
real server there.
"""

from embedded_postgres.binaries import bin_dir
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.lease import discard, lease

__all__ = ["EmbeddedServerError", "bin_dir", "discard", "lease"]
