"""Italian, a language of lexicon files alone: who says what, who the sources are, and an article of all of it."""

import pytest

from onrecord.features.measurement import Kind, Mention, Quote

from .conftest import check_openings, finder, measured_in, texts_of

PLAIN = (
    "Il consiglio si è tenuto nella sala del paese e c'erano tutti quelli che vivono nella zona, ma alla fine non c'è "
    "stato il voto sul ponte, che è ancora chiuso."
)
PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED
found_in = finder("it", PLAIN)

# (text, source, cue, content, kind): all that anybody says in each text.
STATEMENTS = [
    ("Marco Ferrante ha detto che il ponte è sicuro.", "Marco Ferrante", "ha detto", "che il ponte è sicuro", PERSON),
    (
        "Il sindaco di Castelrovo, Marco Ferrante, assicura che il ponte è sicuro.",
        "Il sindaco di Castelrovo, Marco Ferrante,",
        "assicura",
        "che il ponte è sicuro",
        PERSON,
    ),
    (
        "Lucia Bassi, presidente della Regione, ha aggiunto che non ci saranno tagli.",
        "Lucia Bassi, presidente della Regione,",
        "ha aggiunto",
        "che non ci saranno tagli",
        PERSON,
    ),
    (
        "L'avvocato della famiglia, Paolo Neri, ha poi ricordato che l'inchiesta va avanti.",
        "L'avvocato della famiglia, Paolo Neri,",
        "ha poi ricordato",
        "che l'inchiesta va avanti",
        PERSON,
    ),
    (
        "Il ministero dell'Interno ha confermato che un agente è rimasto ferito.",
        "Il ministero dell'Interno",
        "ha confermato",
        "che un agente è rimasto ferito",
        BODY,
    ),
    (
        "L'Organizzazione mondiale della sanità avverte che il virus circola ancora.",
        "L'Organizzazione mondiale della sanità",
        "avverte",
        "che il virus circola ancora",
        BODY,
    ),
    (
        "Una fonte vicina al dossier assicura che la banca era stata avvisata.",
        "Una fonte vicina al dossier",
        "assicura",
        "che la banca era stata avvisata",
        UNNAMED,
    ),
    (
        "Alcuni testimoni raccontano che il treno andava molto veloce.",
        "Alcuni testimoni",
        "raccontano",
        "che il treno andava molto veloce",
        UNNAMED,
    ),
    (
        "Un funzionario americano, che ha chiesto l'anonimato, ha ammesso che l'accordo è fragile.",
        "Un funzionario americano, che ha chiesto l'anonimato,",
        "ha ammesso",
        "che l'accordo è fragile",
        UNNAMED,
    ),
    (
        "I sindacati, dal canto loro, affermano che lo sciopero sarà seguito.",
        "I sindacati",
        "affermano",
        "che lo sciopero sarà seguito",
        UNNAMED,
    ),
    (
        "Un rapporto dell'Istat sottolinea che gli affitti sono aumentati.",
        "Un rapporto dell'Istat",
        "sottolinea",
        "che gli affitti sono aumentati",
        PAPER,
    ),
    (
        "Lucia Bassi nega di aver ricevuto soldi dall'azienda.",
        "Lucia Bassi",
        "nega",
        "di aver ricevuto soldi dall'azienda",
        PERSON,
    ),
    (
        "Ferrante ha detto di non voler lasciare l'incarico.",
        "Ferrante",
        "ha detto",
        "di non voler lasciare l'incarico",
        PERSON,
    ),
    (
        "I residenti temono che il fiume esca dagli argini.",
        "I residenti",
        "temono",
        "che il fiume esca dagli argini",
        UNNAMED,
    ),
    (
        "Ferrante ha spiegato: «I soldi non sono mai arrivati sul conto».",
        "Ferrante",
        "ha spiegato",
        "«I soldi non sono mai arrivati sul conto»",
        PERSON,
    ),
    (
        "Il procuratore ha definito la manovra una «frode senza precedenti».",
        "Il procuratore",
        "ha definito",
        "«frode senza precedenti»",
        UNNAMED,
    ),
    ("«Il ponte è sicuro», ha detto Marco Ferrante.", "Marco Ferrante", "ha detto", "«Il ponte è sicuro»", PERSON),
    (
        "“Non c'è alcun rischio”, ha assicurato ieri la portavoce del governo, Lucia Bassi, in conferenza stampa.",
        "la portavoce del governo, Lucia Bassi",
        "ha assicurato",
        "“Non c'è alcun rischio”",
        PERSON,
    ),
    (
        "«Non ne sapevamo nulla», spiega il direttore del centro ai giornalisti.",
        "il direttore del centro",
        "spiega",
        "«Non ne sapevamo nulla»",
        UNNAMED,
    ),
    (
        "«Il treno andava fortissimo», racconta una passeggera che viaggiava in testa.",
        "una passeggera",
        "racconta",
        "«Il treno andava fortissimo»",
        UNNAMED,
    ),
    (
        "«Chi pagherà?», si chiede Anna Greco, titolare del bar.",
        "Anna Greco, titolare del bar",
        "si chiede",
        "«Chi pagherà?»",
        PERSON,
    ),
    (
        "Il piano, insiste il Comune di Castelrovo, non costerà un euro.",
        "il Comune di Castelrovo",
        "insiste",
        "Il piano … non costerà un euro",
        BODY,
    ),
    (
        "Due persone sono rimaste ferite, ha reso noto questa mattina la questura di Roma.",
        "la questura di Roma",
        "ha reso noto",
        "Due persone sono rimaste ferite",
        BODY,
    ),
    ("Secondo il sindaco, il ponte è sicuro.", "il sindaco", "Secondo", "il ponte è sicuro", UNNAMED),
    (
        "L'incendio è sotto controllo, secondo i vigili del fuoco.",
        "i vigili del fuoco",
        "secondo",
        "L'incendio è sotto controllo",
        UNNAMED,
    ),
    ("Stando all'Istat, i prezzi sono scesi a marzo.", "Istat", "Stando all", "i prezzi sono scesi a marzo", BODY),
    (
        "Il ponte, secondo la perizia, sarà riparato a maggio.",
        "la perizia",
        "secondo",
        "Il ponte … sarà riparato a maggio",
        PAPER,
    ),
    (
        "Secondo uno studio dell'università di Pisa, il vino bianco si vende meglio.",
        "uno studio dell'università di Pisa",
        "Secondo",
        "il vino bianco si vende meglio",
        PAPER,
    ),
    (
        "Come ha ricordato Marco Ferrante, il piano è del 2011.",
        "Marco Ferrante",
        "Come ha ricordato",
        "il piano è del 2011",
        PERSON,
    ),
    (
        "I due uomini sono fuggiti in moto, secondo quanto riferito da fonti della questura.",
        "fonti della questura",
        "secondo quanto riferito da",
        "I due uomini sono fuggiti in moto",
        UNNAMED,
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
    "Il ponte è stato costruito nel 2011 ed è il più lungo della regione.",
    "Il cosiddetto «ponte vecchio» lunedì non era aperto.",
    "La denuncia che il Comune ha presentato è stata archiviata.",
    "Il rapporto è stato pubblicato a maggio dall'università.",
    "Dopo la partita ha annunciato il ritiro.",
    "Marco Ferrante ha annunciato le dimissioni martedì.",
    "Interpellata, l'azienda non ha risposto alle nostre domande.",
    "La portavoce, Lucia Bassi, non ha voluto commentare.",
    "Si dice che il ponte sia vecchio.",
    "Chi dice che non ci sono soldi si sbaglia.",
    "Il secondo ponte, costruito nel 1990, è chiuso.",
    "Nel secondo tempo, la squadra è crollata.",
    "La città ha due ponti e una stazione.",
    "La squadra conferma il buon momento e risponde bene.",
]


@pytest.mark.parametrize("text", MISSES)
def test_nobody_says_anything(text):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content)) for a in found] == []


