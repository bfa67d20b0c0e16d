"""The invented account of the walkthrough. Nothing in it happened to anybody."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.environment import BASE_DIR

SECOND = (
    "У верасні мяне затрымалі яшчэ раз, каля дома. Праз тры гадзіны адпусцілі без паперы. "
    "Мне сказалі, што наступным разам так лёгка не будзе."
)
FACTS: dict[str, tuple[str, ...]] = {  # by the variant of the complaint, each sentence from the paragraph of its place
    "uj-en": (
        "The complainant was stopped by several men who did not say who they were.",
        "The complainant was taken away in a vehicle and was not shown any paper.",
        "Other people were held in the same place.",
    ),
    "lt": (
        "Pareiškėją sustabdė keli vyrai, kurie neprisistatė.",
        "Pareiškėją išvežė transporto priemone ir neparodė jokio dokumento.",
        "Toje pačioje vietoje buvo laikomi ir kiti žmonės.",
    ),
}
OWN = (  # the same sentences as people put them into the language of the person
    "Некалькі мужчын спынілі чалавека і не назвалі сябе.",
    "Чалавека павезлі машынай і не паказалі ніякай паперы.",
    "У тым самым месцы трымалі і іншых людзей.",
)
ACCOUNT = BASE_DIR / "tests" / "factories" / "account_be.txt"


@dataclass(frozen=True)
class Story:
    """What the survivor and the team type. Each field may carry a marker word that a scanner looks for later."""

    account: str
    second: str = ""  # own words about a second episode, if there was one
    language: str = "be"
    name: str = "Алеся"
    place: str = "Менск, трэці паверх, шэрыя сцены"
    anchor: str = "праз тры дні пасля выбараў"
    photo: str = "Сцяна на двары"
    paper: str = "Папера аб затрыманні"
    contact: str = ""  # a channel of Signal, if the person leaves one
    picture: str = "Здымак экрана"
    wish: str = "Я хачу, каб пра гэта ведалі."
    photo_file: str = "photo.jpg"
    paper_file: str = "paper.pdf"
    picture_file: str = "screen.png"
    photo_marker: str = "invented photograph"
    paper_marker: str = "invented paper"
    letter: str = "Добры дзень. Мы прачыталі тое, што вы даслалі. Ці можам мы пашукаць адваката ў Літве?"
    reply: str = "Добры дзень. Так, калі ласка. Я магу адказваць тут."
    reason: str = "The person agreed to Lithuania and to a partner lawyer. An open file exists there."
    facts: dict[str, tuple[str, ...]] = field(default_factory=lambda: FACTS)
    own: tuple[str, ...] = OWN
    word: str = "сіняя гара над ракой"  # the second word
    decision: str = "Consents are there, the route fits. Released."


def invented() -> Story:
    """The story of `make walkthrough`: more than 600 words of Belarusian, and a second episode."""
    return Story(ACCOUNT.read_text(encoding="utf-8").strip(), SECOND)
