//! German, of Germany, Austria and Switzerland.

use super::{Habits, Language};

/// German.
pub const GERMAN: Language = Language {
    tag: "de",
    words: WORDS,
    habits: Habits {
        half_counts_towards: true,
        next_is_next_week: true,
        compounds: true,
        week_is_eight_days: true,
        decimal_point: "CH LI",
        ..Habits::USUAL
    },
};

const WORDS: &str = "
number 0 = null | eins, einzige(/r/n/s), nur ich, ich allein, nur für mich | zwei, zwo, beide, ein Paar,
    zu zweit, wir beide | drei, zu dritt | vier, zu viert | fünf, zu fünft | sechs, ein halbes Dutzend,
    halbes Dutzend, zu sechst | sieben, zu siebt | acht, zu acht | neun | zehn | elf | zwölf | dreizehn
    | vierzehn | fünfzehn | sechzehn | siebzehn | achtzehn | neunzehn;
number 20..+10 = zwanzig | dreißig, dreissig, dreizig | vierzig | fünfzig | sechzig | siebzig | achtzig
    | neunzig;
number 1.5 = anderthalb, eineinhalb, einundeinhalb, ein einhalb;
article = ein, eine, einen, einem, einer, eines, n, ner, nem, nen;
scale 12 = Dutzend(/e);
scale 100 = hundert;
scale 1000 = tausend, Tsd, k;
scale 1000000 = Million(/en), Mio;
scale 1000000000 = Milliarde(/n), Mrd;
ordinal 1 = erst(e/er/es/en/em);
ordinal 3 = dritt(e/er/es/en/em);
ordinal 7 = siebt(e/er/es/en/em);
ordinal 8 = acht(e/er/es/en/em);
ordinal_end = te, ter, tes, ten, tem, ste, ster, stes, sten, stem;
part_of 2 = halb(/e/er/es/en/em), Hälfte;
part_of 3 = Drittel;
part_of 4 = viertel;
part_of 1.3333333333333333 = dreiviertel;
part_of 5 = Fünftel | Sechstel | Siebtel | Achtel | Neuntel | Zehntel;
plus 0.5 = einhalb, ein halb;
and = und, u;
point = Komma, Punkt;
minus = minus;
from_end 1 = letzt(e/er/es/en/em) | vorletzt(e/er/es/en/em);
option = Option, Nummer, Nr, Antwort, Punkt, Auswahl, Möglichkeit;

month 1 = Januar, Jänner, Jan, Jän | Februar, Feber, Feb | März, Mrz, Mär | April, Apr | Mai | Juni,
    Juno, Jun | Juli, Julei, Jul | August, Aug | September, Sept, Sep | Oktober, Okt | November, Nov |
    Dezember, Dez;
weekday 1 = Montag(/abend/morgen/mittag/nachmittag/vormittag/nacht) |
    Dienstag(/abend/morgen/mittag/nachmittag/vormittag/nacht) |
    Mittwoch(/abend/morgen/mittag/nachmittag/vormittag/nacht) |
    Donnerstag(/abend/morgen/mittag/nachmittag/vormittag/nacht) |
    Freitag(/abend/morgen/mittag/nachmittag/vormittag/nacht) |
    Samstag(/abend/morgen/mittag/nachmittag/vormittag/nacht), Sonnabend |
    Sonntag(/abend/morgen/mittag/nachmittag/vormittag/nacht);
weekday? 1 = mo | di | mi | do | fr | sa | so;
day -2 = vorgestern | gestern, gestern Abend | heute, heut, heute noch, heute
    (früh/Morgen/Vormittag/Mittag/Nachmittag/Abend/Nacht), noch heute | morgen, morgen
    (früh/Vormittag/Mittag/Nachmittag/Abend) | übermorgen | überübermorgen;
