"""Pure cryptography on bytes: no Django, no files, no settings; the formats are final.

errors      what can go wrong                    encoding   several fields as one unambiguous byte string
header      the first 8 bytes of every envelope  preamble   header, salt and key commitment of values and streams
seeds       32 bytes from which all keys come    suite      seal to a public key (HPKE)
aead        one sealed value                     stream     one sealed file
padding     sizes that say little                receipt    the survivor's receipt code
signature   Ed25519 with domains                 password   a seed sealed under a password
shares      two halves of a secret               compartment  the key that needs an erase share
digest      SHA-256 beside the sealing
"""
