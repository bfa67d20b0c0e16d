"""The fixed sentences of variant UJ-EN. A change here is a change of the template: raise TEMPLATE.

Sources: Convention against Torture (1984), articles 1, 5 and 7; Rome Statute (1998), articles 7, 25 and 28. Read on
22 November 2026. The admitted lawyer confirms every sentence before the draft mark comes off.
"""

from __future__ import annotations

TEMPLATE = "UJ-EN 1"
DRAFT = "DRAFT, not for filing"

# Groups of section "Facts", in this order, then topics that have sections of their own.
FACT_TOPICS = {
    "time_place": "Time and place",
    "arrest": "Arrest and transport",
    "treatment": "What was done",
    "release": "How it ended",
    "facts": "Further facts",
}
OTHER_TOPICS = ("complainant", "context", "persons", "harm", "displacement", "complaints")
TOPICS = (*FACT_TOPICS, *OTHER_TOPICS)

CRIMES = {
    "torture": "torture",
    "crimes_against_humanity": "crimes against humanity",
    "war_crimes": "war crimes",
    "deportation_persecution": "deportation and persecution as crimes against humanity",
    "other": "offences of officials against the person",
}
BASES = {
    "universal": "universal jurisdiction",
    "treaty_obligation": "the treaty obligation to prosecute or extradite",
    "passive_personality": "the nationality or residence of the victim",
    "active_personality": "the nationality of the suspect",
    "territorial_effect": "acts or effects on the territory of the forum",
}
UNVERIFIED_FIELDS = {
    "practice_belarus": "practice on Belarus",
    "discretion": "discretion of the prosecutor",
    "limitation": "limitation",
    "gatekeeper": "authorisation to prosecute",
    "subsidiarity": "subsidiarity",
    "safety": "safety in the forum State",
    "double_criminality": "double criminality",
    "victim_trigger": "rights of the victim to start or review proceedings",
    "suspect_link": "presence of the suspect",
    "victim_link": "link of the victim with the forum",
    "in_force_from": "date from which the offence is in force",
}
CRIME_FACTS = {
    "torture_by_officials": "treatment by public officials that may amount to torture",
    "custody": "being in the custody or under the control of officials",
    "pattern": "other persons who were treated in a similar way",
    "policy": "circumstances that bear on whether the acts were ordered or organised",
    "deportation": "leaving the country under coercion",
    "disappearance": "being held while relatives were not told where",
    "conflict_link": "a link with an armed conflict",
}
NAMED = {
    "full": "The complainant is {name} and files under this name.",
    "name_sealed": "The complainant is called {name} in this copy. The legal name is given to the authority "
    "separately and is not to enter copies of the file.",
    "pseudonym": "The complainant is called {name} here. This is a pseudonym which the complainant chose; it is used "
    "in every document of this bundle.",
    "org_only": "The person who gave the account is called {name} here and does not appear as a party.",
    "not_sure": "The complainant is called {name} here. Under what name the complaint is filed is still to be agreed "
    "with counsel.",
}
UNNAMED = "No name for this complaint has been chosen yet."
UNNAMED_SHORT = "name not chosen yet"
NAMED_SHORT = {
    "full": "{name}",
    "name_sealed": "{name}; the legal name goes to the authority separately",
    "pseudonym": "{name} (pseudonym chosen by the complainant)",
    "org_only": "{name} (not a party)",
    "not_sure": "{name} (name for filing still to be agreed)",
}
PROTECTION_NAME = {
    "full": "",
    "name_sealed": "The legal name is kept out of every copy of the file.",
    "pseudonym": "Anonymity towards third parties from the first procedural step.",
    "org_only": "The person behind the account is not named to third parties.",
    "not_sure": "No name is recorded before counsel has confirmed it.",
}
CONTACT = "Contact with the complainant only through counsel."
NO_BELARUS = (
    "No data that could identify the complainant or relatives is passed to authorities of the State where the acts "
    "took place."
)
FAMILY = "Relatives of the complainant may be at risk."

FACTS_INTRO = (
    "Each sentence names its source in the margin. “¶” is a paragraph of the first account (annex B1); a code such as "
    "EPI-04 is a question of the form, answered in annex B1; “E” is an exhibit; “O” is a public source (annex A8)."
)
VOICES = (
    "Three voices are kept apart. The words of the complainant stand only in annex B1, behind a line at the left. "
    "What an exhibit shows is marked “shows”. Conclusions of counsel stand only where the margin says “counsel”. "
    "This is a first account given by the person, not an interview record."
)
OWN_WORDS = (
    "What happened is set out in the complainant’s own words in annex B1, paragraphs {span}, in {language}. It is not "
    "retold here, and nothing untranslated is quoted as fact."
)
NO_OWN_WORDS = "No account in the complainant’s own words is annexed at this stage."

