"""French, a language of lexicon files alone: who says what, who the sources are, and an article of all of it."""

import pytest

from onrecord.features.measurement import Kind, Mention, Quote

from .conftest import check_openings, finder, measured_in, texts_of

PLAIN = (
    "Le conseil s'est tenu dans la salle des fêtes du village et tous ceux qui vivent dans la rue y étaient, mais il "
    "n'y a pas eu de vote sur le pont, qui est toujours fermé."
)
PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED
found_in = finder("fr", PLAIN)

# (text, source, cue, content, kind): all that anybody says in each text.
STATEMENTS = [
    # the source before what it says
    ("Paul Mercier a déclaré que le pont est sûr.", "Paul Mercier", "a déclaré", "que le pont est sûr", PERSON),
    (
        "Le maire de Brévaux, Paul Mercier, assure que le pont est sûr.",
        "Le maire de Brévaux, Paul Mercier,",
        "assure",
        "que le pont est sûr",
        PERSON,
    ),
    (
        "Claire Bonnard, présidente de la région, a également indiqué qu'il n'y aurait pas de coupes.",
        "Claire Bonnard, présidente de la région,",
        "a également indiqué",
        "qu'il n'y aurait pas de coupes",
        PERSON,
    ),
    (
        "L'avocate de la famille, Me Sonia Lacroix, a rappelé que l'enquête continuait.",
        "L'avocate de la famille, Me Sonia Lacroix,",
        "a rappelé",
        "que l'enquête continuait",
        PERSON,
    ),
    (
        "Le ministère de l'Intérieur a confirmé qu'un policier avait été blessé.",
        "Le ministère de l'Intérieur",
        "a confirmé",
        "qu'un policier avait été blessé",
        BODY,
    ),
    (
        "L'Organisation mondiale de la santé avertit que le virus circule encore.",
        "L'Organisation mondiale de la santé",
        "avertit",
        "que le virus circule encore",
        BODY,
    ),
    (
        "Une source proche du dossier assure que la banque avait été prévenue.",
        "Une source proche du dossier",
        "assure",
        "que la banque avait été prévenue",
        UNNAMED,
    ),
    (
        "Plusieurs témoins racontent que le train roulait très vite.",
        "Plusieurs témoins",
        "racontent",
        "que le train roulait très vite",
        UNNAMED,
    ),
    (
        "Un responsable américain, qui a requis l'anonymat, a reconnu que l'accord était fragile.",
        "Un responsable américain, qui a requis l'anonymat,",
        "a reconnu",
        "que l'accord était fragile",
        UNNAMED,
    ),
    (
        "Les syndicats, de leur côté, affirment que la grève sera suivie.",
        "Les syndicats",
        "affirment",
        "que la grève sera suivie",
        UNNAMED,
    ),
    (
        "Un rapport de l'Insee souligne que les loyers ont augmenté.",
        "Un rapport de l'Insee",
        "souligne",
        "que les loyers ont augmenté",
        PAPER,
    ),
    (
        "Claire Bonnard dément avoir reçu de l'argent de l'entreprise.",
        "Claire Bonnard",
        "dément",
        "avoir reçu de l'argent de l'entreprise",
        PERSON,
    ),
    (
        "Les riverains craignent que la rivière ne déborde.",
        "Les riverains",
        "craignent",
        "que la rivière ne déborde",
        UNNAMED,
    ),
    (
        "Mercier a expliqué : « L'argent n'est jamais arrivé sur le compte ».",
        "Mercier",
        "a expliqué",
        "« L'argent n'est jamais arrivé sur le compte »",
        PERSON,
    ),
    (
        "Le procureur a qualifié les faits de « fraude sans précédent ».",
        "Le procureur",
        "a qualifié",
        "« fraude sans précédent »",
        UNNAMED,
    ),
    # behind its verb
    ("« Le pont est sûr », a déclaré Paul Mercier.", "Paul Mercier", "a déclaré", "« Le pont est sûr »", PERSON),
    (
        "“Il n'y a aucun risque”, a assuré lundi la porte-parole du gouvernement, Claire Bonnard, lors d'un point.",
        "la porte-parole du gouvernement, Claire Bonnard",
        "a assuré",
        "“Il n'y a aucun risque”",
        PERSON,
    ),
    ("« Nous n'en savions rien », explique-t-elle.", "elle", "explique", "« Nous n'en savions rien »", Kind.UNRESOLVED),
    (
        "« On n'a rien vu venir », raconte une passagère qui voyageait en tête.",
        "une passagère",
        "raconte",
        "« On n'a rien vu venir »",
        UNNAMED,
    ),
    (
        "« Qui va payer ? », s'interroge Marie Gilles, patronne du bar.",
        "Marie Gilles, patronne du bar",
        "s'interroge",
        "« Qui va payer ? »",
        PERSON,
    ),
    (
        "Le plan, insiste la mairie de Brévaux, ne coûtera pas un euro.",
        "la mairie de Brévaux",
        "insiste",
        "Le plan … ne coûtera pas un euro",
        BODY,
    ),
    (
        "Deux personnes ont été blessées, a annoncé ce mardi la préfecture du Rhône.",
        "la préfecture du Rhône",
        "a annoncé",
        "Deux personnes ont été blessées",
        BODY,
    ),
    (
        "« C'est une honte », s'est emporté Karim Haddad.",
        "Karim Haddad",
        "s'est emporté",
        "« C'est une honte »",
        PERSON,
    ),
    # frames
    ("Selon le maire, le pont est sûr.", "le maire", "Selon", "le pont est sûr", UNNAMED),
    ("D'après l'Insee, les prix ont baissé en mars.", "l'Insee", "D'après", "les prix ont baissé en mars", BODY),
    ("Le feu est maîtrisé, selon les pompiers.", "les pompiers", "selon", "Le feu est maîtrisé", UNNAMED),
    ("Le pont, selon le rapport, sera réparé en mai.", "le rapport", "selon", "Le pont … sera réparé en mai", PAPER),
    (
        "Selon une étude de l'université de Lyon, le vin blanc se vend mieux.",
        "une étude de l'université de Lyon",
        "Selon",
        "le vin blanc se vend mieux",
        PAPER,
    ),
    (
        "Comme l'a rappelé Paul Mercier, le plan date de 2011.",
        "Paul Mercier",
        "Comme l'a rappelé",
        "le plan date de 2011",
        PERSON,
    ),
    (
        "L'incendie est éteint, a-t-on appris auprès de la gendarmerie.",
        "la gendarmerie",
        "a-t-on appris auprès de",
        "L'incendie est éteint",
        BODY,
    ),
]


