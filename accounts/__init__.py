"""Who may do what: users, organisations, and roles as one readable table."""
