"""Spanish, a language of lexicon files alone: who says what, who the sources are, and what of a score is left."""

import pytest

from onrecord.features.document import Article, read
from onrecord.features.measurement import Kind, Mention, Quote
from onrecord.scoring.score import score_article

from .conftest import finder, texts_of

PLAIN = (
    "El pleno se celebró en el salón de actos del pueblo y en él estuvieron todos los que viven en la zona, aunque al "
    "final no hubo votación sobre el puente."
)
PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED
found_in = finder("es", PLAIN)

# (text, source, cue, content, kind): all that anybody says in each text.
STATEMENTS = [
    # the source before what it says
    ("Juan Ruiz dijo que el puente es seguro.", "Juan Ruiz", "dijo", "que el puente es seguro", PERSON),
    ("El alcalde de Alba, Juan Ruiz, aseguró este martes que el puente es seguro.",
     "El alcalde de Alba, Juan Ruiz,", "aseguró", "que el puente es seguro", PERSON),
    ("Juan Ruiz, alcalde de Alba, ha asegurado que no habrá recortes.",
     "Juan Ruiz, alcalde de Alba,", "ha asegurado", "que no habrá recortes", PERSON),
    ("La ministra de Sanidad, Mónica Prieto, que ayer visitó el hospital, anunció que contratará a más médicos.",
     "La ministra de Sanidad, Mónica Prieto, que ayer visitó el hospital,", "anunció",
     "que contratará a más médicos", PERSON),
    ("La portavoz del grupo socialista Elena Soto lamentó que no se haya escuchado a los vecinos.",
     "La portavoz del grupo socialista Elena Soto", "lamentó", "que no se haya escuchado a los vecinos", PERSON),
    ("El Ministerio de Economía y Hacienda informó de que el impuesto subirá en enero.",
     "El Ministerio de Economía y Hacienda", "informó", "que el impuesto subirá en enero", BODY),
    ("La Organización Mundial de la Salud advirtió de que el virus avanza con rapidez.",
     "La Organización Mundial de la Salud", "advirtió", "que el virus avanza con rapidez", BODY),
    ("Un portavoz policial indicó a este diario que hay dos detenidos.",
     "Un portavoz policial", "indicó", "que hay dos detenidos", UNNAMED),
    ("Fuentes de la investigación señalaron que el conductor iba solo.",
     "Fuentes de la investigación", "señalaron", "que el conductor iba solo", UNNAMED),
    ("Una fuente del ministerio, que habló bajo condición de anonimato, admitió que hubo errores.",
     "Una fuente del ministerio, que habló bajo condición de anonimato,", "admitió", "que hubo errores", UNNAMED),
    ("Los sindicatos, por su parte, aseguran que irán a la huelga.",
     "Los sindicatos", "aseguran", "que irán a la huelga", UNNAMED),
    ("Un informe de la Universidad de Granada concluye que el río está contaminado.",
     "Un informe de la Universidad de Granada", "concluye", "que el río está contaminado", PAPER),
    ("La sentencia establece que el contrato era nulo.",
     "La sentencia", "establece", "que el contrato era nulo", PAPER),
    ("Tras la reunión, la consejera ha explicado que el colegio seguirá abierto.",
     "la consejera", "ha explicado", "que el colegio seguirá abierto", UNNAMED),
    ("La oposición sostiene que el plan es ilegal.", "La oposición", "sostiene", "que el plan es ilegal", UNNAMED),
    ("Ana Prieto negó haber cobrado dinero de la empresa.",
     "Ana Prieto", "negó", "haber cobrado dinero de la empresa", PERSON),
    ("Los vecinos temen que el río se desborde.", "Los vecinos", "temen", "que el río se desborde", UNNAMED),
    ("El secretario general de la ONU, António Guterres, alertó de que «el mundo va por mal camino».",
     "El secretario general de la ONU, António Guterres,", "alertó", "que «el mundo va por mal camino»", PERSON),
    ("El fiscal calificó la maniobra de «fraude sin precedentes».",
     "El fiscal", "calificó", "«fraude sin precedentes»", UNNAMED),
    ("Ruiz explicó: «El dinero no llegó nunca a la cuenta».",
     "Ruiz", "explicó", "«El dinero no llegó nunca a la cuenta»", PERSON),
    # behind its verb
    ("Asegura Ruiz que el plan es viejo.", "Ruiz", "Asegura", "que el plan es viejo", PERSON),
    ("Explica el estudio que el agua es mala.", "el estudio", "Explica", "que el agua es mala", PAPER),
    ("«El puente es seguro», dijo Juan Ruiz.", "Juan Ruiz", "dijo", "«El puente es seguro»", PERSON),
    ("“No hay riesgo para nadie”, ha dicho la portavoz del Gobierno, Ana Prieto, en una rueda de prensa.",
     "la portavoz del Gobierno, Ana Prieto", "ha dicho", "“No hay riesgo para nadie”", PERSON),
    ('"No lo sabíamos", explica el director del centro a los periodistas.',
     "el director del centro", "explica", '"No lo sabíamos"', UNNAMED),
    ("“El tren iba muy rápido”, relata una pasajera que viajaba en el segundo vagón.",
     "una pasajera", "relata", "“El tren iba muy rápido”", UNNAMED),
    ("“¿Quién va a pagar esto?”, se pregunta Marta Gil, dueña del bar.",
     "Marta Gil, dueña del bar", "se pregunta", "“¿Quién va a pagar esto?”", PERSON),
    ("«No vamos a parar», prometió el consejero delegado de la compañía, Luis Arce, «hasta que cobremos».",
     "el consejero delegado de la compañía, Luis Arce", "prometió",
     "«No vamos a parar» … «hasta que cobremos»", PERSON),
    ("El plan, insistió el Ayuntamiento, no costará un euro.",
     "el Ayuntamiento", "insistió", "El plan … no costará un euro", BODY),
    # frames
    ("Según el alcalde, el puente es seguro.", "el alcalde", "Según", "el puente es seguro", UNNAMED),
    ("Según el alcalde de Alba, Juan Ruiz, el puente es seguro.",
     "el alcalde de Alba, Juan Ruiz", "Según", "el puente es seguro", PERSON),
    ("El fuego está controlado, según la Guardia Civil.",
     "la Guardia Civil", "según", "El fuego está controlado", BODY),
    ("El puente, según el informe, será reparado en mayo.",
     "el informe", "según", "El puente … será reparado en mayo", PAPER),
    ("Según informó la Policía Nacional, los dos hombres huyeron en una moto.",
     "la Policía Nacional", "Según informó", "los dos hombres huyeron en una moto", BODY),
    ("El tren descarriló a las ocho, según han confirmado fuentes de Renfe.",
     "fuentes de Renfe", "según han confirmado", "El tren descarriló a las ocho", UNNAMED),
    ("De acuerdo con la Agencia Estatal de Meteorología, lloverá el jueves.",
     "la Agencia Estatal de Meteorología", "De acuerdo con", "lloverá el jueves", BODY),
    ("Como recordó Juan Ruiz, el plan es de 2011.", "Juan Ruiz", "Como recordó", "el plan es de 2011", PERSON),
    ("Según una encuesta del CIS, el paro preocupa a la mitad de los españoles.",
     "una encuesta del CIS", "Según", "el paro preocupa a la mitad de los españoles", PAPER),
    # dashes
    ("—No sabíamos nada de la obra —dijo Juan Ruiz.", "Juan Ruiz", "dijo", "—No sabíamos nada de la obra —", PERSON),
    ("—Volveremos mañana —prometió la alcaldesa.", "la alcaldesa", "prometió", "—Volveremos mañana —", UNNAMED),
]  # fmt: skip


