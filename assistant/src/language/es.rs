//! Spanish.

use super::{Habits, Language};

/// Spanish.
pub const SPANISH: Language = Language {
    tag: "es",
    words: WORDS,
    habits: Habits {
        decimal_point: "MX US GT HN NI PA DO PR SV PE CU",
        week_is_eight_days: true,
        ..Habits::USUAL
    },
};

const WORDS: &str = "
number 0 = cero | uno, un solo, una sola, solo yo, sólo yo, yo solo, yo sola, solo para mí | dos, un par
    de, un par, par de, el par, ambos, ambas, nosotros dos, los dos, las dos | tres | cuatro | cinco |
    seis, media docena, una media docena | siete | ocho | nueve | diez | once | doce | trece | catorce |
    quince | dieciséis, (diez y/dieci) seis | diecisiete, (diez y/dieci) siete | dieciocho, (diez y/dieci) ocho | diecinueve, (diez y/dieci) nueve | veinte, veinti | veintiuno, veintiún, veintiuna | veintidós | veintitrés | veinticuatro |
    veinticinco | veintiséis | veintisiete | veintiocho | veintinueve;
number 30..+10 = treinta | cuarenta | cincuenta | sesenta | setenta | ochenta | noventa | cien, ciento,
    una centena;
number 200..+100 = doscient(os/as) | trescient(os/as) | cuatrocient(os/as) | quinient(os/as) |
    seiscient(os/as) | setecient(os/as), sietecient(os/as) | ochocient(os/as) | novecient(os/as),
    nuevecient(os/as);
article = un, una;
scale 10 = decena(/s);
scale 12 = docena(/s);
scale 100 = centenar(/es);
scale 1000 = mil, miles, k, lucas;
scale 1000000 = millón, millones, mill;
ordinal 1 = primer(/o/a) | segund(o/a) | tercer(/o/a) | cuart(o/a) | quint(o/a) | sext(o/a) |
    séptim(o/a), sétim(o/a) | octav(o/a) | noven(o/a) | décim(o/a) | undécim(o/a), decimoprimer(/o/a) |
    duodécim(o/a), decimosegund(o/a);
ordinal_end = o, a, er, ro, ra, do, da, to, ta, mo, ma, vo, va, no, na;
part_of 2 = medi(o/a), mitad;
part_of 3 = tercio(/s), tercera(/s) parte(/s);
part_of 4 = cuarto(/s), cuarta(/s) parte(/s);
part_of 5 = quinto(/s), quinta(/s) parte(/s);
part_of 10 = décimo(/s), décima(/s) parte(/s);
and = y, e, con;
point = coma, punto;
minus = menos;
from_end 1 = últim(o/a), final | penúltim(o/a);
option = opción, número, núm, nro, nº, respuesta, alternativa, item;

month 1 = enero, ene | febrero, feb;
month? 3 = marzo, mar;
month 4 = abril, abr | mayo, may | junio, jun | julio, jul | agosto | septiembre, setiembre, sept |
    octubre, oct | noviembre, nov | diciembre, dic;
month 3 = marzo;
month? 8 = ago;
month? 9 = set, sep;
weekday 1 = lunes, lun | martes | miércoles, mié, mierc | jueves, jue | viernes, vie | sábado, sáb |
    domingo;
weekday? 1 = lu | ma | mi, mx | ju | vi | sa | do;
weekday? 2 = mar;
weekday? 7 = dom;
day -2 = anteayer, antier, antes de ayer, antes de anoche | ayer, anoche, ayer por la noche | hoy, hoy
    mismo, hoy día, esta (noche/tarde/mañana), en el día, el día de hoy | mañana, mañana mismo, el día
    de mañana | pasado mañana, pasado;
