//! English.

use super::{Habits, Language};

/// English.
pub const ENGLISH: Language = Language {
    tag: "en",
    words: WORDS,
    habits: Habits {
        month_may_come_first: true,
        twelve_hours: true,
        next_is_next_week: true,
        weeks_before_day: true,
        article_is_one: false,
        inflection: 0,
        and_after: 100.0,
        decimal_point: "*",
        ..Habits::USUAL
    },
};

const WORDS: &str = "
number 0 = zero, nought, nil, none at all | one, just me, only me, just myself, only myself, just the
    one | two, a couple of, a couple, couple of, couple, a pair of, a pair, twice, both | three | four |
    five | six, half a dozen, half dozen | seven | eight | nine | ten | eleven | twelve | thirteen |
    fourteen | fifteen | sixteen | seventeen | eighteen | nineteen;
number 20..+10 = twenty | thirty | forty, fourty | fifty | sixty | seventy | eighty | ninety, ninty;
article = a, an;
scale 12 = dozen, dozens;
scale 100 = hundred;
scale 1000 = thousand, k, grand;
scale 1000000 = million, mil, mln, mio;
scale 1000000000 = billion, bn;
ordinal 1 = first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth |
    eleventh | twelfth | thirteenth | fourteenth | fifteenth | sixteenth | seventeenth | eighteenth |
    nineteenth | twentieth;
ordinal 30..+10 = thirtieth | fortieth | fiftieth | sixtieth | seventieth | eightieth | ninetieth |
    hundredth;
ordinal_end = st, nd, rd, th;
part_of 2 = half, halves, half of;
part_of 3 = third, thirds;
part_of 4 = quarter, quarters, fourths;
part_of 5 = fifth(/s);
part_of 8 = eighth(/s);
part_of 10 = tenth(/s);
and = and, n;
nought = oh, o;
point = point, dot;
minus = minus, negative;
from_end 1 = last, last one, the last one, bottom, final | second to last, second last, next to last,
    penultimate, last but one;
option = option, number, no, nr, answer, choice, one, item, num;

month 1 = january, jan | february, feb, febuary, febr;
month? 3 = march, mar;
month 4 = april, apr;
month? 5 = may;
month 6 = june, jun | july, jul | august, aug | september, sept, sep | october, oct | november, nov |
    december, dec;
weekday 1 = monday, mon | tuesday, tues, tue | wednesday, weds, wed, wensday, wednsday |
    thursday, thurs, thur, thu, thrusday | friday, fri | saturday | sunday;
weekday? 6 = sat | sun;
day -2 = the day before yesterday, day before yesterday, ereyesterday | yesterday, last night, yday |
    today, tonight, tonite, this (morning/afternoon/evening), this very day, same day, todays, 2day,
    right away today | tomorrow, tomorow, tommorow, tommorrow, tmrw, tmr, tmrrw, 2morrow, 2moro, tomorrows |
    the day after tomorrow, day after tomorrow, overmorrow;
holiday 1-1 = new years day, new years, new year, new year s day;
holiday 2-14 = valentines day, valentines, valentine s day;
holiday 3-17 = st patricks day, saint patricks day, st paddys day;
holiday easter-2 = good friday;
holiday easter+0 = easter sunday, easter;
holiday easter+1 = easter monday;
holiday easter-47 = mardi gras, shrove tuesday, pancake day;
holiday easter-46 = ash wednesday;
holiday easter-7 = palm sunday;
holiday easter-3 = maundy thursday;
holiday easter+39 = ascension day;
holiday easter+49 = pentecost, whit sunday;
holiday easter+50 = whit monday;
holiday 4-1 = april fools day, april fools;
holiday 6-19 = juneteenth;
holiday 7-4 = independence day, the fourth of july, fourth of july;
holiday 10-31 = halloween, hallowe en;
holiday 11-5 = bonfire night, guy fawkes night;
holiday 11-11 = veterans day, remembrance day, armistice day;
holiday 12-24 = christmas eve, xmas eve;
holiday 12-25 = christmas day, christmas, xmas day, xmas;
holiday 12-26 = boxing day;
holiday 12-31 = new years eve, new year s eve, nye;
holiday 1/1/3 = martin luther king day, mlk day;
holiday 2/1/3 = presidents day;
holiday 5/7/2 = mothers day;
holiday 5/1/0 = memorial day;
holiday 6/7/3 = fathers day;
holiday 9/1/1 = labor day;
holiday 10/1/2 = columbus day;
holiday 11/4/4 = thanksgiving day, thanksgiving;
span second = second(/s), sec(/s);
span minute = minute(/s), min(/s);
span hour = hour(/s), hr(/s);
span day = day(/s), days time;
span week = week(/s), wk(/s), weeks time;
span fortnight = fortnight(/s);
span weekend = weekend;
span month = month(/s), mth(/s), months time;
span year = year(/s), yr(/s), years time;
next = next, nxt, coming, following, upcoming;
after_next = after next;
this = this, this coming, the current, current, this upcoming;
last = last, past, previous;
in = in, within, after, in about, in around, in another, in the next;
later = from now, from today, later, hence, ahead;
ago = ago, back, earlier;
before = before, ahead of, prior to;
after = after, from, following;
edge 1 = beginning, the beginning, start, the start, early, first day, the first day, in early | middle,
    the middle, mid, halfway through | end, the end, last day, the last day, late;
