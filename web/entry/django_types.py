"""Django's generic classes with their type arguments, which they take only while types are checked."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import models
from unfold.admin import ModelAdmin

from cases.models import Case

if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
    AnyFormSet = forms.BaseInlineFormSet[Any, Any, Any]
    AnyModelChoice = forms.ModelChoiceField[Any]
    Column = models.Field[Any, Any]
    Upload = UploadedFile[Any]
    CasePaginator = Paginator[Case]
    # What a mixin of an admin class, and one of an admin class or an inline, may count on.
    AdminMixin = ModelAdmin
    FieldsMixin = BaseModelAdmin[Any]
else:
    AnyModelForm, AnyFormSet, AnyModelChoice = (
        forms.ModelForm,
        forms.BaseInlineFormSet,
        forms.ModelChoiceField,
    )
    Column, Upload = models.Field, UploadedFile
    CasePaginator = Paginator
    AdminMixin = FieldsMixin = object