def test_there_are_forty():
    assert len(STATEMENTS) == 40


@pytest.mark.parametrize(("text", "source", "cue", "content", "kind"), STATEMENTS, ids=[s[0][:40] for s in STATEMENTS])
def test_one_statement(text, source, cue, content, kind):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content), a.kind) for a in found] == [
        (source, cue, content, kind)
    ]


MISSES = [
    "El puente se construyó en 2011 y es el más largo de la provincia.",
    "El llamado “puente viejo” no estaba abierto el lunes.",
    "La canción «Puente sobre el río» sonó en la plaza.",
    "La denuncia que presentó el Ayuntamiento fue archivada.",
    "El informe fue publicado en mayo por la universidad.",
    "Tras el partido, anunció su retirada.",
    "Tras la reunión, Juan Ruiz anunció su dimisión.",
    "Mientras tanto, el Ayuntamiento de Alba pidió ayuda.",
    "La empresa no ha respondido a las preguntas de este diario.",
    "La portavoz municipal, Ana Prieto, no quiso hacer declaraciones.",
    "El río creció y el alcalde pidió calma.",
    "Se dice que el puente es viejo.",
    "Los que dicen que no hay dinero se equivocan.",
    "El hombre que dijo ser el dueño se fue.",
    "El dicho dice más que mil palabras.",
    "El presidente no ha querido precisar si habrá elecciones.",
    "Dicho esto, el puente es seguro.",
    "El plan según el cual se cerraría la escuela fue retirado.",
    "La obra se hizo según lo previsto.",
    "El equipo responde bien y confirma su buen momento.",
]


