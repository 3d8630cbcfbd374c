"""The queue has no page of its own: jobs are shown by what they are about."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)
