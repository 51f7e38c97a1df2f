"""The words of hedging, tone, transparency and boilerplate in Spanish, French, Italian and Portuguese."""

import pytest

from onrecord.features import measure
from onrecord.features.document import Article, read

PLAIN = {
    "es": "El pleno se celebró en el salón del pueblo y en él estuvieron todos los que viven en la zona.",
    "fr": "Le conseil s'est tenu dans la salle du village avec tous ceux qui vivent dans la rue.",
    "it": "Il consiglio si è tenuto nella sala del paese con tutti quelli che vivono nella zona.",
    "pt": "A sessão foi na sala do povo e nela estavam todos os que vivem na zona da ponte.",
}
# (language, what stands in the text, the feature that it is a sign of)
SIGNS = [
    ("es", "Al parecer, el puente es viejo.", "hedging.epistemic"),
    ("es", "El presunto autor habría huido.", "hedging.modal"),
    ("es", "El presunto autor fue detenido.", "hedging.doubt_and_rumour"),
    ("es", "Muchos expertos creen que el puente es viejo.", "hedging.weasel"),
    ("es", "Es una vergüenza y un disparate.", "tone.loaded"),
    ("es", "Hay que cerrar el puente.", "tone.obligation"),
    ("es", "Fe de errores: el puente es de 1931.", "transparency.correction"),
    ("es", "MADRID (EFE) — El puente es viejo.", "transparency.agency_credit"),
    ("es", "Suscríbete a nuestra newsletter.", "boilerplate.newsletter"),
    ("es", "Todos los derechos reservados.", "boilerplate.copyright"),
    ("es", "Lea también: el puente que se cerró.", "boilerplate.read_more"),
    ("fr", "Apparemment, le pont est vieux.", "hedging.epistemic"),
    ("fr", "Le pont serait trop vieux.", "hedging.modal"),
    ("fr", "L'auteur présumé est en fuite.", "hedging.doubt_and_rumour"),
    ("fr", "Selon certains, le pont est vieux.", "hedging.weasel"),
    ("fr", "C'est une honte et une folie.", "tone.loaded"),
    ("fr", "Il faut fermer le pont.", "tone.obligation"),
    ("fr", "Une version précédente de cet article était fausse.", "transparency.correction"),
    ("fr", "Le pont est vieux. (AFP)", "transparency.agency_credit"),
    ("fr", "PARIS (Reuters) — Le pont est vieux.", "transparency.dateline"),
    ("fr", "Abonnez-vous à notre newsletter.", "boilerplate.newsletter"),
    ("fr", "Tous droits réservés.", "boilerplate.copyright"),
    ("fr", "À lire aussi : le pont qui a fermé.", "boilerplate.read_more"),
    ("it", "A quanto pare il ponte è vecchio.", "hedging.epistemic"),
    ("it", "Il ponte sarebbe troppo vecchio.", "hedging.modal"),
    ("it", "Il presunto autore è in fuga.", "hedging.doubt_and_rumour"),
    ("it", "C'è chi dice che il ponte è vecchio.", "hedging.weasel"),
    ("it", "È una vergogna e una follia.", "tone.loaded"),
    ("it", "Bisogna chiudere il ponte.", "tone.obligation"),
    ("it", "Errata corrige: il ponte è del 1928.", "transparency.correction"),
    ("it", "Il ponte è vecchio. (ANSA)", "transparency.agency_credit"),
    ("it", "Iscriviti alla newsletter.", "boilerplate.newsletter"),
    ("it", "© Riproduzione riservata", "boilerplate.copyright"),
    ("it", "Leggi anche: il ponte che ha chiuso.", "boilerplate.read_more"),
    ("pt", "Ao que tudo indica, a ponte é velha.", "hedging.epistemic"),
    ("pt", "A ponte seria velha demais.", "hedging.modal"),
    ("pt", "O suposto autor está em fuga.", "hedging.doubt_and_rumour"),
    ("pt", "Há quem diga que a ponte é velha.", "hedging.weasel"),
    ("pt", "É uma vergonha e uma loucura.", "tone.loaded"),
    ("pt", "É preciso fechar a ponte.", "tone.obligation"),
    ("pt", "Errata: a ponte é de 1931.", "transparency.correction"),
    ("pt", "A ponte é velha. (Lusa)", "transparency.agency_credit"),
    ("pt", "Assine nossa newsletter.", "boilerplate.newsletter"),
    ("pt", "Todos os direitos reservados.", "boilerplate.copyright"),
    ("pt", "Leia também: a ponte que fechou.", "boilerplate.read_more"),
]


def measured(language, text):
    document = read(Article(text))
    assert document.language == language
    return {found.feature.id: found.value for found in measure(document)[1]}


@pytest.mark.parametrize(("language", "text", "feature"), SIGNS)
def test_a_sign_is_found(language, text, feature):
    assert measured(language, f"{text}\n\n{PLAIN[language]}")[feature] > 0


@pytest.mark.parametrize("feature", sorted({feature for *_, feature in SIGNS}))
@pytest.mark.parametrize("language", sorted(PLAIN))
def test_a_plain_text_has_none(language, feature):
    assert measured(language, PLAIN[language])[feature] == 0
