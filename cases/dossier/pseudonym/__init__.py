"""The pseudonymised dossier: what identifies a person is replaced in the data, before anything is rendered.

`table` says what is replaced and by what; `replace` does it in one text; `fields` does it in everything a dossier is
made of, and knows every field by name. docs/threat-model.md says what this does not protect from.
"""
