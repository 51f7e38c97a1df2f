"""One article each in French, Italian and Portuguese, with all that is said in them, for the tests of these languages.

The articles are made up. A statement is its source as resolved (None: nobody can be named), kind, the first words of
its content.
"""

from onrecord.features.measurement import Kind

PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED

FRENCH = """\
La ville de Brévaux va fermer l'un de ses deux ponts à la circulation à partir du mois de juin, a annoncé mardi la \
maire, Claire Bonnard, lors d'une conférence de presse.

« Nous n'avons plus le choix, l'ouvrage est trop abîmé », a expliqué l'élue, qui promet une réouverture avant l'hiver. \
Selon un rapport du cabinet Ingéval, que la mairie a publié lundi, trois des huit piles sont fissurées. Les travaux \
coûteront environ quatre millions d'euros, d'après le conseil départemental, qui en paiera la moitié.

Les commerçants du quartier, eux, s'inquiètent. « Sans le pont, on perd la moitié de nos clients », soupire Karim \
Haddad, patron d'une boulangerie de la rue Neuve. Il affirme que personne ne l'a prévenu. L'Union des commerçants de \
Brévaux réclame des aides.

L'opposition dénonce un manque d'entretien. « On savait depuis dix ans que ce pont était malade », accuse Paul \
Mercier, conseiller municipal. Interrogé par l'AFP, le ministère des Transports n'a pas répondu.

Une source proche du dossier assure que la ville avait reçu une première alerte en 2019. Claire Bonnard dément avoir \
eu connaissance de ce courrier. « Je n'ai jamais vu cette lettre », a-t-elle insisté.

Le pont, construit en 1931, est emprunté chaque jour par neuf mille véhicules. Une réunion publique est prévue jeudi \
soir dans la salle des fêtes.
"""
FRENCH_STATEMENTS = [
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

ITALIAN = """\
Il ponte vecchio di Castelrovo resterà chiuso fino a settembre. Lo ha annunciato ieri il sindaco, Marco Ferrante, al \
termine di una riunione in prefettura.

«Non possiamo correre rischi, la struttura è malata», ha detto Ferrante ai giornalisti. Secondo una perizia del \
Politecnico di Torino, due piloni su sei presentano crepe profonde. I lavori costeranno tre milioni di euro, ha \
spiegato l'assessora ai Lavori pubblici, Lucia Bassi, e saranno pagati in parte dalla Regione Piemonte.

I commercianti protestano. «Così ci fanno chiudere», sbotta Gino Parisi, titolare di un bar in via Roma. Secondo \
Parisi, nessuno ha avvertito i negozianti. La Confesercenti chiede un tavolo con il Comune e fa sapere che i suoi \
iscritti sono pronti a scendere in piazza.

L'opposizione attacca la giunta. «Lo sapevano da anni», accusa la consigliera Anna Greco. Stando a fonti vicine \
all'inchiesta, la procura ha già acquisito i documenti. Il presidente della Regione, interpellato dall'ANSA, non ha \
voluto commentare.

Ferrante sostiene di non aver mai ricevuto segnalazioni. «Se qualcuno ha le prove, le porti in tribunale», ha aggiunto.

Il ponte, costruito nel 1928, è attraversato ogni giorno da settemila auto. Il prossimo incontro con i residenti è \
fissato per giovedì sera nella palestra della scuola media.
"""
ITALIAN_STATEMENTS = [
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

PORTUGUESE = """\
A ponte velha de Vale Formoso vai fechar ao trânsito a partir de maio, anunciou nesta terça-feira a prefeita da cidade, \
Helena Duarte.

“Não temos escolha, a estrutura está doente”, disse a prefeita em entrevista coletiva. Segundo um relatório da \
Universidade de São Paulo, três dos oito pilares têm rachaduras. A obra vai custar R$ 12 milhões, de acordo com a \
Secretaria de Transportes, e deve durar seis meses.

Os comerciantes reclamam. “Sem a ponte, perdemos metade dos clientes”, lamenta Rui Barros, dono de uma padaria no \
centro. Ele afirma que ninguém foi avisado. A Associação Comercial de Vale Formoso pede ajuda e diz que cem lojas \
podem fechar as portas.

A oposição critica a prefeitura. “Já se sabia disso havia dez anos”, acusa o vereador Tiago Lemos, do PSD. Fontes \
próximas à investigação contaram que um primeiro alerta foi enviado em 2019. Procurado pela reportagem, o Ministério \
dos Transportes não respondeu.

Duarte nega ter recebido o documento. “Nunca vi essa carta”, insistiu. Para o engenheiro Carlos Mota, que estudou a \
ponte, o desgaste era visível.

A ponte, construída em 1931, recebe nove mil veículos por dia. Uma audiência com os moradores está marcada para quinta \
à noite no ginásio da escola.
"""
PORTUGUESE_STATEMENTS = [
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
