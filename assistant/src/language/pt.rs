//! Portuguese, of Portugal, Brazil and elsewhere.

use super::{Habits, Language};

/// Portuguese.
pub const PORTUGUESE: Language =
    Language { tag: "pt", words: WORDS, habits: Habits { week_is_eight_days: true, ..Habits::USUAL } };

const WORDS: &str = "
number 0 = zero | um só, uma só, só eu, apenas eu, somente eu, só para mim, só pra mim | dois, duas, um
    par de, um par, par de, dupla, nós dois, nós duas, ambos, ambas | três | quatro | cinco | seis, meia
    dúzia, uma meia dúzia | sete | oito | nove | dez | onze | doze | treze | quatorze, catorze | quinze
    | dezesseis, dezasseis, dezaseis | dezessete, dezassete, dezasete | dezoito | dezenove, dezanove |
    vinte;
number 30..+10 = trinta | quarenta | cinquenta, cincoenta | sessenta | setenta | oitenta | noventa |
    cem, cento;
number 200..+100 = duzent(os/as) | trezent(os/as) | quatrocent(os/as) | quinhent(os/as) |
    seiscent(os/as) | setecent(os/as) | oitocent(os/as) | novecent(os/as);
article = um, uma;
scale 10 = dezena(/s);
scale 12 = dúzia(/s);
scale 100 = centena(/s);
scale 1000 = mil, milhar, milhares, k;
scale 1000000 = milhão, milhões, mi;
scale 1000000000 = bilhão, bilhões, bilião, mil milhões;
ordinal 1 = primeir(o/a) | segund(o/a) | terceir(o/a) | quart(o/a) | quint(o/a) | sext(o/a) | sétim(o/a)
    | oitav(o/a) | non(o/a) | décim(o/a) | décim(o/a) primeir(o/a) | décim(o/a) segund(o/a) | décim(o/a)
    terceir(o/a);
ordinal 20..+10 = vigésim(o/a) | trigésim(o/a) | quadragésim(o/a);
ordinal_end = o, a, ro, ra, do, da, to, ta, mo, ma, vo, va;
part_of 2 = mei(o/a), metade;
part_of 3 = terço(/s), terça(/s) parte(/s);
part_of 4 = quarto(/s), quarta(/s) parte(/s);
part_of 5 = quinto(/s), quinta(/s) parte(/s);
part_of 10 = décimo(/s), décima(/s) parte(/s);
and = e;
point = vírgula, ponto;
minus = menos;
from_end 1 = últim(o/a) | penúltim(o/a);
option = opção, número, núm, nº, resposta, alternativa, item;

month 1 = janeiro, jan | fevereiro, fev;
month 3 = março;
month? 3 = mar;
month 4 = abril, abr | maio, mai | junho, jun | julho, jul | agosto | setembro | outubro | novembro, nov
    | dezembro, dez.;
month? 8 = ago;
month? 9 = set;
month? 10 = out;
weekday 1 = segunda feira, 2a feira, segundafeira | terça feira, 3a feira, terça |
    quarta feira, 4a feira | quinta feira, 5a feira | sexta feira, 6a feira, sextou |
    sábado, sáb | domingo;
weekday? 1 = segunda, seg, 2a | ter, 3a | quarta, qua, 4a | quinta, qui, 5a | sexta,
    sex, 6a | sab | dom;
day -2 = anteontem, antes de ontem, antontem | ontem, ontem à noite | hoje, hj, hoje mesmo, hoje em dia,
    esta (noite/tarde/manhã), hoje à (noite/tarde), nesta noite, logo à noite, dia de hoje, no próprio
    dia | amanhã, amanha, amnh | depois de amanhã, depois d amanhã, dps de amanhã, dps d amanhã, depois amanhã;
