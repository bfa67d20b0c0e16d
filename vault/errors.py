"""What can go wrong with keys and sealed rows. Texts hold ids and codes, never content."""


class VaultError(Exception):
    """Base of the errors below."""


class NoGrant(VaultError):
    """Nobody on this keyring was granted that epoch."""


class Unstated(VaultError):
    """A public key without a directory statement that holds: nothing is sealed to it, nothing it signed counts."""


class Forged(VaultError):
    """A row does not carry the signature, the place or the content that its readers must find."""


class NotKept(VaultError):
    """Bytes could not be stored durably, for example on a full disk. Nothing already stored is touched."""