on = on, not later than, no later than, by, until, till, before, for, starting, starting on, from, since, as of, arriving, leaving,
    departing;
year_word = ad;

part morning = morning, in the morning, this morning, every morning, the morning, mornings, early
    morning, in the early morning, ;
part afternoon = afternoon, in the afternoon, this afternoon, the afternoon, afternoons, in the pm;
part evening = evening, in the evening, this evening, the evening, evenings, tonight, tonite;
part night = night, at night, in the night, the night, last night, late at night;
part small_hours = small hours, in the small hours, wee hours;
hour 12 = noon, midday, noontime, high noon, lunchtime, 12 noon, twelve noon, noonish;
hour 0 = midnight, 12 midnight, twelve midnight;
now = now, right now, immediately, at once, right away, straight away, asap, at the moment, this moment,
    this instant;
am = a, in the am;
pm = p, in the pm;
at = at, at about, at around, around, about, by, before, after, until, till, from, approximately,
    roughly, approx, circa, ca, at exactly, exactly at, exactly, starting at, as of, since;
clock = o clock, oclock, hrs, hours, hundred hours, ish, sharp, on the dot;
minute = minutes, minute, min, mins;
past = past, after, gone;
to = to, before, of, till, til;

currency DLR = dollar(/s), buck(/s);
currency USD = us dollar(/s), american dollar(/s);
currency CAD = canadian dollar(/s);
currency AUD = australian dollar(/s), aussie dollar(/s);
currency NZD = new zealand dollar(/s);
currency EUR = euro(/s);
currency GBP = pound(/s), quid, pound(/s) sterling, british pound(/s), sterling;
currency JPY = yen, japanese yen;
currency CHF = swiss franc(/s);
currency FRA = franc(/s);
currency RUB = ruble(/s), rouble(/s);
currency INR = rupee(/s), rs;
currency CNY = yuan, renminbi;
currency PES = peso(/s);
currency MXN = mexican peso(/s);
currency BRL = real, reais, reals;
currency KRW = won;
currency PLN = zloty(/s);
currency ZAR = rand;
currency SEK = swedish krona, swedish kronor;
currency NOK = norwegian krone, norwegian kroner;
currency DKK = danish krone, danish kroner;
currency TRY = turkish lira;
currency ILS = shekel(/s);
cent CTS = cent(/s), ¢, dime(/s);
cent GBP = pence, penny, pennies, p;
percent = percent, per cent, pct, percentage, percents, percent of;

yes 1 = yes, ye, yeah, yea, yep, yup, yess, yah, ya, yas, y, aye, yes please, yes sir, yes maam, yes
    indeed, yezz, yups, yeh, yaas, yer, yessir, hell yes, hell yeah;
yes = sure, of course, absolutely, definitely, certainly, affirmative, indeed, gladly, why not, go
    ahead, sounds good, sounds great, no problem, no worries, please do, by all means, without a doubt,
    no doubt, for sure, you bet, sure thing, totally, uh huh, uhuh, mhm, mm hmm, mmhmm, roger, works for
    me, let s do it, lets do it, do it, that works, fine by me, that s fine, thats fine, with pleasure,
    id love to, i d love to, id like that, i agree, agreed, not a problem, i think so, i guess
    so, i suppose so, of course i do, obviously, i believe so, confirmed, i confirm, confirm, dont mind
    if i do, i don t mind, i dont mind, that ll do, thatll do, bet, ofc, sounds like a plan, sounds like
    it, gotcha, okie, very much so, without doubt, thumbs up, for real;
yes? = working, i would, right, correct, exactly, positive, true, it is, i do, i am, i have, i did, i can, i will, it
    does, it did, they do, they are, perfect, great, good, fine, precisely, naturally, all right,
    alright, accept, accepted, proceed, continue, does, works, i want to, i want that, happy to, i
    guess, i suppose, we do, we are, we have, he did, she did, we did, he does, she does, let s go, lets
    go, please, i think, it was, they did;
agreed = ok, okay, okey dokey, cool, kk, okie dokie, ok then;
no 1 = no (ty/tnx/thnx/thnks/thx), nope, nah, naw, nay, n, no thanks, no thank you, no sir, hell no, nop, noup, noo;
no 2 = no;
no = negative, no way, i don t think so, i dont think so, certainly not, absolutely not, definitely not,
    of course not, nothing, by no means, under no circumstances, i d rather not, id rather not, rather
    not, please don t, please dont, neither, nada, i m good, im good, im fine, i m fine, im all right,
    no need, i don t, i dont, i do not, i m not, im not, forget it, i disagree, unlikely, i doubt it,
    none, cancel, decline, maybe not, i guess not, probably not, i refuse, i wouldn t, i wouldnt, i m
    afraid not, im afraid not, afraid not;