holiday 1-1 = ano novo, dia de ano novo, réveillon de ano novo, confraternização universal;
holiday 1-6 = dia de reis, reis;
holiday 2-14 = dia de são valentim, são valentim;
holiday 6-12 = dia dos namorados;
holiday easter-47 = carnaval, terça de carnaval, terça feira de carnaval;
holiday easter-48 = segunda de carnaval;
holiday easter-46 = quarta feira de cinzas, cinzas, quarta de cinzas;
holiday easter-7 = domingo de ramos;
holiday easter-2 = sexta feira santa, sexta santa, paixão de cristo;
holiday easter+0 = páscoa, domingo de páscoa;
holiday easter+60 = corpus christi, corpo de deus;
holiday 4-21 = tiradentes, dia de tiradentes;
holiday 4-25 = dia da liberdade, vinte e cinco de abril;
holiday 5-1 = dia do trabalho, dia do trabalhador;
holiday 6-10 = dia de portugal;
holiday 6-24 = são joão;
holiday 9-7 = independência, dia da independência;
holiday 10-12 = dia das crianças, nossa senhora aparecida;
holiday 10-31 = halloween, dia das bruxas;
holiday 11-1 = todos os santos, dia de todos os santos;
holiday 11-2 = finados, dia de finados;
holiday 11-15 = proclamação da república;
holiday 12-24 = véspera de natal, consoada, noite de natal;
holiday 12-25 = natal, dia de natal;
holiday 12-31 = véspera de ano novo, réveillon, passagem de ano, fim de ano, virada do ano;
span second = segundo(/s), seg;
span minute = minuto(/s), min(/s), minutinho(/s);
span hour = hora(/s), h, hr, hrs, horinha(/s);
span day = dia(/s);
span week = semana(/s);
span fortnight = quinzena(/s);
span weekend = fim de semana, final de semana, fds;
span month = mês, meses;
span year = ano(/s);
next = próxim(o/a), prox, que vem, seguinte, q vem, vindouro, que entra;
this = est(e/a), dest(e/a), nest(e/a), ess(e/a), dess(e/a), ness(e/a), corrente, atual;
last = passad(o/a), últim(o/a), anterior;
in = daqui a, daqui, dentro de, d aqui a, em até, após;
in? = em;
later = depois, mais tarde, a partir de (agora/hoje), a contar de hoje;
ago = atrás;
before = antes de, antes do, antes da;
after = depois de, depois do, depois da, após, depois;
ago_before = há, faz, tem;
edge 1 = início, no início, o início, começo, no começo, princípio, primeiro dia, no primeiro dia,
    inícios, princípios | meados, em meados, no meio, meio | fim, no fim, o fim, final, no final, o
    final, último dia, no último dia, finais, fins;
on = para, a partir de, a contar de, a partir do, a partir da, até, antes, desde, no, na, a partir, pra, pro, aos, em;
day_word = dia, no dia, o dia;
year_word = do ano, ano;

part morning = de manhã, da manhã, pela manhã, na parte da manhã, manhã, esta manhã, a manhã, na manhã,
    à manhã, hoje de manhã, cedo, logo cedo, amanhã de manhã, amanhã cedo, matutino, nesta manhã,
    durante a manhã;
part afternoon = à tarde, da tarde, de tarde, pela tarde, na parte da tarde, tarde, esta tarde, a tarde,
    na tarde, nesta tarde, durante a tarde, tardinha, à tardinha;
part night = à noite, da noite, de noite, pela noite, noite, esta noite, a noite, na noite, nesta noite,
    durante a noite;
part small_hours = madrugada, da madrugada, de madrugada, na madrugada, pela madrugada;
hour 12 = meio dia, ao meio dia, o meio dia, do meio dia, meiodia;
hour 0 = meia noite, à meia noite, a meia noite, da meia noite, meianoite;
now = agora, agora mesmo, já, imediatamente, neste momento, nesse instante, já já, o quanto antes, o
    mais rápido possível, de imediato;
