"""What people do at the case form, for tests that aren't about doing it by keyboard."""


def save(page):
    """Save and stay."""
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def show_tab(page, key):
    """Open a tab of the case form, and wait until it is there."""
    page.click(f"nav a[href='#{key}']")
    page.locator(f"nav a[href='#{key}'][aria-current=true]").wait_for()


def add_row(page, table) -> str:
    """Press the button that adds a row to a table; returns the name of the row."""
    row = f"{table}-{page.input_value(f'[name={table}-TOTAL_FORMS]')}"
    page.click(f"#{table}-data > .form-actions .add-row")
    return row


def open_row(page, row):
    """Unfold a row that is stored."""
    title = page.locator(f".form-group:has(> .form-row [name^='{row}-']) > .form-row > h3 > button")
    title.click()


def fill(page, row, **boxes):
    for name, value in boxes.items():
        box = page.locator(f"[name={row}-{name}]")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def hand_in(page, content, name):
    """Upload a file of the exchange."""
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/xml", "buffer": content})
    with page.expect_navigation():
        page.click("#upload-button")


def choose_for_export(page, case):
    """From the list of cases to the page that asks where a case shall go."""
    page.check(f"[name=_selected_action][value='{case.pk}']")
    page.select_option("[name=action]", "export_selected")
    with page.expect_navigation():
        page.click("button[name=index]:visible")
