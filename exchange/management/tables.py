"""Tables on standard output, as the exchange's commands print them."""

from rich.table import Table


def new_table(title: str, *headings: str) -> Table:
    """A table whose first columns are narrow and whose last one, for sentences, takes the rest."""
    table = Table(title=title, show_lines=True)
    for heading in headings[:-1]:
        table.add_column(heading, max_width=30, overflow="fold")
    table.add_column(headings[-1], ratio=1)
    return table