holiday 1-1 = año nuevo, día de año nuevo;
holiday 1-6 = reyes, día de reyes, reyes magos, epifanía;
holiday 2-14 = san valentín, día de san valentín, día de los enamorados;
holiday 3-19 = san josé;
holiday easter-48 = lunes de carnaval;
holiday easter-47 = martes de carnaval;
holiday easter-46 = miércoles de ceniza;
holiday easter-7 = domingo de ramos;
holiday easter-3 = jueves santo;
holiday easter-2 = viernes santo;
holiday easter-1 = sábado santo, sábado de gloria;
holiday easter+0 = pascua, domingo de pascua, domingo de resurrección, pascuas;
holiday easter+1 = lunes de pascua;
holiday 5-1 = día del trabajo, día del trabajador, día de los trabajadores;
holiday 6-24 = san juan;
holiday 8-15 = asunción;
holiday 10-12 = día de la hispanidad, fiesta nacional, el pilar, día del pilar;
holiday 10-31 = halloween, noche de brujas;
holiday 11-1 = todos los santos, día de todos los santos;
holiday 11-2 = día de muertos, día de los muertos;
holiday 12-6 = día de la constitución;
holiday 12-8 = inmaculada, la inmaculada;
holiday 12-24 = nochebuena, noche buena;
holiday 12-25 = navidad, día de navidad, navidades;
holiday 12-28 = día de los inocentes, santos inocentes;
holiday 12-31 = nochevieja, noche vieja, fin de año, año viejo;
span second = segundo(/s), seg;
span minute = minuto(/s), min(/s), minutito(/s);
span hour = hora(/s), h, hs, hrs, horita(/s);
span day = día(/s);
span week = semana(/s), sem;
span fortnight = quincena(/s);
span weekend = fin de semana, finde, fin de sem;
span month = mes(/es);
span year = año(/s);
next = próxim(o/a), prox, que viene, siguiente, entrante, que entra, q viene, venidero, el próximo, la
    próxima;
this = est(e/a), de est(e/a), en curso;
last = pasad(o/a), últim(o/a), anterior;
in = dentro de, de aquí a, de acá a;
in? = en;
later = después, más tarde, a partir de (ahora/hoy), desde (ahora/hoy);
ago = atrás;
before = antes de, antes del;
after = después de, después del, tras;
ago_before = hace, desde hace, hará;
edge 1 = principios, principio, a principios, inicios, a inicios, comienzos, comienzo, inicio, el
    inicio, el principio, primer día | mediados, a mediados, mitad, a mitad | finales, a finales, fines,
    a fines, fin, a fin, el fin, final, al final, el final, último día, el último día;
on = para, a partir de, a partir del, desde el, no más tarde de, no más tarde del, hasta, antes, desde, por, al, a partir;
day_word = día, día el;
year_word = del año, año;

part morning = por la mañana, de la mañana, en la mañana, esta mañana, mañana por la mañana, mañana en
    la mañana, la mañana, a la mañana, temprano, matutino, a primera hora, por las mañanas;
part afternoon = por la tarde, de la tarde, en la tarde, esta tarde, la tarde, a la tarde, tarde,
    tardecita, después de comer, por las tardes, del mediodía, del día;
part evening = tarde noche, por la tarde noche, de la tarde noche;
part night = por la noche, de la noche, en la noche, esta noche, la noche, a la noche, noche, anoche,
    por las noches;
part small_hours = madrugada, de la madrugada, por la madrugada, en la madrugada, de madrugada;
hour 12 = mediodía, el mediodía, medio día, al mediodía, las doce del mediodía, las 12 del mediodía, a
    medio día;
hour 0 = medianoche, media noche, la medianoche, a medianoche;
now = ahora, ahora mismo, ya, ya mismo, ahorita, en este momento, inmediatamente, de inmediato, cuanto
    antes, en seguida, enseguida, al tiro, lo antes posible, lo más pronto posible;
am = de la am;
at = a la(/s), ala(/s), las, la, sobre la(/s), hacia la(/s), a eso de la(/s), para la(/s), desde la(/s), tipo,
    son la(/s), es la, antes de la(/s), hasta la(/s), después de la(/s), de la(/s), alrededor de la(/s),
    a partir de la(/s), como a la(/s), cerca de la(/s), por ahí de la(/s), máximo a la(/s);