def test_there_are_enough():
    assert len(STATEMENTS) >= 25


@pytest.mark.parametrize(("text", "source", "cue", "content", "kind"), STATEMENTS, ids=[s[0][:40] for s in STATEMENTS])
def test_one_statement(text, source, cue, content, kind):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content), a.kind) for a in found] == [
        (source, cue, content, kind)
    ]


MISSES = [
    "Le pont a été construit en 2011 et c'est le plus long de la région.",
    "Le « vieux pont » n'était pas ouvert lundi.",
    "La plainte que la ville a déposée a été classée.",
    "Le rapport a été publié en mai par l'université.",
    "Après le match, il a annoncé son départ.",
    "Paul Mercier a annoncé sa démission mardi.",
    "Contactée, l'entreprise n'a pas répondu à nos questions.",
    "La porte-parole, Claire Bonnard, n'a pas souhaité réagir.",
    "On dit que le pont est vieux.",
    "Ceux qui disent qu'il n'y a pas d'argent se trompent.",
    "Le président n'a pas précisé si des élections auraient lieu.",
    "Des informations selon lesquelles l'usine fermerait ont circulé.",
    "La ville compte deux ponts et une gare.",
    "L'équipe confirme sa bonne forme et répond présent.",
]


@pytest.mark.parametrize("text", MISSES)
def test_nobody_says_anything(text):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content)) for a in found] == []


@pytest.mark.parametrize(
    ("text", "resolved", "mention", "role"),
    [
        ("Paul Mercier est venu. Mercier a dit que le pont est sûr.", "Paul Mercier", Mention.PARTIAL, None),
        (
            "Le maire de Brévaux, Paul Mercier, est venu. Le maire a dit que le pont est sûr.",
            "Paul Mercier",
            Mention.DESCRIPTION,
            "maire de Brévaux",
        ),
        (
            "Claire Bonnard, directrice du musée, est venue. La directrice a dit que le pont est sûr.",
            "Claire Bonnard",
            Mention.DESCRIPTION,
            "directrice du musée",
        ),
        (
            "Claire Bonnard est venue avec Paul Mercier. « Le pont est sûr », a-t-elle déclaré.",
            "Claire Bonnard",
            Mention.PRONOUN,
            None,
        ),
        ("Paul Mercier est venu. « Le pont est sûr », dit-il.", "Paul Mercier", Mention.PRONOUN, None),
        ("Claire Bonnard a visité le chantier et a déclaré que le pont est sûr.", "Claire Bonnard", Mention.NONE, None),
        ("Dominique de La Tour a dit que le pont est sûr.", "Dominique de La Tour", Mention.NAME, None),
        ("Valérie d'Estrées a dit que le pont est sûr.", "Valérie d'Estrées", Mention.NAME, None),
        (
            "La Fédération des commerçants de Brévaux (FCB) est venue. La FCB a dit que le pont est sûr.",
            "Fédération des commerçants de Brévaux",
            Mention.PARTIAL,
            None,
        ),
    ],
)
def test_who_is_meant(text, resolved, mention, role):
    _, found = found_in(text)
    assert [(a.resolved, a.mention, a.role) for a in found] == [(resolved, mention, role)]