at = às, à, as, à volta das, por volta das, por volta da, pelas, pela, lá pelas, cerca das, ao redor
    das, das, da, a partir das, até às, até as, antes das, depois das, são, é, para as, umas, tipo, após
    as, desde as, próximo das, por voltas das;
clock = hora(/s), h, hr, hrs, horas em ponto, em ponto, hora em ponto;
minute = minuto(/s), min, mins;
past = passados das, passadas das;
to = para as, pras, para a, pra, antes das, pro, para o, para;

currency BRL = real, reais, conto(/s), pila(/s), pau(/s), mangos;
currency EUR = euro(/s);
currency DLR = dólar(/es);
currency USD = dólar(/es) americano(/s);
currency GBP = libra(/s), libra(/s) esterlina(/s);
currency JPY = iene(/s);
currency AOA = kwanza(/s);
currency MZN = metical, meticais;
currency CVE = escudo(/s);
currency PES = peso(/s);
currency CHF = franco(/s), franco(/s) suíço(/s);
currency RUB = rublo(/s);
currency CNY = yuan;
cent EUR = cêntimo(/s);
cent BRL = centavo(/s);
percent = por cento, porcento, por cem, percentagem, porcentagem, pct, por 100;

yes 1 = sim, simm, siim, s, ss, claro que sim, por favor sim, sim por favor, sim obrigad(o/a), quero
    sim, uhum, aham, ahã, pois sim, sim senhor, sim claro, é sim, tenho sim, pode sim, sim sim, que sim;
yes = com ctz, claro, com certeza, certeza, blz, pode ser, pode, com prazer, de acordo, concordo,
    combinado, isso, isso mesmo, isso aí, é isso, é isso aí, exato, exatamente, exacto, exactamente,
    correto, correcto, perfeito, ótimo, óptimo, sem dúvida, sem problema, sem problemas, não há
    problema, não tem problema, por que não, porque não, acho que sim, creio que sim, penso que sim,
    quero, aceito, confirmo, confirmado, confirmar, hum hum, positivo, afirmativo, vamos, bora, bora lá,
    manda, manda ver, fechado, fechou, joia, jóia, fixe, bem visto, óbvio, obviamente, lógico, evidente,
    evidentemente, naturalmente, certamente, decerto, pois, pois é, gostaria, gostava, seria bom, dale,
    show, top, demorou, ya, iá, yá, vale, força, siga, avança, avançar, é claro, por mim tudo bem, tudo
    certo, adoraria, exatamente isso;
yes? = é, tenho, posso, sou, foi, verdade, verdadeiro, bem, bom, funciona, estou, tem, há, continuar,
    continua, prosseguir, desejo, por favor, faz favor;
agreed = tá, tá bom, tá bem, tá certo, está bem, está bom, está certo, ok, okay, beleza, certo, tudo
    bem;
no 1 = naum, n, nn, nop, nope, não obrigad(o/a), claro que não, com certeza não, é claro que não, não
    não, nãoo, não senhor, que não;
no 2 = não, nao, nã;
no = nenhum dos dois, nenhuma das duas, nada, de jeito nenhum, de modo nenhum, de modo algum, de forma alguma, de maneira nenhuma, nem
    pensar, nunca, jamais, acho que não, creio que não, penso que não, não quero, quero não, não
    preciso, não precisa, não é preciso, não é necessário, ainda não, agora não, hoje não, melhor não,
    prefiro não, negativo, nem, tampouco, não mesmo, não concordo, nem a pau, que nada, deixa, cancelar,
    cancela, recuso, nenhum, nenhuma, não é, não tenho, não posso, pois não é, por enquanto não, por
    agora não, dispenso, é mentira, mentira;
