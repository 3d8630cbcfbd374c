"""The Django project: settings, urls, wsgi, the embedded database, and the command that runs it all."""
