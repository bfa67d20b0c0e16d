"""The shape of a case reference in an address."""

from django.urls import register_converter

from cases.models import REFERENCE_LETTERS


class ReferenceConverter:
    """Seven characters such as 7QK-4MT; small letters are read as capitals."""

    regex = (
        f"[{REFERENCE_LETTERS}{REFERENCE_LETTERS.lower()}]{{3}}-[{REFERENCE_LETTERS}{REFERENCE_LETTERS.lower()}]{{3}}"
    )

    def to_python(self, value: str) -> str:
        """As it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it is stored."""
        return value


register_converter(ReferenceConverter, "reference")
