"""Pages for people who read, compare and judge cases."""
