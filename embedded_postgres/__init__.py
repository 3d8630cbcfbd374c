"""A private PostgreSQL for development and tests: no installation, no configuration, no TCP port.

    with lease(Path("var/postgres")) as url:
        ...  # DATABASE_URL = url

The first one in makes the cluster and starts the server, everybody else attaches, the last one out stops
it. Which process is in is known from file locks, which end with their process, so `kill -9` can't wedge
anything. See `lease.py` for that protocol, `cluster.py` for the server, `place.py` for the folders,
`accounts.py` for what is different for root, `binaries.py` for where PostgreSQL itself comes from.

It is not for production: whoever reaches the socket is let in without a password. Set DATABASE_URL to a
real server there.
"""

from embedded_postgres.binaries import bin_dir
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.lease import discard, lease

__all__ = ["EmbeddedServerError", "bin_dir", "discard", "lease"]