holiday 1-1 = Neujahr, Neujahrstag;
holiday 1-6 = Dreikönig, Heilige Drei Könige, Dreikönigstag, Dreikönigsfest;
holiday 2-14 = Valentinstag;
holiday easter-52 = Weiberfastnacht;
holiday easter-48 = Rosenmontag;
holiday easter-47 = Faschingsdienstag, Fastnacht, Fasching;
holiday easter-46 = Aschermittwoch;
holiday easter-7 = Palmsonntag;
holiday easter-3 = Gründonnerstag;
holiday easter-2 = Karfreitag;
holiday easter-1 = Karsamstag, Ostersamstag;
holiday easter+0 = Ostern, Ostersonntag;
holiday easter+1 = Ostermontag;
holiday easter+39 = Christi Himmelfahrt, Himmelfahrt, Vatertag, Auffahrt;
holiday easter+49 = Pfingsten, Pfingstsonntag;
holiday easter+50 = Pfingstmontag;
holiday easter+60 = Fronleichnam;
holiday 5-1 = Tag der Arbeit, Maifeiertag, Erster Mai;
holiday 5/7/2 = Muttertag;
holiday 8-1 = Bundesfeier, Schweizer Nationalfeiertag;
holiday 8-15 = Mariä Himmelfahrt;
holiday 10-3 = Tag der Deutschen Einheit, Tag der Einheit;
holiday 10-31 = Halloween, Reformationstag;
holiday 11-1 = Allerheiligen;
holiday 12-6 = Nikolaus, Nikolaustag;
holiday 12-24 = Heiligabend, Heiliger Abend, Weihnachtsabend;
holiday 12-25 = Weihnachten, Weihnachtstag, erster Weihnachtstag, erster Weihnachtsfeiertag, Christtag;
holiday 12-26 = zweiter Weihnachtstag, zweiter Weihnachtsfeiertag, Stefanitag, Stephanstag;
holiday 12-31 = Silvester, Sylvester, Silvesterabend, Jahresende;
span second = Sekunde(/n), Sek;
span minute = Minute(/n), Min;
span hour = Stunde(/n), Std, h;
minutes_in_all 15 = Viertelstunde;
minutes_in_all 30 = Halbstunde;
minutes_in_all 45 = Dreiviertelstunde;
span day = Tag(/e/en/es);
span week = Woche(/n);
span weekend = Wochenende, WE;
span month = Monat(/e/en/s/es);
span year = Jahr(/e/en/es/s);
next = nächst(e/er/es/en/em), nä, nächst, kommend(e/er/es/en/em), folgend(e/er/es/en/em);
after_next = übernächst(e/er/es/en/em);
this = dies(e/er/es/en/em), aktuell(e/er/es/en/em), laufend(e/er/es/en/em), diese(/n) kommende(/n);
last = letzt(e/er/es/en/em), vergangen(e/er/es/en/em), vorig(e/er/es/en/em);
in = in, binnen, innerhalb von, innerhalb, in etwa, in ca, in ungefähr;
later = später, ab jetzt, ab heute, von heute an, danach;
ago = her, zuvor, früher;
before = vor;
after = nach;
ago_before = vor;
edge 1 = Anfang, Beginn, am Anfang, zu Beginn, der erste Tag, am ersten Tag, erster Tag | Mitte | Ende,
    am Ende, letzter Tag, der letzte Tag, am letzten Tag;
on = am, nicht später als, an, bis, ab, zum, für, vom, vor, seit, gegen, den;
edge_of_month 1 = Monatsanfang | Monatsmitte | Monatsende;
day_word = Tag;

part morning = morgens, am Morgen, früh, vormittags, am Vormittag, Vormittag, heute
    (Morgen/früh/Vormittag), morgen (früh/Vormittag), in der Früh, in der Frühe, frühmorgens, am frühen
    Morgen, des Morgens, diesen (Morgen/Vormittag), jeden Morgen,
    (Montag/Dienstag/Mittwoch/Donnerstag/Freitag/Samstag/Sonntag)morgen,
    (Montag/Dienstag/Mittwoch/Donnerstag/Freitag/Samstag/Sonntag) Morgen,
    (Montag/Dienstag/Mittwoch/Donnerstag/Freitag/Samstag/Sonntag)vormittag;
part afternoon = nachmittags, am Nachmittag, Nachmittag, heute Nachmittag, morgen Nachmittag, mittags,
    am Mittag, heute Mittag, morgen Mittag, zu Mittag, am frühen Nachmittag, am späten Nachmittag,
    diesen Nachmittag, (Montag/Dienstag/Mittwoch/Donnerstag/Freitag/Samstag/Sonntag)nachmittag,
    (Montag/Dienstag/Mittwoch/Donnerstag/Freitag/Samstag/Sonntag)mittag;
part evening = abends, am Abend, Abend, heute Abend, morgen Abend, gestern Abend, am frühen Abend, am
    späten Abend, des Abends, diesen Abend,
    (Montag/Dienstag/Mittwoch/Donnerstag/Freitag/Samstag/Sonntag)abend;
part night = nachts, in der Nacht, Nacht, heute Nacht, diese Nacht, des Nachts,
    (Montag/Dienstag/Mittwoch/Donnerstag/Freitag/Samstag/Sonntag)nacht;
hour 12 = Mittag, zwölf Uhr mittags, 12 Uhr mittags;
hour 0 = Mitternacht, um Mitternacht;
now = jetzt, sofort, gleich jetzt, jetzt gleich, umgehend, augenblicklich, unverzüglich, im Moment,
    jetzt sofort, asap, so bald wie möglich, sobald wie möglich, schnellstmöglich;