clock = hora(/s), h, hs, hrs, en punto, horas en punto, hora en punto;
minute = minuto(/s), min, mins;
past = pasadas de la(/s), pasadas la(/s);
to = para la(/s), antes de la(/s);

currency EUR = euro(/s), pavo(/s);
currency DLR = dólar(/es);
currency USD = dólar(/es) americano(/s), dólar(/es) estadounidense(/s), dólares us;
currency PES = peso(/s);
currency MXN = peso(/s) mexicano(/s);
currency ARS = peso(/s) argentino(/s);
currency CLP = peso(/s) chileno(/s);
currency COP = peso(/s) colombiano(/s);
currency UYU = peso(/s) uruguayo(/s);
currency PEN = sol, soles, nuevos soles;
currency BOB = boliviano(/s);
currency VES = bolívar(/es);
currency PYG = guaraní(/es);
currency CRC = colón, colones;
currency HNL = lempira(/s);
currency GTQ = quetzal(/es);
currency GBP = libra(/s), libra(/s) esterlina(/s);
currency JPY = yen(/es);
currency BRL = real, reales;
currency CHF = franco(/s), franco(/s) suizo(/s);
currency RUB = rublo(/s);
currency CNY = yuan(/es);
cent EUR = céntimo(/s), cénts;
cent CTV = centavo(/s), ctvs;
percent = por ciento, porciento, por cien, porcentaje, pct, por 100;

yes 1 = sí, si, claro que sí, sip, sep, sipi, simón, ajá, aja, sí por favor, sí gracias, sí señor, sí
    claro, pues sí, sii, sisi, xfa sí, dale sí, pos sí, pue sí, que sí, pues claro que sí, obvio que sí,
    por supuesto que sí, desde luego que sí;
yes = claro, por supuesto, desde luego, dale, obvio, sin duda, cómo no, por qué no, con gusto, con mucho
    gusto, me parece bien, me parece, ta bien, adelante, hecho, venga, efectivamente, en efecto, así es,
    afirmativo, correcto, exacto, exactamente, creo que sí, me gustaría, no hay problema, sin problema,
    ningún problema, no hay inconveniente, seguro, segurísimo, estoy segur(o/a), ya po, sale, órale, de
    una, acepto, confirmo, confirmado, confirmar, pues claro, naturalmente, ciertamente, por favor sí,
    eso es, va, vamos, encantado, encantada, obviamente, cierto, okis, ok vale, estoy de acuerdo, nada
    que objetar, me encantaría, clarísimo, evidentemente;
yes? = quiero, verdad, verdadero, bien, tengo, puedo, lo es, es así, eso, lo soy, me va bien, funciona,
    continuar, continúa, sigue, por favor, porfa, ya;
agreed = vale, de acuerdo, okey, bueno, está bien, perfecto, genial, listo;
no 1 = no (grax/grac/grcs), no x ahora, nop, nope, no gracias, claro que no, por supuesto que no, desde luego que no, nel, seguro que no,
    no señor, pues no, noo, no no, que no, qué no;
no 2 = no;
no = (ninguna de las/ninguno de los) dos, para nada, de ninguna manera, de ningún modo, en absoluto, qué va, ni hablar, ni loco, ni loca,
    nunca, jamás, tampoco, negativo, nada, todavía no, aún no, ahora no, hoy no, creo que no, no creo,
    me parece que no, mejor no, no quiero, no hace falta, no es necesario, no me interesa, nanai,
    cancelar, cancela, rechazo, no lo creo, no estoy de acuerdo, no para nada, ningun(o/a), ninguno de
    ellos, no tengo, no puedo, no me gustaría, no por ahora, por ahora no, paso;
