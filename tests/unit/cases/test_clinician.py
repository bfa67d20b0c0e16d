"""What the catalogue lets a clinician see."""

from __future__ import annotations

from cases.actions.caring import is_for_clinician
from cases.statement import catalogue


def test_health_and_the_body_but_no_contact_no_file_and_nothing_sealed() -> None:
    given = [each for each in catalogue.at(catalogue.VERSION).questions.values() if is_for_clinician(each)]
    ids = {each.id for each in given}
    assert {"CSQ-01", "CSQ-02", "CSQ-03", "EPI-15", "SAF-04", "LNG-04"} <= ids
    assert {each.compartment for each in given} <= {"account", "identity"}
    assert not {each for each in ids if each.startswith(("CTC-", "IDN-", "EVD-", "CNS-", "PRP-", "WIT-"))}
    assert not {"EPI-08", "EPI-10", "EPI-11"} & ids, "neither the story nor what two people open"
