import pickle

import pytest

from vault.envelope import errors
from vault.envelope.errors import BadCode, BadKey, BadSignature, Corrupt, EnvelopeError, UnknownVersion, WrongKey


@pytest.mark.parametrize("kind", [WrongKey, Corrupt, UnknownVersion, BadKey, BadCode, BadSignature])
def test_every_failure_is_an_envelope_error_and_none_is_another(kind):
    assert issubclass(kind, EnvelopeError)
    assert kind.__mro__[1] is EnvelopeError


def test_a_bad_code_keeps_its_reason_across_processes():
    assert pickle.loads(pickle.dumps(BadCode("check"))).reason == "check"


def test_each_failure_says_what_to_do_with_it():
    assert all(kind.__doc__ for kind in vars(errors).values() if isinstance(kind, type))