@pytest.mark.parametrize(
    ("text", "resolved", "mention", "role"),
    [
        (
            "Marco Ferrante è arrivato. Ferrante ha detto che il ponte è sicuro.",
            "Marco Ferrante",
            Mention.PARTIAL,
            None,
        ),
        (
            "Il sindaco di Castelrovo, Marco Ferrante, è arrivato. Il sindaco ha detto che il ponte è sicuro.",
            "Marco Ferrante",
            Mention.DESCRIPTION,
            "sindaco di Castelrovo",
        ),
        (
            "Lucia Bassi, direttrice del museo, è arrivata. La direttrice ha detto che il ponte è sicuro.",
            "Lucia Bassi",
            Mention.DESCRIPTION,
            "direttrice del museo",
        ),
        (
            "L'assessora ai Lavori pubblici, Lucia Bassi, è arrivata. L'assessora ha detto che il ponte è sicuro.",
            "Lucia Bassi",
            Mention.DESCRIPTION,
            "assessora ai Lavori pubblici",
        ),
        (
            "Lucia Bassi è arrivata con Marco Ferrante. Lei ha detto che il ponte è sicuro.",
            "Lucia Bassi",
            Mention.PRONOUN,
            None,
        ),
        ("La visita di Lucia Bassi è stata breve. Ha detto che il ponte è sicuro.", "Lucia Bassi", Mention.NONE, None),
        ("Lucia Bassi ha visitato il cantiere e ha detto che il ponte è sicuro.", "Lucia Bassi", Mention.NONE, None),
        ("Massimo D'Alessi ha detto che il ponte è sicuro.", "Massimo D'Alessi", Mention.NAME, None),
        ("Vincenzo De Rosa ha detto che il ponte è sicuro.", "Vincenzo De Rosa", Mention.NAME, None),
        (
            "La Federazione italiana dei medici ha detto che il ponte è sicuro.",
            "Federazione italiana dei medici",
            Mention.NAME,
            None,
        ),
    ],
)
def test_who_is_meant(text, resolved, mention, role):
    _, found = found_in(text)
    assert [(a.resolved, a.mention, a.role) for a in found] == [(resolved, mention, role)]


