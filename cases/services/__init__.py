"""Every write. Rows of a case are changed inside `amend`, and nowhere else."""
