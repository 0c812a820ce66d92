"""Sentences written by hand, after the search for personal data was made: with personal data in them, and without."""

WITH = """
Hetu on muotoa 131052-308T, tarkistin sen.
Potilas 13 10 52 -308t soitti
henkilötunnus:131052-308T
131052–308T/Korhonen
syntynyt 13.10.1952-308T
Tavoitat äidin 0451234567:stä
p. 050 5123 456
puh 0400-512345
gsm: +358-40-5123456
Numeroni on 358 40 512 3456
040/5123456
040.512.3456
Ota yhteyttä tiina.m82@hotmail.com!
tiina.makela(at)luukku.com
tiina [at] gmail.com
sähköpostini on tiina piste makela at gmail piste com
Hän asuu Kirkkokatu 14 as. 3
os. Rauhankatu 7 C 21, Oulu
muutti Ylä-Malmin tielle 5
asunto Pihlajatie 3a
Haapaniemenkatu 22-24 B 8
Äiti bor på Nygatan 12 C
Västra Chaussén 3
Vaasankatu 5:n rappukäytävässä
Siirryttiin Satamakadulle 9.
Asiakas Tiina Mäkelä (34 v) on Seinäjoelta.
Kävin Petri Laakson luona Kajaanissa.
Jyväskyläläinen Sari Koskinen
Eilen tapasin Mohamed Abdin Vantaalla
Leena Maria Ahosen poika muutti Raaheen.
Lapsen isä, Jukka-Pekka Salmi, asuu Loimaalla.
TIINA MÄKELÄ Tampereelta
tiina mäkelä tampereelta
Makelä Tiina, Pori
Klienten Johan Backlund flyttade från Borgå till Sibbo.
My client Anna Virtanen from Espoo
Tytön nimi on Saga Blomqvist. Familjen bor i Raseborg.
Hän on Kemijärven Pentti Ollila
Ruusu Nieminen asuu Lohjalla
Ritva-Liisa Ojanen käy Hyvinkäällä
""".strip().splitlines()
WITHOUT = """
Helsingin Sanomat 12.3.2024 kertoi asiasta.
Sosiaalihuoltolain 1301/2014 46 § ja lain 417/2007 25 §.
Asiakasmäärä kasvoi 1 200:sta 1 450:een vuosina 2015-2020.
Kokous on to 12.12. klo 9.00–11.30, Teams-linkki 345 678 901 234
Kokouksen tunnus: 312 456 789 01
Hankkeen budjetti 045 000 euroa
KKO 2019:104 ja KHO:2021:45
ISBN 978-952-000-000-0, ISSN 1234-5678
IBAN FI00 1234 5600 0007 85
Viitenumero 00012 34567
Y-tunnus 1234567-1
Raportti 12/2023, s. 45-47
Helsinki 2020: Vastapaino
Peltola, Anneli (2011) Rakenteellinen sosiaalityö. Teoksessa Peltola & Seppälä. Tampere: Vastapaino.
Koskela, Kirsi 2006. Sosiaalityöntekijöinä ja asiakkaina. Tampere: Vastapaino.
Kirsi Koskela on tutkinut asiaa Tampereen yliopistossa.
Tutkija Kirsi Koskela Tampereelta
Mary Richmond ja Jane Addams loivat perustan. Helsinki seurasi perässä.
Kuntien taso: Oulu 12, Kuopio 8, Lahti 5
Onnin päivä Lahdessa
Toivo elää Salossa.
Aino ja Eino muuttivat Turkuun.
Mari S. Espoosta kertoi tarinansa.
Sosiaaliasiamies Helsingissä tavoitettavissa numerosta 09 123 4500
Kriisipuhelin 09 1234 0000
Hätänumero 112, Nollalinja 080 000 000
Lähde: www.verkosto.example/aiheet ja osoite https://www.kunta.example/a@b
@osaamisverkosto Instagramissa
Polku 1: kuuntele. Polku 2: kirjaa.
Asiakkaan polku 3 päivässä
Tie 2 oli tukossa.
Sairaalakadun 50 metriä
Kahden asteen ranta 5
Vuosina 1990-2020 syntyneet 010
Kappale 040 käsittelee
koodit 041, 042 ja 0431
Suomen Punainen Risti Tampereella
Matti ja Teppo Tampereella
Presidentti Matti Salonen vieraili Turussa.
Minna Canth Kuopiosta kirjoitti köyhyydestä 1800-luvulla
Heikki Waris tutki Helsingin työläiskaupunginosaa
Aleksis Kiven katu 1
Pyhän Henrikin aukio
Anna Oulu-lehden lukijalle tieto
Ville Vallaton Kotkassa
Esa Pekka ja Kari Juhani Oulusta
Joonatan tuli Iisalmeen. Simo Pori.
Kevät 2024: Ilta Rauman torilla
12 345 678 asukasta 2 040 123 euroa
Liite 1. 010124 0930-1200
""".strip().splitlines()