no? = falso, incorrecto, mal, equivocado, ni, sin;
knows = sé, segur(o/a/os/as), convencid(o/a), decidid(o/a), certeza, idea;
doubt 1 = es que si, me puede, me puedes, podría decirme, está usted;
doubt = lo (pensaré/pienso), me lo (pienso/pensaré), no puedo (decir/decirlo/quejarme), no sabría decirlo, quién, no hay prisa, sin prisa, no sabría decir, ns, no sé, no lo sé, quizá, quizás, tal vez, a lo mejor, puede, puede ser, puede que sí, puede que
    no, depende, según, no estoy segur(o/a), no sabría, ni idea, no tengo idea, no tengo ni idea, ni sí
    ni no, me da igual, da igual, más o menos, no lo tengo claro, no lo tengo decidido, no recuerdo, no
    me acuerdo, lo que sea, igual, cualquiera, ya veremos, no importa, ambos, los dos, posiblemente,
    probablemente, nose, no se sabe, qué, cómo, cuándo, por qué, no entiendo, no te entiendo, no estoy
    muy segur(o/a), no lo recuerdo;

of = de, del;
the = el, la, los, las, lo, al;
link = o, u, al, hasta, o bien;
link? = a, y, e;
link_before = entre, de, desde, del;
correction = no, perdón, perdona, perdone, disculpa, disculpe, espera, espere, mejor, digo;
correction 1 = no (perdón/espera/espere/mejor/digo), mejor dicho, o mejor, quiero decir, quise decir;
but = sino, pero;
bound = después (de/del), antes (de/del), más (de/del), menos (de/del), más que, menos que, no más de, no menos de, al menos, por lo menos, como (mínimo/máximo), mínimo, máximo;
only = sol(o/a), sólo, solamente, nada más, nomás, no más, no más de, únicamente;
filler = por favor, porfa, porfavor, xfa, xfavor, pf, gracias, muchas gracias, es, son, sería, serían,
    está, estaría, quiero, quisiera, querría, me gustaría, necesito, deseo, prefiero, pon, ponme, ponga,
    dame, deme, solo, sólo, solamente, nada más, unos, unas, aproximadamente, aprox, casi, más o menos,
    creo que, creo, pues, bueno, em, eh, mmm, hola, somos, seríamos, seremos, para, mi, nuestro,
    nuestra, en, a, que, me, te, yo, nosotros, como, exactamente, justo, en total, total, hay, tengo,
    vamos a ser, hacia, alrededor de, cerca de, sobre, la respuesta es, mi respuesta es, elijo, escojo,
    con, digamos, mejor, mucho, señor, señora, amigo, puede ser, podría ser, qué tal, ser, pagar, fecha,
    hora, la de, el de, me quedo con, tomo, va, cantidad, importe, ese, esa, eso, este, esta, esto, ok,
    el día, día;
idiom = buen(os/as) (días/tardes/noches), buen día, un momento, un momentito, un segundo, un minuto, un
    rato, un poco, una cosa, una pregunta, una consulta, un problema, una duda, uno de, una de, uno más,
    cada uno, alguno, ningún, cualquier día, otro día, un día de estos, a uno, es uno, el uno, la una u
    otra, unos cuantos, segunda mano, de segunda mano, en primer lugar, primero que nada, por primera
    vez, la primera vez, primera clase, la última vez, este mes no, todo el día, todos los días, cada
    día, al día, por día, por hora, por semana, por noche, al mes, a la semana, de una vez, a la vez,
    24/7, más tarde, tarde o temprano, llegar tarde, voy tarde, es tarde, de a poco, a medias, cuarto de
    baño, cuartos de baño, de la noche a la mañana, habitación, una habitación, sin punto,
    hasta luego, hasta mañana, hasta pronto, nos vemos mañana, y punto, próxima vez, dentro de poco, los
    (lunes/martes/miércoles/jueves/viernes/sábados/domingos), todos los
    (lunes/martes/miércoles/jueves/viernes), cada
    (lunes/martes/miércoles/jueves/viernes/sábado/domingo);
except = en vez de, en vez del, en lugar de, en lugar del, no, excepto, salvo, menos el, menos los, quitando, excepto el, salvo el, cualquier día menos, pero
    no, a excepción de, víspera de;
";
