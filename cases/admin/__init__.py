"""Data entry for safety staff, on django-unfold. Reads forms; every write of a case is a service's."""

from cases.admin import assessment, case, drug, event, exchange

__all__ = ["assessment", "case", "drug", "event", "exchange"]