no? = never, not, doesn t, doesnt, isn t, isnt, won t, wont, can t, cant, false, didn t, didnt, wrong,
    incorrect, aren t, arent, wasn t, wasnt, haven t, havent, hasn t, hasnt, cannot, shouldn t,
    shouldnt, couldn t, couldnt, not at all, not really, not yet, not now, not today, not me, don t,
    dont, not for me, not interested, not likely, not this time;
knows = care, sure, certain, know, convinced, decided, remember;
doubt 1 = is it, is that, is this, can i, could i, may i, shall i, should i, do i, are you, do you, can you,
    could you, would you, will you, does it, does that, was that;
doubt = (can t/cant/cannot/can not/could not/couldn t/couldnt) say, (can t/cant/cannot) complain, (think/thinking) about, think it
    over, think this over, sleep on it, no (rush/hurry/pressure/preference), who, whose, idc, up to you, not sure, maybe, perhaps, i don t know, i dont know, don t know, dont know, dunno, idk, i m not
    sure, im not sure, no idea, not certain, possibly, it depends, depends, never mind, nevermind, no
    clue, unsure, whatever, i can t decide, i cant decide, not sure yet, hard to say, who knows, either,
    could be, i m unsure, i have no idea, i am not sure, i do not know, i d not know, i haven t decided,
    neither yes nor no, not really sure, sort of, kind of, probably, either way, both, what, how, why,
    not quite sure, i couldn t say, not applicable;

of = of, in;
the = the;
link = or, to, through, until, till, thru, up to, or maybe, or perhaps;
link? = and;
link_before = between, from, either;
correction = no, no no, nope, wait, hold on, sorry, oops, actually, rather, correction, better, make it;
correction 1 = no wait, wait no, no sorry, sorry no, i mean, i meant, no i mean, make that, no make (it/that), scratch that, or rather, or better, or actually;
but = but;
bound = after, before, earlier than, later than, more than, less than, no more than, not more than, no less than, at least, at most, over, under, above, below, up to, fewer than, no fewer than;
only = just, only, not more than, no more than;
filler = please, pls, plz, thanks, thank you, thx, cheers, thank, you, it, its, it s, it is, it was, is,
    was, i, id, i d, i ll, ill, i m, im, ive, am, we, me, my, our, us, that, thats, that s, this, very,
    much, really, want, would, like, need, have, take, make, let s, lets, say, would like, make it, do,
    just, only, well, um, uh, hmm, hm, oh, er, so, then, there, are, be, will, can, about, around,
    roughly, approximately, almost, maybe, think, guess, i think, i guess, i believe, for, at, on, with,
    should, hi, hello, hey, actually, exactly, around about, more or less, or so, ish, total, in total,
    altogether, set, book, choose, pick, select, prefer, rather, go, go for, going, ll, mine, too, also,
    sorry, mate, man, sir, dear, love, now that, let, see, let me see, sounds, best, how about, what
    about, we are, we re, were, there are, there are of us, of us, people say, approx, possible, if
    possible, when, date, day, time, amount, number is, answer is, the answer is, my answer is, equals,
    sometime, kindly, probably, soon, soonish;
idiom = good (morning/afternoon/evening/night/day), one of, no one, that one, this one, which
    one, another one, one another, one moment, one second, one sec, a second, a sec, just a
    minute, someone, may i, might, may you, we may, i may, you may, he may, she may, it may, they may,
    that may, may be, may have, may not, may need, may want, may come, may still, 24/7, seven days a
    week, first of all, second hand, second thought, second thoughts, on second thought, in the first
    place, at first, first time, first name, first class, second class, one day i, one way, this may,
    which may, who may, what may, one and only, half board, the day before, number one, thank you, no
    one else, everyone, the ones, sun is, the sun, sat down, sat on, marching, last name, second name,
    half price, half way, a dozen times, may as well, one by one, one on one, one thing, one more thing,
    one last thing, one more question, one question, one issue, one problem, a bit, point of, to the
    point, a lot, zero waste, dot com, last time, next time, this time, at this time, at the time, at
    any time, at that time, per day, per week, per night, per hour, per month, a day, a week, a month, a
    year, a night, all day, every day, each day, on
    (mondays/tuesdays/wednesdays/thursdays/fridays/saturdays/sundays), every
    (monday/tuesday/wednesday/thursday/friday/saturday/sunday), each (monday/friday/saturday/sunday);
except = instead of, rather than, not, (can t/cant/cannot/won t/wont/don t/dont/doesn t/doesnt/isn t/isnt/couldn t/couldnt), except, except for, but not, other than, apart from, anything but, any day but, any time but,
    anytime but, everything but, not on, not at;
";
