"""Pure functions from what was read to what a template shows: no query, no request, no markup."""
