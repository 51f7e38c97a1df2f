"""Portuguese, a language of lexicon files alone: who says what, who the sources are, and an article of all of it."""

import pytest

from onrecord.features.measurement import Kind, Mention, Quote

from .conftest import check_openings, finder, measured_in, texts_of

PLAIN = (
    "A sessão foi na sala do povo e nela estavam todos os que vivem na zona, mas no final não houve votação sobre a "
    "ponte, que ainda não abriu ao público."
)
PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED
found_in = finder("pt", PLAIN)

# (text, source, cue, content, kind): all that anybody says in each text.
STATEMENTS = [
    ("Tiago Lemos disse que a ponte é segura.", "Tiago Lemos", "disse", "que a ponte é segura", PERSON),
    (
        "O prefeito de Vale Formoso, Tiago Lemos, garante que a ponte é segura.",
        "O prefeito de Vale Formoso, Tiago Lemos,",
        "garante",
        "que a ponte é segura",
        PERSON,
    ),
    (
        "Helena Duarte, presidente da câmara, acrescentou que não haverá cortes.",
        "Helena Duarte, presidente da câmara,",
        "acrescentou",
        "que não haverá cortes",
        PERSON,
    ),
    (
        "A advogada da família, Rita Sousa, lembrou nesta quarta-feira que o inquérito continua.",
        "A advogada da família, Rita Sousa,",
        "lembrou",
        "que o inquérito continua",
        PERSON,
    ),
    (
        "O Ministério da Saúde confirmou que um médico foi afastado.",
        "O Ministério da Saúde",
        "confirmou",
        "que um médico foi afastado",
        BODY,
    ),
    (
        "A Organização Mundial da Saúde alerta que o vírus ainda circula.",
        "A Organização Mundial da Saúde",
        "alerta",
        "que o vírus ainda circula",
        BODY,
    ),
    (
        "Uma fonte próxima do processo assegurou que o banco tinha sido avisado.",
        "Uma fonte próxima do processo",
        "assegurou",
        "que o banco tinha sido avisado",
        UNNAMED,
    ),
    (
        "Várias testemunhas contaram que o trem vinha muito rápido.",
        "Várias testemunhas",
        "contaram",
        "que o trem vinha muito rápido",
        UNNAMED,
    ),
    (
        "Um funcionário americano, que pediu anonimato, admitiu que o acordo é frágil.",
        "Um funcionário americano, que pediu anonimato,",
        "admitiu",
        "que o acordo é frágil",
        UNNAMED,
    ),
    (
        "Os sindicatos, por sua vez, afirmam que a greve vai continuar.",
        "Os sindicatos",
        "afirmam",
        "que a greve vai continuar",
        UNNAMED,
    ),
    (
        "Um relatório do IBGE aponta que os aluguéis subiram.",
        "Um relatório do IBGE",
        "aponta",
        "que os aluguéis subiram",
        PAPER,
    ),
    ("A sentença estabelece que o contrato era nulo.", "A sentença", "estabelece", "que o contrato era nulo", PAPER),
    (
        "Helena Duarte nega ter recebido dinheiro da empresa.",
        "Helena Duarte",
        "nega",
        "ter recebido dinheiro da empresa",
        PERSON,
    ),
    ("Lemos disse não saber de nada.", "Lemos", "disse", "não saber de nada", PERSON),
    ("Os moradores temem que o rio transborde.", "Os moradores", "temem", "que o rio transborde", UNNAMED),
    (
        "Lemos explicou: “O dinheiro nunca chegou à conta”.",
        "Lemos",
        "explicou",
        "“O dinheiro nunca chegou à conta”",
        PERSON,
    ),
    (
        "O promotor classificou a manobra de “fraude sem precedentes”.",
        "O promotor",
        "classificou",
        "“fraude sem precedentes”",
        UNNAMED,
    ),
    ("“A ponte é segura”, disse Tiago Lemos.", "Tiago Lemos", "disse", "“A ponte é segura”", PERSON),
    (
        "“Não sabíamos de nada”, explica o diretor do centro aos jornalistas.",
        "o diretor do centro",
        "explica",
        "“Não sabíamos de nada”",
        UNNAMED,
    ),
    (
        "“O trem ia muito rápido”, conta uma passageira que viajava no segundo vagão.",
        "uma passageira",
        "conta",
        "“O trem ia muito rápido”",
        UNNAMED,
    ),
    (
        "“Quem vai pagar?”, questiona Marta Gil, dona do bar.",
        "Marta Gil, dona do bar",
        "questiona",
        "“Quem vai pagar?”",
        PERSON,
    ),
    (
        "O plano, insiste a Prefeitura de Vale Formoso, não vai custar um real.",
        "a Prefeitura de Vale Formoso",
        "insiste",
        "O plano … não vai custar um real",
        BODY,
    ),
    (
        "Duas pessoas ficaram feridas, informou nesta segunda-feira a Polícia Civil.",
        "a Polícia Civil",
        "informou",
        "Duas pessoas ficaram feridas",
        BODY,
    ),
    ("Segundo o prefeito, a ponte é segura.", "o prefeito", "Segundo", "a ponte é segura", UNNAMED),
    ("O fogo está controlado, segundo os bombeiros.", "os bombeiros", "segundo", "O fogo está controlado", UNNAMED),
    ("De acordo com o IBGE, os preços caíram em março.", "IBGE", "De acordo com o", "os preços caíram em março", BODY),
    (
        "A ponte, segundo o laudo, será reparada em maio.",
        "o laudo",
        "segundo",
        "A ponte … será reparada em maio",
        PAPER,
    ),
    (
        "Conforme explicou Tiago Lemos, o plano é de 2011.",
        "Tiago Lemos",
        "Conforme explicou",
        "o plano é de 2011",
        PERSON,
    ),
    ("Para a economista Rita Sousa, o imposto é alto.", "a economista Rita Sousa", "Para", "o imposto é alto", PERSON),
    ("—Não sabíamos nada da obra —disse Tiago Lemos.", "Tiago Lemos", "disse", "—Não sabíamos nada da obra —", PERSON),
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
    "A ponte foi construída em 2011 e é a mais longa da região.",
    "A chamada “ponte velha” não estava aberta na segunda-feira.",
    "A queixa que a câmara apresentou foi arquivada.",
    "O relatório foi publicado em maio pela universidade.",
    "Depois do jogo, anunciou a saída.",
    "Tiago Lemos anunciou a demissão na terça-feira.",
    "Procurada, a empresa não respondeu às perguntas.",
    "A porta-voz, Helena Duarte, não quis comentar.",
    "Diz-se que a ponte é velha.",
    "Os que dizem que não há dinheiro estão enganados.",
    "O segundo prédio, construído em 1990, está fechado.",
    "No segundo turno, a disputa foi apertada.",
    "A cidade tem duas pontes e uma estação.",
    "A equipe confirma a boa fase e responde bem.",
    "Para o Brasil, a viagem foi longa.",
]


