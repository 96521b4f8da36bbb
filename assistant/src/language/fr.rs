//! French.

use super::{Habits, Language};

/// French.
pub const FRENCH: Language = Language {
    tag: "fr",
    words: WORDS,
    habits: Habits { elides: true, decimal_point: "CH", week_is_eight_days: true, ..Habits::USUAL },
};

const WORDS: &str = "
number 0 = zéro | une seule, un seul, juste moi, moi seul, moi seule, que moi, tout seul, toute seule |
    deux, une paire de, une paire, un couple de, tous les deux, nous deux, toutes les deux | trois |
    quatre | cinq | six, une demi douzaine, demi douzaine | sept | huit | neuf | dix | onze | douze |
    treize | quatorze | quinze | seize | dix sept | dix huit | dix neuf | vingt(/s);
number 30..+10 = trente | quarante | cinquante | soixante | septante | quatre vingt(/s), quatrevingt(/s), huitante,
    octante | nonante;
article = un, une;
scale 10 = dizaine(/s);
scale 12 = douzaine(/s);
scale 15 = quinzaine;
scale 20 = vingtaine;
scale 30 = trentaine;
scale 40 = quarantaine;
scale 50 = cinquantaine;
scale 60 = soixantaine;
scale 100 = cent(/s), centaine(/s);
scale 1000 = mille, mil, millier(/s), k;
scale 1000000 = million(/s);
scale 1000000000 = milliard(/s);
ordinal 1 = premi(er/ère/ers/ères), unième | deuxième(/s), second(/e) | troisième(/s) | quatrième(/s) |
    cinquième | sixième | septième | huitième | neuvième | dixième | onzième | douzième | treizième |
    quatorzième | quinzième | seizième | dix septième | dix huitième | dix neuvième | vingtième;
ordinal 30..+10 = trentième | quarantième | cinquantième | soixantième;
ordinal_end = er, re, ère, e, è, ème, eme, ième, nd, nde;
part_of 2 = demi(/e/s/es), moitié;
part_of 3 = tiers;
part_of 4 = quart(/s);
part_of 5 = cinquième(/s);
part_of 10 = dixième(/s);
and = et;
point = virgule, point;
minus = moins;
from_end 1 = derni(er/ère), fin | avant derni(er/ère);
option = option, numéro, n, num, nº, choix, réponse;

month 1 = janvier, janv, jan | février, févr, fév;
month 3 = mars | avril, avr;
month? 3 = mar;
month 5 = mai | juin | juillet, juil | août, aout | septembre, sept, sep | octobre, oct | novembre, nov
    | décembre, déc;
weekday 1 = lundi, lun | mardi | mercredi, merc | jeudi, jeu | vendredi, ven, vend |
    samedi, sam | dimanche, dim;
weekday? 2 = mar;
weekday? 3 = mer;
day -2 = avant hier, avanthier | hier, hier soir | aujourd hui, aujourdhui, auj, ajd, ce jour, ce
    (soir/matin), cet après midi, cet aprèm, cette (nuit/après midi), ce jour même | demain, dem1, 2main
    | après demain, aprèsdemain, surlendemain;
holiday 1-1 = nouvel an, jour de l an, le jour de l an, premier de l an;
holiday 1-6 = épiphanie;
holiday 2-2 = chandeleur;
holiday 2-14 = saint valentin, st valentin;
holiday easter-47 = mardi gras;
holiday easter-46 = mercredi des cendres;
holiday easter-7 = rameaux, dimanche des rameaux;
holiday easter-2 = vendredi saint;
holiday easter+0 = pâques, dimanche de pâques;
holiday easter+1 = lundi de pâques;
holiday easter+39 = ascension, jeudi de l ascension;
holiday easter+49 = pentecôte, dimanche de pentecôte;
holiday easter+50 = lundi de pentecôte;
holiday 4-1 = poisson d avril;
holiday 5-1 = fête du travail;
holiday 6-24 = saint jean, st jean;
holiday 7-14 = fête nationale, quatorze juillet;
holiday 8-15 = assomption;
holiday 10-31 = halloween;
holiday 11-1 = toussaint;
holiday 11-11 = armistice;
holiday 12-24 = veille de noël, réveillon de noël;
holiday 12-25 = noël, jour de noël;
holiday 12-31 = saint sylvestre, st sylvestre, réveillon du nouvel an, réveillon du jour de l an, veille
    du nouvel an;