def test_what_was_said_before_is_confirmed():
    document, found = found_in("Il ponte è sicuro. Lo ha confermato il sindaco Marco Ferrante.")
    assert [(a.resolved, texts_of(document, a.content)) for a in found] == [("Marco Ferrante", "Il ponte è sicuro")]


def test_a_quotation_goes_on_behind_its_source():
    document, found = found_in("«Non ci fermeremo», ha promesso Marco Ferrante, «finché non ci pagheranno tutti».")
    assert [(texts_of(document, a.content), a.quote) for a in found] == [
        ("«Non ci fermeremo» … «finché non ci pagheranno tutti»", Quote.DIRECT)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'acqua dell'Adige", ["L", "acqua", "dell", "Adige"]),
        ("Massimo D'Alessi e d’Italia", ["Massimo", "D'Alessi", "e", "d", "Italia"]),
        ("Sant'Anna e Dell'Orto", ["Sant'Anna", "e", "Dell'Orto"]),
    ],
)
def test_elided_words_are_parted(text, words):
    document, _ = found_in(text)
    assert document.words[: len(words)] == words


# Made up. Source as resolved, its kind, the first words of what it says: all that anybody says there.
ARTICLE = """\
Il ponte vecchio di Castelrovo resterà chiuso fino a settembre. Lo ha annunciato ieri il sindaco, Marco \
Ferrante, al termine di una riunione in prefettura.

«Non possiamo correre rischi, la struttura è malata», ha detto Ferrante ai giornalisti. Secondo una perizia del \
Politecnico di Torino, due piloni su sei presentano crepe profonde. I lavori costeranno tre milioni di euro, ha \
spiegato l'assessora ai Lavori pubblici, Lucia Bassi, e saranno pagati in parte dalla Regione Piemonte.

I commercianti protestano. «Così ci fanno chiudere», sbotta Gino Parisi, titolare di un bar in via Roma. Secondo \
Parisi, nessuno ha avvertito i negozianti. La Confesercenti chiede un tavolo con il Comune e fa sapere che i \
suoi iscritti sono pronti a scendere in piazza.

L'opposizione attacca la giunta. «Lo sapevano da anni», accusa la consigliera Anna Greco. Stando a fonti vicine \
all'inchiesta, la procura ha già acquisito i documenti. Il presidente della Regione, interpellato dall'ANSA, non \
ha voluto commentare.

Ferrante sostiene di non aver mai ricevuto segnalazioni. «Se qualcuno ha le prove, le porti in tribunale», ha \
aggiunto.

Il ponte, costruito nel 1928, è attraversato ogni giorno da settemila auto. Il prossimo incontro con i residenti \
è fissato per giovedì sera nella palestra della scuola media.
"""
ARTICLE_STATEMENTS = [
    ("Marco Ferrante", PERSON, "Il ponte vecchio di Castelrovo"),
    ("Marco Ferrante", PERSON, "«Non possiamo correre rischi"),
    ("una perizia del Politecnico di Torino", PAPER, "due piloni su sei"),
    ("Lucia Bassi", PERSON, "I lavori costeranno"),
    ("Gino Parisi", PERSON, "«Così ci fanno chiudere»"),
    ("Gino Parisi", PERSON, "nessuno ha avvertito"),
    ("Confesercenti", BODY, "che i suoi iscritti"),
    ("Anna Greco", PERSON, "«Lo sapevano da anni»"),
    ("fonti vicine all'inchiesta", UNNAMED, "la procura ha già"),
    ("Marco Ferrante", PERSON, "di non aver mai ricevuto"),
    ("Marco Ferrante", PERSON, "«Se qualcuno ha le prove"),
]


def test_an_article():
    check_openings(ARTICLE, ARTICLE_STATEMENTS)


def test_a_score_rests_on_all_families_of_words():
    measured = measured_in(ARTICLE, "it")
    for feature in ("tone.loaded", "hedging.epistemic", "boilerplate.copyright", "transparency.agency_credit"):
        assert measured[feature] is not None
    assert measured["hedging.hedged_sentences"] is None