QUALIFICATION = {
    "torture": (
        "Counsel submits that the acts are to be examined as torture: severe pain or suffering, physical or mental, "
        "intentionally inflicted on a person for a purpose such as obtaining information or a confession, punishment, "
        "intimidation or coercion, or for a reason based on discrimination, by a public official or with the consent "
        "or acquiescence of one, and not arising only from lawful sanctions.",
        "Convention against Torture, art. 1",
    ),
    "crimes_against_humanity": (
        "Counsel submits that the acts are also to be examined as torture as a crime against humanity: severe pain or "
        "suffering inflicted upon a person in the custody or under the control of the accused, as part of a "
        "widespread or systematic attack directed against a civilian population, with knowledge of the attack.",
        "Rome Statute, art. 7(1)(f), 7(2)(a), 7(2)(e)",
    ),
    "deportation": (
        "Counsel submits that the departure of the complainant is to be examined as deportation: forced displacement "
        "by expulsion or other coercive acts from the area where a person was lawfully present, without grounds "
        "permitted under international law.",
        "Rome Statute, art. 7(1)(d), 7(2)(d)",
    ),
}
LIABILITY = (
    "Those who acted, those who ordered or assisted, and superiors who knew or should have known and did not prevent "
    "or punish are to be examined alike. Which of them can be named is set out under “Persons responsible”.",
    "Rome Statute, art. 25, 28; national law to be added by counsel",
)
ELEMENTS_POINTER = "Annex A1 lists, for each element, what supports it and what is still missing."
PERSONS_UNKNOWN = "No person is named in this complaint at this stage. It is directed against unknown persons."
NO_OTHER_PROCEEDINGS = "No complaint to another body is recorded at this stage."

REQUESTS = (
    "to open an investigation into the acts set out here, or to join this complaint to an investigation that is "
    "already open on the same situation;",
    "to treat the complainant as an injured party with all rights that national law gives, and to send every notice to "
    "counsel;",
    "to hear the complainant in a protective way, in {languages}, with counsel present, and by video link where that "
    "is safer;",
    "to secure evidence within reach: witnesses in this country, telephone and image files in their hands, and open "
    "sources that may disappear;",
    "to identify those responsible, superiors included, and to take the steps which allow their arrest when they "
    "travel;",
    "to consider a structural investigation, so that evidence collected now can serve later proceedings here or "
    "elsewhere;",
    "to pass no data that could identify the complainant or relatives to authorities of the State where the acts took "
    "place, and to ask counsel before any request for mutual assistance mentions this complaint;",
    "to grant counsel access to the file, and the complainant translation and legal aid as national law provides;",
    "to give reasons for any decision not to act, so that it can be reviewed; and",
    "to note that claims for compensation and rehabilitation are reserved.",
)
DECLARATION = (
    "The facts are stated to the best of the complainant’s knowledge and memory. The first account in annex B1 is "
    "reproduced as typed.",
    "Before filing, the complainant approves this text in a language the complainant reads, and counsel confirms each "
    "point marked “unverified”.",
)

ANNEXES = {
    "A1": ("Elements and what supports them", "Strength is a label on the evidence, not on the person."),
    "A3": ("Chronology", "Dates are as precise as the source gives them. An estimate is not made more exact here."),
    "A4": (
        "Exhibit index",
        "Hashes are SHA-256 of the original bytes and of the filed copy. Originals are in the folder “originals”, byte "
        "for byte as received. Filed copies were rebuilt from what is visible, without hidden data; what else differs "
        "is said on each slip.",
    ),
    "A8": (
        "Public sources",
        "“O” is a public report, “R” a source on the law. Addresses are printed for reading; nothing in this "
        "file links to them.",
    ),
    "B1": ("First account in the original language", ""),
    "B5": ("Consent record", "The answers as given, with the version of the text that was shown and the day."),
    "B6": ("Chain of custody", "Days, not times. Persons by code. Hashes of originals and copies are in annex A4."),
}
LAW_SOURCE = "Reference data on the law of the forum, section “Jurisdiction”"
B1_NOTICE = (
    "The next pages hold the first account as the complainant typed it. It is about violence. It is a first account "
    "given by the person, not an interview record: no question was put by an interviewer, nothing is corrected or "
    "shortened. A line at the left marks the complainant’s words. Answers without that line were chosen from a list; "
    "their English is the wording of that list."
)
B1_NOTICE_TOLD = (
    "The next pages hold a first account. It is about violence. Where the line under a title says so, the complainant "
    "did not type it: a helper did, or a caseworker wrote down what was told. It is a first account, not an interview "
    "record: the questions are those of the form, and nothing is corrected or shortened. A line at the left marks "
    "words as they were written down. Answers without that line were chosen from a list; their English is the wording "
    "of that list."
)

LETTER_PARAGRAPHS = (
    "Please confirm receipt and tell us the number of your file.",
    "Every file of this bundle is listed with its SHA-256 in manifest.json and SHA256SUMS. Originals of the exhibits "
    "are in the folder “originals”, byte for byte as received.",
)

NOTE_INTRO = (
    "Privileged and confidential. For counsel only, not for filing. The reference data behind this note are not legal "
    "advice; each point is to be confirmed by a lawyer admitted in the forum."
)
CHECKLIST = (
    "Consent for this country and body is valid on the day of filing (annex B5).",
    "The complainant has approved this exact text in a language the complainant reads.",
    "Conflict check done; power of attorney signed (to be added as annex B4).",
    "Second release by staff recorded.",
    "Translation of annex B1 with the translator’s certificate added (annex B2).",
    "Each sentence of the section “Facts” read against its source.",
    "Every point marked “unverified” confirmed or removed.",
    "Parallel proceedings asked about and stated.",
    "Originals compared with SHA256SUMS after download.",
)