span second = seconde(/s), sec;
span minute = minute(/s), min(/s), mn;
span hour = heure(/s), h, hr;
span day = jour(/s), journée, j;
span week = semaine(/s), sem;
span fortnight = quinzaine;
span weekend = week end, weekend, we;
span month = mois;
span year = an(/s), année(/s);
next = prochain(/e), proch, qui vient, suivant(/e), à venir, pro, d après;
this = ce, cet, cette, en cours;
last = dernier, dernière, passé(/e), précédent(/e), écoulé(/e);
in = dans, d ici, au bout de, sous;
in? = en;
later = plus tard, à partir de maintenant, à partir d aujourd hui, après;
ago = auparavant, avant, plus tôt;
after = après;
ago_before = il y a, ya, y a, voilà, voici;
before = avant;
edge 1 = début, au début, le début, premier jour, le premier jour, commencement, en début, dès le début
    | milieu, au milieu, mi, à la mi, courant | fin, la fin, à la fin, en fin, dernier jour, le dernier
    jour;
on = pour, pas plus tard que, à partir de, à partir du, à compter de, jusqu, avant, dès, depuis, à partir, après, vers, au, à;
day_word = jour;
year_word = de l année, année;

part morning = le matin, du matin, au matin, ce matin, matin, dans la matinée, matinée, demain matin, en
    matinée, en début de matinée, dans la mat, mat, à la première heure, première heure;
part afternoon = l après midi, de l après midi, cet après midi, cette après midi, après midi, dans l
    après midi, aprèm, aprem, cet aprèm, en après midi, l aprèm;
part evening = le soir, du soir, au soir, ce soir, soir, dans la soirée, soirée, en soirée, hier soir,
    demain soir, en début de soirée;
part night = la nuit, de la nuit, nuit, cette nuit, dans la nuit, de nuit, pendant la nuit;
hour 12 = midi, à midi, de midi;
hour 0 = minuit, à minuit;
now = maintenant, tout de suite, immédiatement, à l instant, là maintenant, de suite, dès maintenant,
    dès que possible, en ce moment, tt de suite;
am = a;
at = à, vers, environ à, autour de, dès, à partir de, avant, après, jusqu à, il est, sur les coups de,
    aux environs de, aux alentours de, vers les, au plus tard à, depuis;
clock = heure(/s), h, heure(/s) pile, heure(/s) précise(/s), hrs, pile;
minute = minute(/s), min, mn;
past = passé de;
to = avant;

currency EUR = euro(/s), balles, boules, eur;
currency DLR = dollar(/s), piastre(/s);
currency USD = dollar(/s) américain(/s);
currency CAD = dollar(/s) canadien(/s), cad;
currency CHF = franc(/s) suisse(/s), chf;
currency FRA = franc(/s);
currency XOF = franc(/s) cfa, cfa;
currency GBP = livre(/s), livre(/s) sterling;
currency JPY = yen(/s);
currency RUB = rouble(/s);
currency CNY = yuan(/s);
currency MAD = dirham(/s);
currency DZD = dinar(/s);
cent EUR = centime(/s), cts;
cent CTE = cents, sous;
cent FRA = rappen;
percent = pour cent, pourcent, pour cents, pourcents, pct, pourcentage, p cent, pour 100;

yes 1 = oui, ui, wi, ouais, ouai, ouaip, ouep, oue, oé, vi, mouais, yep, mais oui, ben oui, bah oui, oui
    oui, oui s il vous plaît, oui merci, oui bien sûr, ouii, oui stp, oui svp;
yes = si, bien sûr, bien sur, bien entendu, évidemment, certainement, absolument, tout à fait,
    exactement, exact, d acc, volontiers, avec plaisir, pourquoi pas, pas de problème, pas de souci,
    aucun problème, aucun souci, sans problème, sans aucun doute, sans doute, parfaitement, ça me va, ça
    me convient, ça roule, c est ça, c est bien ça, c est cela, c est exact, c est correct, c est juste,
    allez y, vas y, allons y, je veux bien, j accepte, je confirme, confirmé, confirmer, je pense que
    oui, je crois que oui, je suppose, avec joie, effectivement, en effet, affirmatif, carrément, grave,
    clairement, bonne idée, super, génial, top, nickel, impec, je suis d accord, naturellement, à coup
    sûr, go, banco, j en serais ravi, oki, avec grand plaisir, certes, ça me semble bien, sûrement, c
    est sûr, je suis sûr(/e);
yes? = vrai, juste, correct, bien, bon, je veux, j en veux, je le veux, c est le cas, j ai, je suis,
    continuer, continue, accepter, pas mal, s il vous plaît, s il te plaît, svp, stp;
agreed = d accord, daccord, dac, ok, okay, entendu, parfait, c est bon, ça marche, okk;
no 1 = non, nan, nn, nop, nope, non merci, bien sûr que non, mais non, ben non, bah non, non non, noon;
no = pas aujourd'hui, jamais de la vie, pas du tout, absolument pas, certainement pas, sûrement pas, surtout pas, jamais, en aucun cas,
    aucunement, hors de question, pas question, je ne crois pas, je ne pense pas, je crois pas, je pense
    pas, je pense que non, je crois que non, pas vraiment, pas encore, pas maintenant, pas aujourd hui,
    pas pour le moment, pas pour l instant, plutôt pas, plutôt non, je préfère pas, je préfère ne pas,
    sans façon, négatif, rien, annuler, annulez, refuser, je refuse, que nenni, nullement, pas moi, moi
    non plus, non plus, aucun(/e), je ne veux pas, je veux pas, j en veux pas, ça ne va pas, ça va pas,
    ce n est pas ça, c est pas ça, ce n est pas le cas, inutile, pas besoin, pas la peine, ça ira, je n
    ai pas, je n en ai pas, je n en veux pas, je n en prends pas, j ai pas;
