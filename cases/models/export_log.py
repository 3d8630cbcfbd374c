"""What left the registry, by whom: one row for each file that was made for somebody."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.triggers import append_only


class ExportFormat(models.TextChoices):
    CSV = "csv", "CSV, one file per table, zipped"
    XLSX = "xlsx", "Excel workbook (XLSX)"
    PARQUET = "parquet", "Parquet, one file per table, zipped"
    JSON = "json", "JSON from the API, in bulk"
    E2B = "e2b", "E2B(R3) message from the API"
    CIOMS = "cioms", "CIOMS Form I (PDF)"


@append_only
class ExportLog(models.Model):
    """One export. Written when the file is complete, before anybody gets it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="exports")
    by_name = models.CharField(max_length=150, help_text="The name that the user had then.")
    filters = models.TextField(blank=True, help_text="The filters, as they stand in the address.")
    format = models.CharField(max_length=7, choices=ExportFormat.choices)
    is_deidentified = models.BooleanField(help_text="Without names, free text and calendar dates.")
    cases = models.PositiveIntegerField()
    tables = ArrayField(models.CharField(max_length=40), help_text="The tables that were taken.")
    row_counts = models.JSONField(help_text="Rows by table.")
    k = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="k-anonymity: the smallest group of cases that are alike; empty where nothing is stated.",
    )
    cases_in_small_groups = models.PositiveIntegerField(
        null=True, blank=True, help_text="Cases in groups below the floor of k-anonymity."
    )
    allowed_by = models.TextField(
        blank=True, help_text="The administrators who allowed it although it stands below the floor."
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name}: {self.cases} cases as {self.format}"