@pytest.mark.parametrize("text", MISSES)
def test_nobody_says_anything(text):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content)) for a in found] == []


@pytest.mark.parametrize(
    ("text", "resolved", "mention", "role"),
    [
        ("Tiago Lemos veio. Lemos disse que a ponte é segura.", "Tiago Lemos", Mention.PARTIAL, None),
        (
            "O prefeito de Vale Formoso, Tiago Lemos, veio. O prefeito disse que a ponte é segura.",
            "Tiago Lemos",
            Mention.DESCRIPTION,
            "prefeito de Vale Formoso",
        ),
        (
            "Helena Duarte, diretora do museu, veio. A diretora disse que a ponte é segura.",
            "Helena Duarte",
            Mention.DESCRIPTION,
            "diretora do museu",
        ),
        ("Helena Duarte veio com Tiago Lemos. Ela disse que a ponte é segura.", "Helena Duarte", Mention.PRONOUN, None),
        ("A visita de Helena Duarte foi breve. Disse que a ponte é segura.", "Helena Duarte", Mention.NONE, None),
        ("Helena Duarte visitou a obra e disse que a ponte é segura.", "Helena Duarte", Mention.NONE, None),
        ("José Carlos dos Santos disse que a ponte é segura.", "José Carlos dos Santos", Mention.NAME, None),
        ("João Pedro Alves Filho disse que a ponte é segura.", "João Pedro Alves Filho", Mention.NAME, None),
        (
            "A Associação dos Comerciantes de Braga (ACB) veio. A ACB disse que a ponte é segura.",
            "Associação dos Comerciantes de Braga",
            Mention.PARTIAL,
            None,
        ),
    ],
)
def test_who_is_meant(text, resolved, mention, role):
    _, found = found_in(text)
    assert [(a.resolved, a.mention, a.role) for a in found] == [(resolved, mention, role)]