no? = pas, faux, incorrect, n est, inexact, mauvais, ne;
knows = sais, sûr(/e), certain(/e), convaincu(/e), décidé(/e), idée;
doubt 1 = est ce, est ce que, puis je, pouvez vous, avez vous, êtes vous;
doubt = je vais y (réfléchir/penser), y réfléchir, (je ne/je) peux pas (dire/le dire/me plaindre), je ne saurais dire, qui, rien ne presse, chépa, je ne sais pas, je sais pas, j sais pas, chais pas, jsp, sais pas, aucune idée, peut être, ptet,
    peutêtre, ça dépend, cela dépend, ça dep, je ne suis pas sûr(/e), je suis pas sûr(/e), pas sûr(/e),
    pas certain(/e), pas trop sûr(/e), je ne suis pas certain(/e), je doute, j hésite, éventuellement,
    possible, c est possible, probablement, peu importe, comme vous voulez, comme tu veux, n importe, ni
    oui ni non, plus ou moins, bof, on verra, je verrai, les deux, l un ou l autre, je ne me souviens
    pas, j ai oublié, comment, pourquoi, quoi, je n en sais rien, je ne comprends pas, je comprends pas,
    j en sais rien, euh je sais pas, quand;

of = de, du, des, d;
the = le, la, les, l, au, aux;
link = ou, au, jusqu à, jusqu au, ou bien, voire;
link? = à, et;
link_before = entre, de, du, depuis;
correction = non, pardon, attendez, attends, enfin, plutôt, désolé(/e), excusez moi;
correction 1 = non (pardon/attendez/attends/plutôt), enfin non, euh non, ou plutôt, je (veux/voulais) dire;
but = mais;
bound = après, avant, plus (de/du/que), moins (de/du/que), pas plus de, pas moins de, au moins, au plus, au maximum, au minimum, maximum, minimum;
only = pas plus de, pas plus, juste, seulement, uniquement;
filler = s il vous plaît, s il te plaît, svp, stp, merci, merci beaucoup, c est, ce sera, ce serait, ça
    sera, ce sont, il y a, il y aura, nous serons, nous sommes, on est, on sera, on serait, nous, on,
    je, j, voudrais, veux, aimerais, souhaite, souhaiterais, prends, prendrai, prendrais, préfère,
    besoin, ai, il, me, moi, faut, faudrait, pour, à, en, environ, à peu près, approximativement,
    presque, vers, autour, plutôt, juste, seulement, exactement, euh, ben, bah, alors, donc, bonjour,
    bonsoir, salut, mon, ma, notre, est, sont, total, au total, en tout, disons, mettons, peut être, je
    pense, je crois, la réponse est, celle, celui, ce, cette, ça, bref, ok, choisis, que, qu, un peu,
    genre, bien, va, dirais, chef, monsieur, madame, merci bien, aller, si possible, possible, serait,
    être, date, heure, le nombre, tous, toutes;
idiom = bon matin, bonne (nuit/soirée/journée/année), bon après midi, bonne après midi, l un, l une, l
    un de, l une de, un de, une de, quelqu un, quelques uns, un peu, un instant, une seconde, une
    minute, un moment, une question, un problème, une chose, un truc, un jour, une fois, chacun, chaque
    jour, tous les jours, par jour, par heure, par semaine, par nuit, par mois, par personne, toute la
    journée, la journée, le jour même, seconde main, de seconde main, première fois, la première fois,
    deuxième fois, dernière fois, la dernière fois, première classe, prochaine fois, la prochaine fois,
    tout d abord, en premier lieu, au premier abord, d un coup, les uns, les unes, 24/7, à bientôt, à
    demain, à plus tard, à tout à l heure, en un mot, à la fois, mi temps, à mi temps, de temps en
    temps, en ce qui, pas un, point de, un point, au point, à point, sur un point, en fait, en cours,
    soi même, mille mercis, mille fois, en même temps, si bien, d une part, d un autre côté, tiers
    payant, tous les (lundis/mardis/mercredis/jeudis/vendredis/samedis/dimanches), chaque
    (lundi/mardi/mercredi/jeudi/vendredi/samedi/dimanche), 7/7, 7j/7;
except = au lieu de, au lieu du, plutôt que, à la place de, pas, sauf, sauf le, excepté, hormis, mais pas, à part, pas le, lendemain de, lendemain du, veille
    de, la veille du, le lendemain de, le lendemain du;
";
