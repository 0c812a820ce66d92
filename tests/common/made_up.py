"""Made-up texts for the search for personal data: sentences of the field, some with personal data planted in them.

Nobody here is anybody: names are drawn from the commonest ones, numbers from chance, and identity codes are of the
range that is kept for testing (900–999).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from common.personal_data import Kind

# The identity codes that the Digital and Population Data Services Agency published for testing the reform of 2023.
OFFICIAL = (
    "010594Y9032 010594Y9021 020594X903P 020594X902N 030594W903B 030694W9024 040594V9030 040594V902Y 050594U903M "
    "050594U902L 010516B903X 010516B902W 020516C903K 020516C902J 030516D9037 030516D9026 010501E9032 020502E902X "
    "020503F9037 020504A902E 020504B904H"
).split()
SIGNS = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
GIVEN = (
    "Matti Juha Mikko Antti Jari Timo Pekka Hannu Kari Ville Maria Anna Liisa Päivi Tuula Johanna Sari Minna Aino Eeva "
    "Ahmed Fatima Natalia Anders Gunilla Åke Marja-Liisa Veli-Matti"
).split()
SURNAMES = (
    "Korhonen Virtanen Mäkinen Nieminen Hämäläinen Laine Koskela Salo Lahti Peltola Aho Kärkkäinen Lindqvist Åkerblom "
    "Zetterholm Karjalainen Suomela Lapinoja Ruotsalo Ylä-Outinen Hassan"
).split()
PLACES = """
asuu Tampereella
on kotoisin Helsingistä
muutti Ouluun
käy päivätoiminnassa Rovaniemellä
haki apua Turusta
tuli Inkoosta
on Vantaalta
elää yksin Lahdessa
palasi Jyväskylään
odotti Kuopiossa
bor i Esbo
flyttade till Åbo
lives in Tampere
on asunut Lapinjärvellä
muutti Uudestakaupungista
tuli Kauniaisista
kävi Sodankylässä
asioi Kirkkonummella
""".strip().splitlines()
STREETS = (
    "Mannerheimintie Koulukatu Rantatie Mäntykuja Peltopolku Kirkkokatu Storgatan Skolvägen Lönnrotinkatu "
    "Tuomiokirkonkatu Asemakadulla Kuusitiellä Koivukujalla Björkgränden"
).split()
CALM = """
Sosiaalityö on ennen kaikkea kohtaamista.
Rakenteellinen sosiaalityö näkyy kunnan päätöksissä.
Tiimi kokoontuu joka tiistai.
Asiakas sai ajan vasta kolmen viikon päästä.
Työpari kirjasi havainnon samana päivänä.
Lapsi kertoi koulupäivästään.
Muutos alkoi siitä, kun joku kuunteli.
Vi arbetar tillsammans med skolan.
Det sociala arbetet syns i vardagen.
Practice changes when somebody writes about it.
Kehittämispäivä pidettiin Tampereella.
Koulutus järjestetään Oulussa.
Perheessä on kolme lasta, joista nuorin on 4-vuotias.
Verkosto kokoaa ammattilaiset yhteen.
Hakemus jäi kesken.
""".strip().splitlines()
# What looks like personal data and is none.
TRAPS = """
Laki 1301/2014 tuli voimaan 1.4.2015.
Vuosina 2019–2024 asiakkaita oli 10 000–12 000.
Tuki on 1 234 567 euroa vuodessa.
Y-tunnus on 0201256-6.
Y-tunnus 0737546-1 kuuluu yhdistykselle.
Katso s. 012–045.
Opintopisteitä on 5–10 op.
Kello 08.30–16.00.
Tekstin pituus on 2 200–3 400 merkkiä.
Pykälät 7 ja 11 § koskevat tätä.
doi 10.1080/02650533.2019.1611531
ISSN 0265-0533
ISBN 978-952-00-1234-5
Diaarinumero VN/12345/2024.
Talousarvio kasvoi +10 000 000 euroa.
Postinumero on 00100 Helsinki.
Kysy numerosta 020 123 4567.
Soita 0800 123 123.
Kirjoita osoitteeseen kirjaamo@kunta.example.
Matti Meikäläinen asuu Tampereella.
Professori Liisa Virtanen puhui Oulussa.
Ministeri Juha Mäkinen vieraili Turussa.
Maija Virtanen, toiminnanjohtaja, avasi päivän Vantaalla.
Kuva: Pekka Laine. Espoo 2024.
Liisa Korhonen (2019) tutki Tamperetta.
Oppimispolku 2 alkaa syksyllä.
Palvelupolku 3 kuvataan luvussa 4.
Valtatie 4 vie Ouluun.
Luku 3 Helsingissä.
Polku 1
Tampereen yliopisto ja Helsingin kaupunki tutkivat.
Anna palautetta Porissa.
Onni Helsingissä on hetki.
Välillä 10.2.–12.3.2026.
Aikaa on 45 min.
Otos oli 1234 ja vastausprosentti 56,7.
See the guidance at example.org today.
Kohdat 1.2.3 ja 4.5.6.
""".strip().splitlines()


@dataclass
class Text:
    """A text and what was planted in it: kind, start, end."""

    text: str = ""
    planted: list[tuple[Kind, int, int]] = field(default_factory=list)

    def add(self, before: str, kind: Kind, words: str, after: str) -> None:
        start = len(self.text) + len(before)
        self.planted.append((kind, start, start + len(words)))
        self.text += before + words + after


def texts(seed: int, count: int) -> Iterator[Text]:
    """Texts of some sentences, each with or without something planted, traps among them."""
    chance = random.Random(seed)
    for _ in range(count):
        made = Text()
        for _ in range(chance.randint(1, 6)):
            kind = chance.random()
            if kind < 0.4:
                made.text += chance.choice(CALM) + " "
            elif kind < 0.65:
                made.text += chance.choice(TRAPS) + "\n"
            else:
                plant(chance, made)
        yield made


def plant(chance: random.Random, made: Text) -> None:
    kind = chance.choice(list(Kind))
    if kind == Kind.IDENTITY_CODE:
        made.add("Asiakkaan tunnus on ", kind, disguised(chance, identity_code(chance)), ", ja asia jäi kesken. ")
    elif kind == Kind.PHONE:
        made.add(
            chance.choice(["Soita ", "Numero on ", "puh. "]), kind, phone(chance), chance.choice([". ", " illalla. "])
        )
    elif kind == Kind.EMAIL:
        made.add("Tavoittaa osoitteesta ", kind, email(chance), " parhaiten. ")
    elif kind == Kind.ADDRESS:
        number = (
            f"{chance.randint(1, 199)}{chance.choice(['', ' A', ' B 12', 'b', '–' + str(chance.randint(200, 300))])}"
        )
        made.add("Perhe asuu osoitteessa ", kind, f"{chance.choice(STREETS)} {number}", ", toisessa kerroksessa. ")
    else:
        words = full_name(chance)
        made.add(chance.choice(["Asiakkaani ", "Naapurini ", "Sitten "]), kind, words, f" {chance.choice(PLACES)}. ")


def identity_code(chance: random.Random) -> str:
    century = chance.choice(list(SIGNS))
    year = chance.randint(0, 24 if century == 2000 else 99)
    date = f"{chance.randint(1, 28):02}{chance.randint(1, 12):02}{year:02}"
    number = str(chance.randint(900, 999))
    return date + chance.choice(SIGNS[century]) + number + CHECKS[int(date + number) % 31]


def disguised(chance: random.Random, code: str) -> str:
    """The code as people write it to get it past a machine, or without thinking of one."""
    date, sign, number, check = code[:6], code[6], code[7:10], code[10]
    sign = chance.choice("-–—−‑‒") if sign == "-" else sign
    day, month, year = date[:2], date[2:4], date[4:]
    way = chance.randint(0, 8)
    if way == 0:
        date = f"{day}.{month}.{year}"
    elif way == 1:
        date = f"{day} {month} {year}"
    elif way == 2:
        sign = f" {sign} "
    elif way == 3:
        return f"{date}{sign}{number}{check}".lower()
    elif way == 4:
        return "".join(chr(ord(each) + 0xFEE0) for each in f"{date}{code[6]}{number}{check}")
    elif way == 5:
        number, check = f"{number[0]} {number[1:]}", f" {check}"
    elif way == 6:
        date, sign = f"{day}\u00a0{month}\u00a0{year}", f"\u202f{sign}"
    elif way == 7:
        date = f"{day}\u00ad{month}{year}\u200b"
    return date + sign + number + check


def phone(chance: random.Random) -> str:
    def digits(count: int) -> str:
        return "".join(str(chance.randint(0, 9)) for _ in range(count))

    mobile = chance.choice(["040", "041", "044", "045", "046", "050"])
    return chance.choice(
        [
            f"{mobile}{digits(7)}",
            f"{mobile} {digits(3)} {digits(4)}",
            f"{mobile}-{digits(7)}",
            f"{mobile} – {digits(3)} {digits(4)}",
            f"{mobile}\u00a0{digits(3)}\u00a0{digits(2)}\u00a0{digits(2)}",
            f"+358 {mobile[1:]} {digits(3)} {digits(4)}",
            f"+358{mobile[1:]}{digits(7)}",
            f"+358 (0){mobile[1:]} {digits(7)}",
            f"00358 {mobile[1:]} {digits(7)}",
            f"(09) 4{digits(2)} {digits(4)}",
            f"014 6{digits(2)} {digits(3)}",
            f"+46 7{digits(1)} {digits(3)} {digits(2)} {digits(2)}",
            f"+372 5{digits(3)} {digits(3)}",
        ]
    )


def email(chance: random.Random) -> str:
    given, surname = (chance.choice(words).lower().replace(" ", "") for words in (GIVEN, SURNAMES))
    provider = chance.choice(["gmail.com", "hotmail.com", "perhe.example", "luukku.com"])
    local = chance.choice([f"{given}.{surname}", f"{given}{chance.randint(1, 99)}", f"{given}_{surname}"])
    at = chance.choice(["@", "@", " (at) ", "(at)", " [at] ", "＠"])
    return local + at + (provider.replace(".", " (dot) ") if chance.random() < 0.1 else provider)


def full_name(chance: random.Random) -> str:
    given = chance.choice(GIVEN) + (f" {chance.choice(GIVEN)}" if chance.random() < 0.2 else "")
    surname = chance.choice(SURNAMES)
    return f"{given} {surname if chance.random() < 0.6 else inflected(chance, surname)}"


def inflected(chance: random.Random, surname: str) -> str:
    front = not set(surname.lower()) & set("aouå")
    stem = surname.removesuffix("nen") + "se" if surname.endswith("nen") else surname
    stem += "" if stem[-1] in "aeiouyäöå" else "i"
    return stem + chance.choice(["n", "lle", "ltä" if front else "lta", "llä" if front else "lla"])


PIECES = (
    *CALM, *TRAPS, *GIVEN, *SURNAMES, *PLACES, *STREETS, *OFFICIAL,
    " ", " ", "\n", ". ", "-", "–", "\u00a0", "\u00ad", "\u200b", "@",
    "(at)", " at ", "+", "00", "0", "040", "358", "12", "1234567",
    "a\u0308", "😀", "𝟎", "Ä", "Gustav Adolfs", ", ", " (", ")", "Oy", "johtaja", "2019", "é", "I", "ſ", "\u212a",
)  # fmt: skip


def nonsense(seed: int, count: int) -> Iterator[str]:
    """Pieces of all of it in any order, cut anywhere, to see that two readers agree on what nobody would write."""
    chance = random.Random(seed)
    for _ in range(count):
        made = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 25)))
        yield made[chance.randint(0, 3) : len(made) - chance.randint(0, 3)]
