"""The admin: what safety staff can see, enter and break."""
