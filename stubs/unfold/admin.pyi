"""The classes of unfold's admin as the project uses them: Django's, with a few options more."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.forms import BaseInlineFormSet

class _Options:
    compressed_fields: ClassVar[bool]
    actions_list: ClassVar[Sequence[Any]]
    actions_row: ClassVar[Sequence[Any]]
    actions_detail: ClassVar[Sequence[Any]]
    actions_submit_line: ClassVar[Sequence[Any]]

class ModelAdmin(_Options, admin.ModelAdmin[Any]):
    list_filter_submit: ClassVar[bool]
    list_filter_sheet: ClassVar[bool]
    list_fullwidth: ClassVar[bool]
    list_disable_select_all: ClassVar[bool]
    list_before_template: ClassVar[str | None]
    list_after_template: ClassVar[str | None]
    # Included by templates: a name, or an object that renders itself.
    change_form_before_template: ClassVar[Any]
    change_form_after_template: ClassVar[Any]
    show_add_link: ClassVar[bool]
    warn_unsaved_form: ClassVar[bool]

class _InlineOptions(_Options):
    formset: type[BaseInlineFormSet[Any, Any, Any]]
    per_page: ClassVar[int | None]
    tab: ClassVar[bool]
    hide_title: ClassVar[bool]
    collapsible: ClassVar[bool]
    ordering_field: ClassVar[str | None]

class TabularInline(_InlineOptions, admin.TabularInline[Any, Any]): ...

class StackedInline(_InlineOptions, admin.StackedInline[Any, Any]):
    template: Any  # included by a template: a name, or an object that renders itself