def test_one_source_goes_on():
    document, found = found_in("L'étude montre que l'eau est polluée et précise que rien n'a été fait.")
    assert [(texts_of(document, a.content), a.kind) for a in found] == [
        ("que l'eau est polluée", PAPER),
        ("que rien n'a été fait", PAPER),
    ]


def test_a_dash_opens_what_is_said():
    document, found = found_in("—Je ne sais pas —dit Paul Mercier.")
    assert [(texts_of(document, a.content), a.resolved, a.quote) for a in found] == [
        ("—Je ne sais pas —", "Paul Mercier", Quote.DIRECT)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'eau qu'il boit aujourd'hui", ["L", "eau", "qu", "il", "boit", "aujourd'hui"]),
        ("a-t-elle dit", ["a", "elle", "dit"]),
        ("dit-il à d’Artagnan", ["dit", "il", "à", "d", "Artagnan"]),
        ("D'Artagnan et lorsqu'on", ["D'Artagnan", "et", "lorsqu", "on"]),
        ("peut-être rendez-vous", ["peut-être", "rendez-vous"]),
    ],
)
def test_words_written_as_one_are_parted(text, words):
    document, _ = found_in(text)
    assert document.words[: len(words)] == words
    assert all(
        document.article.text[a:b] == w for w, a, b in zip(document.words, document.start, document.end, strict=True)
    )


# Made up. Source as resolved, its kind, the first words of what it says: all that anybody says there.
ARTICLE = """\
La ville de Brévaux va fermer l'un de ses deux ponts à la circulation à partir du mois de juin, a annoncé mardi \
la maire, Claire Bonnard, lors d'une conférence de presse.

« Nous n'avons plus le choix, l'ouvrage est trop abîmé », a expliqué l'élue, qui promet une réouverture avant \
l'hiver. Selon un rapport du cabinet Ingéval, que la mairie a publié lundi, trois des huit piles sont fissurées. \
Les travaux coûteront environ quatre millions d'euros, d'après le conseil départemental, qui en paiera la \
moitié.

Les commerçants du quartier, eux, s'inquiètent. « Sans le pont, on perd la moitié de nos clients », soupire \
Karim Haddad, patron d'une boulangerie de la rue Neuve. Il affirme que personne ne l'a prévenu. L'Union des \
commerçants de Brévaux réclame des aides.

L'opposition dénonce un manque d'entretien. « On savait depuis dix ans que ce pont était malade », accuse Paul \
Mercier, conseiller municipal. Interrogé par l'AFP, le ministère des Transports n'a pas répondu.

Une source proche du dossier assure que la ville avait reçu une première alerte en 2019. Claire Bonnard dément \
avoir eu connaissance de ce courrier. « Je n'ai jamais vu cette lettre », a-t-elle insisté.

Le pont, construit en 1931, est emprunté chaque jour par neuf mille véhicules. Une réunion publique est prévue \
jeudi soir dans la salle des fêtes.
"""
ARTICLE_STATEMENTS = [
    ("Claire Bonnard", PERSON, "La ville de Brévaux va fermer"),
    ("Claire Bonnard", PERSON, "« Nous n'avons plus le choix"),
    ("un rapport du cabinet Ingéval", PAPER, "trois des huit piles"),
    ("conseil départemental", BODY, "Les travaux"),
    ("Karim Haddad", PERSON, "« Sans le pont"),
    ("Karim Haddad", PERSON, "que personne ne l'a prévenu"),
    ("Paul Mercier", PERSON, "« On savait depuis dix ans"),
    ("Une source proche du dossier", UNNAMED, "que la ville avait reçu"),
    ("Claire Bonnard", PERSON, "avoir eu connaissance"),
    ("Claire Bonnard", PERSON, "« Je n'ai jamais vu cette lettre »"),
]


def test_an_article():
    check_openings(ARTICLE, ARTICLE_STATEMENTS)


def test_a_score_rests_on_all_families_of_words():
    measured = measured_in(ARTICLE, "fr")
    for feature in ("tone.loaded", "hedging.epistemic", "boilerplate.copyright", "transparency.agency_credit"):
        assert measured[feature] is not None
    assert measured["hedging.hedged_sentences"] is None