no? = falso, incorreto, incorrecto, errado, mal, sem;
knows = sei, certeza, ctz, segur(o/a), convencid(o/a), decidi, ideia;
doubt 1 = será que, você pode, vocês podem;
doubt = vou pensar nisso, não (posso/sei) dizer, não posso (me queixar/reclamar), quem, sem pressa, não sei, num sei, sei lá, talvez, quem sabe, depende, não tenho certeza, não tenho a certeza,
    sem certeza, não estou cert(o/a), não faço ideia, nem ideia, não lembro, não me lembro, tanto faz,
    mais ou menos, nem sim nem não, pode ser que sim, pode ser que não, se calhar, provavelmente,
    possivelmente, qualquer um, qualquer uma, vou pensar, vou ver, logo vejo, ainda não sei, não sei
    ainda, não decidi, não entendi, não percebi, o quê, quê, como, quando, por quê, os dois, ambos,
    ambas, indiferente, não sei bem, não sei não;

of = de, do, da, dos, das, d;
the = o, a, os, as, ao, aos;
link = ou, até, ou então;
link? = a, ao, e, à, às;
link_before = entre, de, desde, do, das;
correction = não, desculpa, desculpe, perdão, espera, espere, melhor, digo, aliás;
correction 1 = não (desculpa/desculpe/espera/espere/melhor), ou melhor, quer dizer, quero dizer, queria dizer;
but = mas, e sim;
bound = depois (de/do/da/das/dos), após, antes (de/do/da/das/dos), mais (de/do/que), menos (de/do/que), não mais (de/do/que), não menos de, pelo menos, no (máximo/mínimo);
only = não mais de, não mais que, não mais, só, apenas, somente, unicamente;
filler = por favor, pf, pfv, pfvr, faz favor, se faz favor, sff, obrigado, obrigada, obg, vlw, valeu, é,
    são, era, seria, seriam, serão, somos, seremos, seríamos, quero, queria, gostaria, gostava, preciso,
    desejo, prefiro, pode, ser, pra, para, em, no, na, com, apenas, só, somente, cerca de,
    aproximadamente, aprox, quase, mais ou menos, uns, umas, acho que, acho, creio que, bom, bem, então,
    hum, ahn, eh, olá, oi, meu, minha, nosso, nossa, que, me, eu, nós, a gente, tipo, exatamente,
    exactamente, mesmo, total, no total, ao todo, tenho, temos, vamos ser, tem, há, vou querer, vou de,
    fico com, escolho, a resposta é, digamos, talvez, isso, esse, essa, este, esta, ok, por volta de,
    lá, foi, muito, estou, estamos, está, todos, seja, data, horário, hora, dia, o dia, o horário,
    marca, marcar, vai, dar;
idiom = bom dia, boa (tarde/noite), boas tardes, boas noites, um momento, um momentinho, um minuto, um
    minutinho, um segundo, um pouco, um instante, uma coisa, uma pergunta, uma dúvida, um problema, um
    de, uma de, um deles, uma delas, um dos, uma das, cada um, cada uma, algum, alguma, qualquer dia,
    outro dia, um dia, um dia desses, segunda mão, de segunda mão, segunda via, em segundo lugar, em
    primeiro lugar, primeira vez, a primeira vez, última vez, a última vez, próxima vez, todo dia, todos
    os dias, o dia todo, por dia, por hora, por semana, por noite, por mês, ao mês, ao dia, uma vez, de
    uma vez, às vezes, 24/7, até logo, até amanhã, até já, até mais, mais tarde, é tarde, muito tarde,
    cedo ou tarde, quarto de casal, quarto duplo, quartos, meio termo, meio que, um ao outro,
    um ou outro, no meio de, ponto de, ponto final, primeira classe, segunda classe, primeiro nome,
    (todas as/toda/toda a/cada) (segunda/terça/quarta/quinta/sexta), todo (sábado/domingo);
except = em vez de, em vez da, em vez do, ao invés de, no lugar de, não, exceto, excepto, salvo, menos o, menos a, menos na, menos no, mas não, tirando, à exceção de,
    véspera de, véspera do;
";
