"""Every read that is more than one line. Visibility is applied here."""
