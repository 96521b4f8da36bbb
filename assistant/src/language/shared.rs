//! What is the same in every language: signs, codes, and the words everybody knows.

/// Signs of currencies, ISO 4217 codes, and a few words.
pub const WORDS: &str = "
number 0.5 = ½;
number 0.25 = ¼;
number 0.75 = ¾;
percent = %;
option = #, №;
ordinal_end = °;
agreed = ok, okay, okey, k;
yes = yes, yeah, yep;
clock = h;
money_scale 1000000 = m, mm, mn, mln;
money_scale 1000000000 = b, bn;
am = am, a m;
pm = pm, p m;
currency DLR = $;
currency USD = usd, us $, u s $;
currency EUR = €, eur;
currency GBP = £, gbp;
currency JPY = ¥, jpy;
currency CHF = chf, sfr;
currency RUB = ₽, rub, rur;
currency UAH = ₴, uah;
currency INR = ₹, inr;
currency KRW = ₩, krw;
currency TRY = ₺, try;
currency ILS = ₪, ils;
currency THB = ฿, thb;
currency KZT = ₸, kzt;
currency BRL = brl, r $;
currency CAD = cad, ca $, c $;
currency AUD = aud, au $, a $;
currency NZD = nzd, nz $;
currency MXN = mxn, mx $;
currency CNY = cny, rmb;
currency ARS = ars;
currency CLP = clp;
currency COP = cop;
currency PEN = pen;
currency UYU = uyu;
currency BYN = byn;
currency PLN = pln, zł;
currency CZK = czk, kč;
currency SEK = sek;
currency NOK = nok;
currency DKK = dkk;
currency HUF = huf;
currency RON = ron;
currency BGN = bgn;
currency AED = aed;
currency SAR = sar;
currency ZAR = zar;
currency SGD = sgd;
currency HKD = hkd;
currency TWD = twd;
currency AOA = aoa;
currency MZN = mzn;
currency XOF = xof;
currency XAF = xaf;
currency MAD = mad;
currency TND = tnd;
currency DZD = dzd;
";

/// A word for money that means another currency in another place.
pub struct LocalCurrency {
    /// Its name in the language files, of three letters like a code.
    pub name: &'static str,
    /// Where no region is known; empty when nobody could say.
    pub usual: &'static str,
    /// Regions with their currencies.
    pub regions: &'static str,
}

/// Dollars, pesos, francs, crowns, and their hundredths.
pub const LOCAL_CURRENCIES: [LocalCurrency; 6] = [
    LocalCurrency {
        name: "DLR",
        usual: "USD",
        regions: "CA:CAD AU:AUD NZ:NZD SG:SGD HK:HKD MX:MXN AR:ARS CL:CLP CO:COP UY:UYU",
    },
    LocalCurrency {
        name: "PES",
        usual: "",
        regions: "MX:MXN AR:ARS CL:CLP CO:COP UY:UYU CU:CUP DO:DOP PH:PHP",
    },
    LocalCurrency { name: "FRA", usual: "CHF", regions: "SN:XOF CI:XOF ML:XOF BJ:XOF CM:XAF GA:XAF CD:CDF" },
    LocalCurrency {
        name: "CTS",
        usual: "USD",
        regions: "IE:EUR CA:CAD AU:AUD NZ:NZD SG:SGD HK:HKD ZA:ZAR MT:EUR CY:EUR",
    },
    LocalCurrency { name: "CTE", usual: "EUR", regions: "CA:CAD" },
    LocalCurrency {
        name: "CTV",
        usual: "",
        regions: "MX:MXN AR:ARS CL:CLP CO:COP UY:UYU CU:CUP DO:DOP US:USD EC:USD SV:USD PA:USD BR:BRL AO:AOA MZ:MZN",
    },
];

/// Three letters as a number.
pub fn code_value(code: &str) -> f64 {
    code.bytes().fold(0.0, |value, letter| value * 256.0 + f64::from(letter))
}

/// Three letters from a number.
pub fn code(value: f64) -> String {
    (value as u32).to_be_bytes()[1..].iter().map(|&letter| char::from(letter)).collect()
}