at = um, gegen, ab, so gegen, ungefähr um, etwa um, circa um, ca, zirka, bis, vor, nach, um circa, um
    ca, um etwa, um ungefähr, genau um, so um, spätestens um, frühestens um, seit, von;
clock = Uhr;
minute = Minuten, Minute, Min;
past = nach;
to = vor;

currency EUR = Euro(/s), Eurs, Eus;
currency CHF = Franken, Schweizer Franken, Fränkli, Fr, SFr, Stutz;
currency DLR = Dollar(/s);
currency USD = US Dollar(/s), amerikanische Dollar;
currency GBP = Pfund, britische Pfund, Pfund Sterling;
currency JPY = Yen;
currency RUB = Rubel;
currency PLN = Zloty;
currency CZK = Kronen, Tschechische Kronen;
currency TRY = Lira, türkische Lira;
currency CNY = Yuan;
cent EUR = Cent(/s), ct;
cent CHF = Rappen, Rp;
percent = Prozent, vom Hundert, Prozente, v H, Prozentpunkte;

yes 1 = ja, jaja, jo, joa, jep, jup, jepp, jupp, jawohl, jawoll, jaa, ja bitte, ja gerne, ja gern, ja
    klar, ja ja, ja genau, jo klar, jap, yo, doch, bitte ja;
yes = gern, gerne, sehr gern(/e), klar, na klar, aber klar, klaro, natürlich, selbstverständlich,
    sicher, aber sicher, sicherlich, freilich, genau, genau so, richtig, ganz genau, stimmt, das stimmt,
    passt, das passt, passt mir, einverstanden, geht klar, okidoki, auf jeden Fall, unbedingt, absolut,
    definitiv, bestimmt, warum nicht, wieso nicht, kein Problem, kein Thema, mit Vergnügen, so ist es,
    so machen wir das, mach das, machen wir, machen wir so, leg los, los, abgemacht, gebongt, ich denke
    schon, ich glaube schon, ich glaube ja, denke schon, glaub schon, ich denke ja, korrekt, exakt,
    positiv, bin dabei, find ich gut, klingt gut, hört sich gut an, eh klar, bestätige, bestätigt, ich
    bestätige, bestätigen, zweifellos, ohne Zweifel, logisch, logo, perfekt, von mir aus, meinetwegen,
    ich bitte darum, das wäre toll, das wäre gut, sehr gut, ich bin einverstanden, das wär super;
yes? = gut, möchte ich, will ich, habe ich, hab ich, bin ich, ist es, wahr, schon, bitte, weiter,
    fortfahren, akzeptieren, das ist es, geht, kann ich, können wir, machen wir;
agreed = ok, okay, okey, oki, in Ordnung, alles klar, gut so, na gut, super, prima;
no 1 = nein, nee, ne, nö, nöö, nope, nein danke, nee danke, nein nein, leider nein, leider nee, ach
    nein, na nein, danke nein;
no = nicht wirklich, niemals, nie, keinesfalls, auf keinen Fall, keineswegs, überhaupt nicht, gar nicht,
    ganz und gar nicht, natürlich nicht, sicher nicht, ganz sicher nicht, bestimmt nicht, auf gar keinen
    Fall, lieber nicht, besser nicht, eher nicht, eher nein, noch nicht, jetzt nicht, heute nicht, ich
    glaube nicht, glaub nicht, glaube nicht, ich denke nicht, denke nicht, denk nicht, möchte ich nicht,
    will ich nicht, ich will nicht, ich möchte nicht, kein Bedarf, kein Interesse, kommt nicht in Frage,
    kommt nicht infrage, negativ, nix, nichts, leider nicht, mitnichten, ich verzichte, abbrechen,
    abbruch, ablehnen, lehne ab, ich lehne ab, vergiss es, nicht nötig, ist nicht nötig, brauche ich
    nicht, brauch ich nicht, muss nicht sein, stimmt nicht, das stimmt nicht, passt nicht, das passt
    nicht, geht nicht, das geht nicht, keins, keine, keiner, keinen, habe ich nicht, hab ich nicht, bin ich nicht, (passt/das passt) mir nicht,
    (passt/das passt) mir leider nicht, doch nicht, nicht einverstanden, ungern, kann ich nicht, könnte ich nicht;