def test_one_source_goes_on():
    document, found = found_in(
        "Tiago Lemos disse que não sai e acrescentou que vai recorrer. “É tudo mentira”, rematou."
    )
    assert [(texts_of(document, a.content), a.resolved) for a in found] == [
        ("que não sai", "Tiago Lemos"),
        ("que vai recorrer", "Tiago Lemos"),
        ("“É tudo mentira”", "Tiago Lemos"),
    ]


def test_people_say():
    _, found = found_in("Helena Duarte disse que vem. Dizem que a ponte é velha.")
    assert [(a.kind, a.resolved) for a in found] == [(PERSON, "Helena Duarte"), (Kind.UNRESOLVED, None)]


def test_a_dash_opens_what_is_said_and_closes_an_inset():
    document, found = found_in("—Não sei —disse Tiago Lemos—. Ninguém nos avisou de nada.")
    assert [(texts_of(document, a.content), a.resolved, a.quote) for a in found] == [
        ("—Não sei —", "Tiago Lemos", Quote.DIRECT),
        ("Ninguém nos avisou de nada.", "Tiago Lemos", Quote.DIRECT),
    ]


def test_pronouns_behind_a_hyphen_are_parted():
    document, _ = found_in("Disse-lhe que a segunda-feira acabou.")
    assert document.words[:6] == ["Disse", "lhe", "que", "a", "segunda-feira", "acabou"]


# Made up. Source as resolved, its kind, the first words of what it says: all that anybody says there.
ARTICLE = """\
A ponte velha de Vale Formoso vai fechar ao trânsito a partir de maio, anunciou nesta terça-feira a prefeita da \
cidade, Helena Duarte.

“Não temos escolha, a estrutura está doente”, disse a prefeita em entrevista coletiva. Segundo um relatório da \
Universidade de São Paulo, três dos oito pilares têm rachaduras. A obra vai custar R$ 12 milhões, de acordo com \
a Secretaria de Transportes, e deve durar seis meses.

Os comerciantes reclamam. “Sem a ponte, perdemos metade dos clientes”, lamenta Rui Barros, dono de uma padaria \
no centro. Ele afirma que ninguém foi avisado. A Associação Comercial de Vale Formoso pede ajuda e diz que cem \
lojas podem fechar as portas.

A oposição critica a prefeitura. “Já se sabia disso havia dez anos”, acusa o vereador Tiago Lemos, do PSD. \
Fontes próximas à investigação contaram que um primeiro alerta foi enviado em 2019. Procurado pela reportagem, o \
Ministério dos Transportes não respondeu.

Duarte nega ter recebido o documento. “Nunca vi essa carta”, insistiu. Para o engenheiro Carlos Mota, que \
estudou a ponte, o desgaste era visível.

A ponte, construída em 1931, recebe nove mil veículos por dia. Uma audiência com os moradores está marcada para \
quinta à noite no ginásio da escola.
"""
ARTICLE_STATEMENTS = [
    ("Helena Duarte", PERSON, "A ponte velha de Vale Formoso"),
    ("Helena Duarte", PERSON, "“Não temos escolha"),
    ("um relatório da Universidade de São Paulo", PAPER, "três dos oito pilares"),
    ("Secretaria de Transportes", BODY, "A obra vai custar"),
    ("Rui Barros", PERSON, "“Sem a ponte"),
    ("Rui Barros", PERSON, "que ninguém foi avisado"),
    ("Associação Comercial de Vale Formoso", BODY, "que cem lojas"),
    ("Tiago Lemos", PERSON, "“Já se sabia disso"),
    ("Fontes próximas à investigação", UNNAMED, "que um primeiro alerta"),
    ("Helena Duarte", PERSON, "ter recebido o documento"),
    ("Helena Duarte", PERSON, "“Nunca vi essa carta”"),
    ("Carlos Mota", PERSON, "o desgaste era visível"),
]


def test_an_article():
    check_openings(ARTICLE, ARTICLE_STATEMENTS)


def test_a_score_rests_on_all_families_of_words():
    measured = measured_in(ARTICLE, "pt")
    for feature in ("tone.loaded", "hedging.epistemic", "boilerplate.copyright", "transparency.agency_credit"):
        assert measured[feature] is not None
    assert measured["hedging.hedged_sentences"] is None
