"""Parts of a page that are drawn once: they differ by language and know nothing of who looks."""

from types import SimpleNamespace

from django.template import Context, engines
from django.utils import translation


def drawn(template, language, **more):
    with translation.override(language):
        return template.render(Context({"frame": SimpleNamespace(language=language), **more}))


def template(text):
    return engines["django"].from_string("{% load i18n once %}" + text).template


def test_a_part_is_drawn_in_each_language():
    part = template('{% once %}{% translate "Continue" %} {{ frame.language }}{% endonce %}')

    assert [drawn(part, each) for each in ("en", "be", "en")] == ["Continue en", "Працягнуць be", "Continue en"]


def test_nothing_of_a_visit_gets_into_a_part_that_is_kept():
    part = template("{% once %}[{{ secret }}{{ csrf_token }}{% if secret %}!{% endif %}]{% endonce %}{{ secret }}")

    assert drawn(part, "en", secret="mine", csrf_token="t") == "[]mine"
    assert drawn(part, "en", secret="theirs") == "[]theirs"