no? = nicht, falsch, kein, inkorrekt, unwahr, net, ned;
knows = weiß, sicher, gewiss, überzeugt, entschieden, Ahnung, Plan;
doubt 1 = ist das, ist es, ist dies, darf ich, soll ich, sind Sie, haben Sie, können Sie, könnten Sie, kannst du;
doubt = (kann/könnte) ich nicht sagen, (kann/könnte) ich so nicht sagen, kann man nicht sagen, kann mich nicht beklagen,
    überlege (/ich/es) mir, nachdenken, keine Eile, wer, ich weiß nicht, ich weiß es nicht, weiß nicht, weiss nicht, weiß ich nicht, keine Ahnung, ka,
    vielleicht, eventuell, möglicherweise, kommt drauf an, kommt darauf an, es kommt darauf an, bin mir
    nicht sicher, bin nicht sicher, ich bin mir nicht sicher, ich bin nicht sicher, nicht sicher,
    unsicher, jein, egal, ist mir egal, mir egal, mal sehen, mal schauen, na ja, naja, weder noch,
    entweder oder, beides, wahrscheinlich, vermutlich, unentschieden, noch nicht sicher, nicht ganz
    sicher, mir gleich, was, wie, wann, wieso, warum, wie bitte, ich verstehe nicht, verstehe ich nicht,
    schwer zu sagen, kann sein, könnte sein, weiß noch nicht, ich weiß noch nicht, keinen Plan, kp, je
    nachdem;

of = von, vom, des, der, im, in;
the = der, die, das, den, dem, des;
link = oder, bis, bis zum, bis zu, bis um, beziehungsweise, bzw;
link? = und;
link_before = zwischen, von, vom;
correction = nein, ne, nee, quatsch, halt, moment, warte, Entschuldigung, Verzeihung, sorry, pardon, doch, lieber, besser, vielmehr;
correction 1 = nein warte, halt nein, ach nein, ich (meine/meinte), nein (doch/lieber/besser), oder (doch/besser/lieber), besser gesagt, doch lieber;
but = sondern, aber;
bound = nach, vor, früher als, später als, mehr als, weniger als, nicht mehr als, nicht weniger als, mindestens, höchstens, wenigstens, maximal, minimal, über, unter, bis zu;
only = nicht mehr als, mehr nicht, nur, bloß, lediglich;
filler = bitte, danke, dankeschön, vielen Dank, es, ist, sind, wäre, wären, ich, wir, möchte, möchten,
    hätte, hätten, gern, gerne, will, wollen, brauche, brauchen, nehme, nehmen, nehm, bevorzuge, würde,
    würden, sagen, etwa, ungefähr, circa, ca, rund, zirka, fast, nur, genau, exakt, insgesamt, zusammen,
    so, also, äh, ähm, hm, mhm, na, naja, hallo, hi, moin, servus, grüezi, wahrscheinlich, vielleicht,
    ich glaube, ich denke, glaube, denke, zu, für, mit, auf, das wären, das sind, das ist, mein, meine,
    unser, unsere, uns, mir, werden, haben, habe, hab, sein, ja, dann, doch, mal, lieber, am liebsten,
    bei, um, die Antwort ist, passt, passt mir, geht, passen, machen, macht, komme, kommen, davon,
    Stück, mehr oder weniger, schon, eher, gegen, wird, einfach, sag, sagen wir, noch, Datum, Uhrzeit,
    Termin, Anzahl, und zwar, jeweils, wohl, schätze, war, waren;
idiom = guten (Morgen/Tag/Abend), gute Nacht, schönen (Tag/Abend), schönes Wochenende, ein bisschen, ein
    paar, ein wenig, einer von, eine von, eines von, eins von, einer der, eine der, eines der, ein
    anderer, eine andere, einen anderen, jeder einzelne, ein Moment, einen Moment, einen Augenblick,
    eine Sekunde, eine Minute, eine Frage, eine Bitte, ein Problem, einmal, noch einmal, auf einmal, ein
    Mal, eines Tages, jeden Tag, den ganzen Tag, pro (Tag/Stunde/Woche/Monat/Jahr/Nacht/Person), am Tag,
    im Monat, im Jahr, in der Woche, zweite Hand, aus zweiter Hand, erste Klasse, zweite Klasse, zum
    ersten Mal, das erste Mal, beim ersten Mal, das letzte Mal, letztes Mal, letzte Mal, nächstes Mal,
    beim nächsten Mal, erstens, an erster Stelle, 24/7, bis morgen, bis später, bis bald, bis dann, bis
    gleich, heutzutage, so oder so, Punkt für Punkt, auf den Punkt, ein für alle Mal, unter anderem, zum
    einen, vor allem, vor Ort, hin und her, so dass, halb so, des weiteren, im Voraus, in Ordnung, in
    etwa, n paar, jeden (Montag/Dienstag/Mittwoch/Donnerstag/Freitag/Samstag/Sonntag);
except = statt, anstatt, anstelle von, kein(/e/en/er/em), nicht, außer, ausser, außer am, bis auf, nur nicht, aber nicht, ausgenommen, abgesehen von;
";