def test_there_are_twenty():
    assert len(MISSES) == 20


@pytest.mark.parametrize("text", MISSES)
def test_nobody_says_anything(text):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content)) for a in found] == []


@pytest.mark.parametrize(
    ("text", "resolved", "mention", "role"),
    [
        # by the first of two surnames, and by the second
        ("Juan Ruiz López visitó la obra. Ruiz dijo que es segura.", "Juan Ruiz López", Mention.PARTIAL, None),
        ("José Luis Gil Zamora vino. Zamora dijo que es segura.", "José Luis Gil Zamora", Mention.PARTIAL, None),
        # by role
        ("El alcalde de Alba, Juan Ruiz, vino. El alcalde dijo que es segura.",
         "Juan Ruiz", Mention.DESCRIPTION, "alcalde de Alba"),
        ("Ana Prieto, directora del museo, vino. La directora dijo que es segura.",
         "Ana Prieto", Mention.DESCRIPTION, "directora del museo"),
        # by a pronoun, and by nothing but the verb
        ("Ana Prieto visitó la obra con Juan Ruiz. Ella dijo que es segura.", "Ana Prieto", Mention.PRONOUN, None),
        ("Ana Prieto visitó la obra y dijo que es segura.", "Ana Prieto", Mention.NONE, None),
        ("La visita de Ana Prieto fue breve. Dijo que la obra es segura.", "Ana Prieto", Mention.NONE, None),
        # particles and bodies
        ("Carmen de la Torre dijo que es segura.", "Carmen de la Torre", Mention.NAME, None),
        ("La Confederación de Empresarios de Alba (CEA) vino. La CEA dijo que es segura.",
         "Confederación de Empresarios de Alba", Mention.PARTIAL, None),
    ],
)  # fmt: skip
def test_who_is_meant(text, resolved, mention, role):
    _, found = found_in(text)
    assert [(a.resolved, a.mention, a.role) for a in found] == [(resolved, mention, role)]


def test_one_source_goes_on():
    document, found = found_in("Juan Ruiz dijo que no dimitirá y añadió que pedirá perdón. «No hay más», zanjó.")
    assert [(texts_of(document, a.content), a.resolved) for a in found] == [
        ("que no dimitirá", "Juan Ruiz"),
        ("que pedirá perdón", "Juan Ruiz"),
        ("«No hay más»", "Juan Ruiz"),
    ]


def test_people_say():
    _, found = found_in("Ana Prieto dijo que vendrá. Dicen que el puente es viejo.")
    assert [(a.kind, a.resolved) for a in found] == [(PERSON, "Ana Prieto"), (Kind.UNRESOLVED, None)]


def test_what_was_said_before_is_confirmed():
    document, found = found_in("El puente es seguro. Así lo ha confirmado la Policía Nacional.")
    assert [(a.resolved, texts_of(document, a.content)) for a in found] == [("Policía Nacional", "El puente es seguro")]


def test_a_dash_opens_what_is_said_and_closes_an_inset():
    document, found = found_in("—No lo sé —dijo Juan Ruiz—. Nadie nos avisó de nada.")
    assert [(texts_of(document, a.content), a.resolved, a.quote) for a in found] == [
        ("—No lo sé —", "Juan Ruiz", Quote.DIRECT),
        ("Nadie nos avisó de nada.", "Juan Ruiz", Quote.DIRECT),
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("El Sr. Ruiz vino. ¿Quién lo invitó? Nadie.", 3),
        ("Vino a EE. UU. con J. Gil. Se fue.", 2),
        ("«Vengo. Me voy». Eso dijo.", 3),
    ],
)
def test_sentences(text, sentences):
    document = read(Article(f"{text}\n\n{PLAIN}"))
    assert len(document.sentences) == sentences + 1


def test_a_score_rests_on_what_spanish_has_and_says_what_is_missing():
    report = score_article(Article("\n\n".join(text for text, *_ in STATEMENTS[:20])))
    assert report.language == "es"
    assert not report.score.abstained
    notes = {note.code: note.message for note in report.notes}
    assert notes["missing_families"].endswith(": voice.")
    measured = {f.feature.id: f.value for family in report.families for f in family.features}
    assert measured["named_sourcing.persons"] >= 5
    assert measured["attribution.rate"] > 0
    assert measured["tone.loaded"] is not None
    assert measured["hedging.modal"] is not None
    assert measured["hedging.hedged_sentences"] is None
    assert measured["readability.automated_readability_index"] is None
    assert report.score.high - report.score.low > 40
