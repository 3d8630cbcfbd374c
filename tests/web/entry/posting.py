"""Fill in a form of the admin as a browser does: everything on the page is sent, but templates."""

import re

from lxml import html

CHANGE = "/admin/cases/case/{}/change/"
ADD = "/admin/cases/case/add/"
WRONG = './/*[contains(@class, "text-red-600") or contains(@class, "errornote")]'


class Page:
    """A form as it stands on a page, to be changed and posted. `tab`: the one to open of the case form."""

    def __init__(self, client, url, response=None, form="case_form", tab="all"):
        self.client, self.url = client, url
        self.response = response or client.get(url, {"tab": tab})
        self.text = self.response.content.decode()
        self.form = html.fromstring(self.text).get_element_by_id(form)
        self.names, self.data = set(), {}
        self._take(self.form)

    def _take(self, form):
        """What a browser sends from the boxes of a form."""
        self.names |= {_any_row(box.get("name")) for box in form.xpath(".//*[@name]")}
        # lxml leaves out the text boxes that are empty; browsers send them.
        empty = {
            box.name: "" for box in form.xpath('.//input[@name and not(@type="checkbox") and not(@value)]')
        }
        # lxml counts the line end after <textarea> as text; browsers don't.
        values = {name: value.removeprefix("\n") for name, value in form.form_values() if name}
        self.data |= empty | values

    def set(self, **values):
        self.data |= {name: str(value) for name, value in values.items()}
        return self

    def open(self, tab):
        """Open another tab of the case form, whose boxes come from the server."""
        part = html.fragment_fromstring(
            self.client.get(self.url, {"part": tab}).content.decode(), create_parent="form"
        )
        self._take(part)
        self.form.append(part)
        return self

    def add(self, prefix, **values):
        """Press “Add another” and fill in the new row; returns the prefix of the row."""
        number = int(self.data[f"{prefix}-TOTAL_FORMS"])
        row = f"{prefix}-{number}"
        blank = f"{prefix}-__prefix__-"
        template = {name: value for name, value in self.data.items() if name.startswith(blank)}
        self.data |= {name.replace("__prefix__", str(number), 1): value for name, value in template.items()}
        self.data[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
        self.fill(row, **values)
        return row

    def fill(self, row, **values):
        for name, value in values.items():
            assert _any_row(f"{row}-{name}") in self.names, f"no field {row}-{name}"
            self.data[f"{row}-{name}"] = str(value)

    def remove(self, row):
        self.data[f"{row}-DELETE"] = "on"

    def row_of(self, prefix, name, value):
        """The prefix of the row in which a field has a value."""
        pattern = re.compile(rf"{re.escape(prefix)}-\d+-{name}$")
        rows = [key for key, shown in self.data.items() if pattern.match(key) and shown == str(value)]
        return rows[0].removesuffix(f"-{name}")

    def post(self):
        sent = {name: value for name, value in self.data.items() if "__prefix__" not in name}
        return self.client.post(self.url, sent)

    def text_of(self, tag):
        """The words of a part of the page."""
        return " ".join(" ".join(part.text_content().split()) for part in self.form.iter(tag))

    def refused(self):
        """Post, and get the page that says why not."""
        response = self.post()
        assert response.status_code == 200, "the form was accepted"
        return Page(self.client, self.url, response)

    def accepted(self):
        """Post, and get what the list page says."""
        response = self.post()
        if response.status_code == 200:
            raise AssertionError(Page(self.client, self.url, response).errors())
        return [str(message) for message in self.client.get(response.url).context["messages"]]

    def errors(self):
        return [
            " ".join(shown.text_content().split())
            for shown in self.form.xpath(
                './/*[contains(@class, "text-red-600") or contains(@class, "errornote")]'
            )
            if len(shown.text_content().strip()) > 1
        ]

    def errors_at(self, field):
        """What is said at one field."""
        box = self.form.xpath(f'.//*[@name="{field}"]/ancestor::div[contains(@class, "errors")][1]')
        return " ".join(box[0].text_content().split()) if box else ""


def _any_row(name):
    return re.sub(r"-(\d+|__prefix__)(?=-)", "-#", name)
