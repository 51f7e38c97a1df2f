"""The language of a text, told from kindred ones: ten short paragraphs each."""

import pytest

from onrecord.features.document import Article, read
from onrecord.features.lexicon import languages

# Ten sentences each, made up; a paragraph is three that follow one another.
SENTENCES = {
    "en": [
        "The council met on Monday and the mayor said that the bridge would be closed until the end of the summer.",
        "Prices rose again in March, and analysts do not expect them to fall before the end of the year.",
        "She was born in a small town near the border and moved to the city with her parents when she was six.",
        "The team has not won a game since October and the coach says he is not worried about his job.",
        "A fire that broke out in a warehouse on Tuesday night has been put out, and nobody was hurt.",
        "Scientists have found that the river is warmer than it was ten years ago, which is bad for the fish.",
        "The company will cut two hundred jobs at its factory in the north, a spokeswoman said.",
        "They have been waiting for a new school for years, but the money has gone to other things.",
        "What the law means for the people who live there is not clear to anyone.",
        "It was the first time that the film had been shown in the country in which it was made.",
    ],
    "es": [
        "El pleno se reunió el lunes y la alcaldesa dijo que el puente estará cerrado hasta el final del verano.",
        "Los precios volvieron a subir en marzo y los analistas no esperan que bajen antes de fin de año.",
        "Nació en un pueblo cerca de la frontera y se fue a la ciudad con sus padres cuando tenía seis años.",
        "El equipo no ha ganado un partido desde octubre y el entrenador dice que no está preocupado por su puesto.",
        "El incendio que se declaró en un almacén el martes por la noche ya está apagado y no hay heridos.",
        "Los científicos han visto que el río está más caliente que hace diez años, lo que es malo para los peces.",
        "La empresa recortará doscientos empleos en su fábrica del norte, según una portavoz.",
        "Llevan años esperando una escuela nueva, pero el dinero se ha ido a otras cosas.",
        "Lo que la ley significa para los que viven allí no está claro para nadie.",
        "Era la primera vez que la película se mostraba en el país en el que se hizo.",
    ],
    "fr": [
        "Le conseil s'est réuni lundi et la maire a dit que le pont resterait fermé jusqu'à la fin de l'été.",
        "Les prix ont encore augmenté en mars et les analystes ne s'attendent pas à une baisse avant la fin d'année.",
        "Elle est née dans un village près de la frontière et a suivi ses parents en ville quand elle avait six ans.",
        "L'équipe n'a pas gagné un match depuis octobre et l'entraîneur dit qu'il n'est pas inquiet pour son poste.",
        "L'incendie qui s'est déclaré mardi soir dans un entrepôt est éteint et il n'y a pas de blessés.",
        "Des chercheurs ont montré que la rivière est plus chaude qu'il y a dix ans, ce qui est mauvais pour eux.",
        "L'entreprise va supprimer deux cents emplois dans son usine du nord, selon une porte-parole.",
        "Ils attendent depuis des années une nouvelle école, mais l'argent est parti ailleurs.",
        "Ce que la loi change pour ceux qui vivent là n'est clair pour personne.",
        "C'était la première fois que le film était montré dans le pays où il a été tourné.",
    ],
    "it": [
        "Il consiglio si è riunito lunedì e la sindaca ha detto che il ponte resterà chiuso fino a fine estate.",
        "I prezzi sono saliti ancora a marzo e gli analisti non si aspettano che scendano prima della fine dell'anno.",
        "È nata in un paese vicino al confine e si è trasferita in città con i genitori quando aveva sei anni.",
        "La squadra non vince una partita da ottobre e l'allenatore dice che non è preoccupato per il suo posto.",
        "L'incendio che è scoppiato martedì sera in un magazzino è stato spento e non ci sono feriti.",
        "I ricercatori hanno visto che il fiume è più caldo di dieci anni fa, e questo è un male per i pesci.",
        "L'azienda taglierà duecento posti nella sua fabbrica del nord, secondo una portavoce.",
        "Aspettano da anni una scuola nuova, ma i soldi sono andati ad altre cose.",
        "Quello che la legge significa per chi vive lì non è chiaro a nessuno.",
        "Era la prima volta che il film veniva mostrato nel paese in cui è stato girato.",
    ],
    "pt": [
        "A câmara reuniu-se na segunda-feira e a prefeita disse que a ponte vai ficar fechada até ao fim do verão.",
        "Os preços voltaram a subir em março e os analistas não esperam que caiam antes do fim do ano.",
        "Nasceu numa aldeia perto da fronteira e foi para a cidade com os pais quando tinha seis anos.",
        "A equipe não ganha um jogo desde outubro e o treinador diz que não está preocupado com o seu lugar.",
        "O incêndio que começou num armazém na terça-feira à noite já foi apagado e não há feridos.",
        "Os cientistas viram que o rio está mais quente do que há dez anos, o que é mau para os peixes.",
        "A empresa vai cortar duzentos empregos na sua fábrica do norte, segundo uma porta-voz.",
        "Eles esperam há anos por uma escola nova, mas o dinheiro foi para outras coisas.",
        "O que a lei significa para os que vivem ali não é claro para ninguém.",
        "Era a primeira vez que o filme era mostrado no país em que foi feito.",
    ],
    "ca": [
        "El ple es va reunir dilluns i l'alcaldessa va dir que el pont seria tancat fins al final de l'estiu.",
        "Els preus van tornar a pujar al març i els analistes no esperen que baixin abans de final d'any.",
        "Va néixer en un poble a prop de la frontera i va anar a la ciutat amb els seus pares quan tenia sis anys.",
        "L'equip no ha guanyat cap partit des de l'octubre i l'entrenador diu que no està preocupat pel seu lloc.",
        "Els científics han vist que el riu és més calent que fa deu anys, i això és dolent per als peixos.",
        "L'empresa retallarà dos-cents llocs de treball a la seva fàbrica del nord, segons una portaveu.",
        "Fa anys que esperen una escola nova, però els diners han anat a parar a altres coses.",
        "El que la llei significa per als qui viuen allà no és clar per a ningú.",
        "Era la primera vegada que la pel·lícula es mostrava al país on es va fer.",
        "L'incendi que es va declarar dimarts al vespre en un magatzem ja és apagat i no hi ha ferits.",
    ],
    "ro": [
        "Consiliul s-a întrunit luni și primarul a spus că podul va fi închis până la sfârșitul verii.",
        "Prețurile au crescut din nou în martie, iar analiștii nu se așteaptă să scadă până la sfârșitul anului.",
        "S-a născut într-un sat de lângă graniță și s-a mutat la oraș cu părinții când avea șase ani.",
        "Echipa nu a câștigat niciun meci din octombrie, iar antrenorul spune că nu este îngrijorat.",
        "Incendiul care a izbucnit marți seara într-un depozit a fost stins și nu sunt răniți.",
        "Cercetătorii au văzut că râul este mai cald decât acum zece ani, ceea ce este rău pentru pești.",
        "Compania va tăia două sute de locuri de muncă la fabrica din nord, potrivit unei purtătoare de cuvânt.",
        "Ei așteaptă de ani de zile o școală nouă, dar banii s-au dus în altă parte.",
        "Ce înseamnă legea pentru cei care trăiesc acolo nu este clar pentru nimeni.",
        "Era prima dată când filmul era arătat în țara în care a fost făcut.",
    ],
    "gl": [
        "O pleno xuntouse o luns e a alcaldesa dixo que a ponte vai estar pechada ata o final do verán.",
        "Os prezos volveron subir en marzo e os analistas non agardan que baixen antes do fin do ano.",
        "Naceu nunha vila preto da fronteira e foi para a cidade cos seus pais cando tiña seis anos.",
        "O equipo non gañou ningún partido desde outubro e o adestrador di que non está preocupado polo seu posto.",
        "O incendio que se declarou nun almacén o martes pola noite xa está apagado e non hai feridos.",
        "Os científicos viron que o río está máis quente ca hai dez anos, o que é malo para os peixes.",
        "A empresa vai recortar douscentos empregos na súa fábrica do norte, segundo unha voceira.",
        "Levan anos agardando unha escola nova, pero os cartos foron para outras cousas.",
        "O que a lei significa para os que viven alí non está claro para ninguén.",
        "Era a primeira vez que a película se amosaba no país no que se fixo.",
    ],
}
SPOKEN = ("en", "es", "fr", "it", "pt")
PARAGRAPHS = [
    (language, " ".join((sentences * 2)[i : i + 3])) for language, sentences in SENTENCES.items() for i in range(10)
]


@pytest.mark.parametrize(("language", "text"), [each for each in PARAGRAPHS if each[0] in SPOKEN])
def test_a_language_that_has_lexicons_is_told(language, text):
    assert read(Article(text)).language == language


@pytest.mark.parametrize("text", [text for language, text in PARAGRAPHS if language in ("ca", "ro")])
def test_a_kindred_language_is_not_taken_for_one_that_is_read(text):
    assert read(Article(text)).language not in languages("document")


@pytest.mark.parametrize("text", [text for language, text in PARAGRAPHS if language == "gl"])
def test_galician_is_not_taken_for_portuguese_which_it_is_nearest(text):
    assert read(Article(text)).language in ("", "gl")
