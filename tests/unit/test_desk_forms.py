"""Where the forms of the desk go, and where the focus is when they come back."""

from __future__ import annotations

import re

from portal.environment import BASE_DIR

TEMPLATES = sorted((BASE_DIR / "templates" / "desk").rglob("*.html"))
FORM = re.compile(r"<form[^>]*method=\"post\"[^>]*>")
SAID = re.compile(r"<\w+ class=\"(?:problem|said-back)[^\"]*\" role=\"(?:alert|status)\"[^>]*>")


def test_each_form_names_its_address() -> None:
    # Without one the browser keeps the fragment of the way past the navigation, and goes there instead of to a problem.
    forms = [(path.name, form) for path in TEMPLATES for form in FORM.findall(path.read_text())]
    assert len(forms) > 100
    assert [each for each in forms if "action=" not in each[1]] == []


def test_problems_of_a_form_take_the_focus() -> None:
    said = [form for path in TEMPLATES if "problems" in path.name for form in SAID.findall(path.read_text())]
    said += SAID.findall((BASE_DIR / "templates" / "desk" / "base.html").read_text())
    assert len(said) == 3
    assert all('tabindex="-1" autofocus' in each for each in said)
