//! Every method, by the kind of value it is called on.

use super::*;
use crate::limits::PATTERN_BYTES_MAX;

#[test]
fn methods_of_lists() {
    methods(&[
        ("[1,\"2\"]", "contains", "[2]", "true"),
        ("[1,\"b\"]", "contains", "[\"B\"]", "false"),
        ("[1,\"b\"]", "containsIgnoreCase", "[\"B\"]", "true"),
        ("[1,\"b\"]", "indexOf", "[\"b\"]", "1"),
        ("[1]", "indexOf", "[3]", "-1"),
        ("[1,2]", "size", "[]", "2"),
        ("[1,2]", "length", "[]", "2"),
        ("[]", "isEmpty", "[]", "true"),
        ("[1]", "append", "[[2,3]]", "[1,2,3]"),
        ("[1]", "append", "[2]", "[1,2]"),
        ("[1]", "add", "[[2]]", "[1,[2]]"),
        ("[1]", "addAll", "[[2,3]]", "[1,2,3]"),
        ("[1]", "clear", "[]", "[]"),
        ("[1,2]", "get", "[1]", "2"),
        ("[1,2]", "get", "[2]", "null"),
        ("[1,2]", "get", "[-1]", "! whole number from 0"),
        ("[1,2]", "get", "[\"a\"]", "! not a text"),
        ("[7,8,9]", "getRandomItem", "[]", "9"),
        ("[]", "getRandomItem", "[]", "null"),
        ("[1,\"a\",null]", "join", "[\"-\"]", "\"1-a-\""),
        ("[1,\"a\"]", "join", "[]", "\"1, a\""),
        ("[1,2,3]", "remove", "[1]", "[1,3]"),
        ("[1]", "remove", "[1]", "! the list has 1 elements, none at 1"),
        ("[1,2,1]", "removeValue", "[1]", "[2]"),
        ("[1,2]", "set", "[1,\"x\"]", "[1,\"x\"]"),
        ("[1,2]", "set", "[2,3]", "! none at 2"),
        ("[3,\"b\",1,\"a\",true]", "sort", "[]", "[1,3,\"a\",\"b\",true]"),
        ("[3,\"b\",1,\"a\"]", "sort", "[\"descending\"]", "[\"b\",\"a\",3,1]"),
        ("7", "add", "[1]", "! `add` needs a list, not a number"),
    ]);
}

#[test]
fn a_map_is_asked_for_its_names() {
    methods(&[
        ("{\"a\":1}", "get", "[\"a\"]", "1"),
        ("{\"a\":1}", "get", "[\"b\"]", "null"),
        ("{\"a\":1}", "contains", "[\"a\"]", "true"),
        ("{\"a\":1}", "size", "[]", "1"),
        ("{}", "isEmpty", "[]", "true"),
        ("{\"a\":1}", "set", "[\"b\",2]", "{\"a\":1,\"b\":2}"),
        ("{\"a\":1,\"b\":2}", "remove", "[\"a\"]", "{\"b\":2}"),
        ("{\"a\":1}", "sort", "[]", "! needs a list, not a map"),
    ]);
}

#[test]
fn templates_are_filled_from_elements() {
    let people = r#"[{"n":"Ada","a":{"b":36}},{"n":"Bob"}]"#;
    methods(&[
        (people, "joinToArray", r#"["%e.n% is %e.a.b%, 100%!"]"#, r#"["Ada is 36, 100%!","Bob is , 100%!"]"#),
        (people, "joinToArray", r#"["%e.a.b%"]"#, r#"["36",""]"#),
        (people, "joinToArray", r#"["%e.a.b%",true]"#, "[36,null]"),
        (
            people,
            "joinToArray",
            r#"[{"label":"%e.n%","v":["%e.a.b%",1]},true]"#,
            r#"[{"label":"Ada","v":[36,1]},{"label":"Bob","v":[null,1]}]"#,
        ),
        ("[1,2]", "joinToArray", r#"["<%e%>"]"#, r#"["<1>","<2>"]"#),
        ("[1]", "joinToArray", r#"["%%e%% %x% %"]"#, r#"["%1% %x% %"]"#),
    ]);
}

#[test]
fn the_history_takes_other_forms() {
    let history = r#"[{"u":"hi","n":true},{"a":"Hello!"},{"u":"rent","n":true},{"a":"Which?"}]"#;
    let all = r#"[{"content":"hi","role":"user"},{"content":"Hello!","role":"assistant"},{"content":"rent","role":"user"},{"content":"Which?","role":"assistant"}]"#;
    let last = r#"[{"content":"rent","role":"user"},{"content":"Which?","role":"assistant"}]"#;
    methods(&[
        (history, "transform", "[]", all),
        (history, "transform", "[true]", last),
        (history, "transform", r#"["U: ","A: ",true]"#, r#""U: rent\nA: Which?""#),
        (history, "transform", r#"["U:","A:"," | ",true]"#, r#""U:rent | A:Which?""#),
    ]);
}

#[test]
fn methods_of_texts() {
    methods(&[
        ("\"Ada\"", "contains", "[\"da\"]", "true"),
        ("\"Ada\"", "contains", "[\"DA\"]", "false"),
        ("\"née\"", "indexOf", "[\"e\"]", "2"),
        ("\"née\"", "length", "[]", "3"),
        ("\"née\"", "size", "[]", "3"),
        ("\"\"", "isEmpty", "[]", "true"),
        ("\"a\"", "append", "[12.5]", "\"a12.5\""),
        ("\"a\"", "concat", "[null]", "\"a\""),
        ("\"abc\"", "endsWith", "[\"bc\"]", "true"),
        ("\"abc\"", "startsWith", "[\"b\"]", "false"),
        ("\"a\"", "equals", "[\"A\"]", "false"),
        ("\"É\"", "equalsIgnoreCase", "[\"é\"]", "true"),
        ("\"née!\"", "substring", "[1,3]", "\"ée\""),
        ("\"née\"", "substring", "[1]", "\"ée\""),
        ("\"abc\"", "substring", "[2,99]", "\"c\""),
        ("\"abc\"", "substring", "[5,2]", "\"\""),
        ("\"abc\"", "substring", "[-1]", "! whole number from 0"),
        ("\"aB\"", "toLowerCase", "[]", "\"ab\""),
        ("\"straße\"", "toUpperCase", "[]", "\"STRASSE\""),
        ("\" a \"", "trim", "[]", "\"a\""),
        ("\"a.b.c\"", "replace", "[\".\",\"\"]", "\"abc\""),
        ("\"abc\"", "replace", "[\"\",\"x\"]", "\"abc\""),
        ("12.5", "append", "[\"!\"]", "\"12.5!\""),
        ("true", "toString", "[]", "\"yes\""),
    ]);
}

#[test]
fn methods_with_patterns() {
    methods(&[
        (r#""+1 (555) 0199""#, "replaceAll", r#"["[^\\d]",""]"#, "\"15550199\""),
        (r#""ada lovelace""#, "replaceAll", r#"["(\\w+) (\\w+)","$2, $1 \\$"]"#, "\"lovelace, ada $\""),
        (r#""abc""#, "replaceAll", r#"["x*","-"]"#, "\"-a-b-c-\""),
        ("\"a\"", "replaceAll", r#"["a","$1"]"#, "! a group from 0 to 0"),
        ("\"a\"", "replaceAll", r#"["a","cost: $"]"#, "! write `\\$`"),
        ("\"room 12 and 34\"", "getMatch", r#"["\\d+",1]"#, "\"34\""),
        ("\"room\"", "getMatch", r#"["\\d+",0]"#, "null"),
        ("\"a-12\"", "extract", r#"["(\\w)-(\\d+)",2]"#, "\"12\""),
        ("\"a-12\"", "extract", r#"["(\\w)-(\\d+)",3]"#, "null"),
        ("\"Hello there\"", "find", r#"["(?i)hello"]"#, "true"),
        ("\"Hello there\"", "matches", r#"["Hello"]"#, "false"),
        ("\"Hello there\"", "matches", r#"["Hello|Hello .*"]"#, "true"),
        ("\"a, b,,c,,\"", "split", r#"[",\\s*"]"#, r#"["a","b","","c"]"#),
        ("\"a\"", "find", r#"["("]"#, "! the pattern `(` cannot be used"),
        ("\"a\"", "find", r#"["(?=a)"]"#, "! look-around is not supported"),
        ("\"a\"", "find", r#"["(a{999}){999}"]"#, "! cannot be used"),
    ]);
    let long = format!("[\"{}\"]", "a".repeat(PATTERN_BYTES_MAX + 1));
    methods(&[("\"a\"", "find", &long, "! a pattern can have 1024 bytes and this one has 1025: split it")]);
    let often = format!("\"{}\"", "ab".repeat(6_000));
    let replaced = format!("\"{}\"", "xab".repeat(6_000));
    methods(&[(&often, "replaceAll", r#"["a","xa"]"#, &replaced)]);
    let email = r#"["^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}\\.[A-Za-z]{2,63}$"]"#;
    methods(&[("\"ada@example.org\"", "find", email, "true")]);
}

#[test]
fn values_turn_into_numbers_and_json() {
    methods(&[
        ("\" 12.7 \"", "toInt", "[]", "12"),
        ("-12.7", "toLong", "[]", "-12"),
        ("\"1e3\"", "toDouble", "[]", "1000"),
        ("\"twelve\"", "toInt", "[]", "null"),
        ("[1]", "toDouble", "[]", "null"),
        (r#""{\"a\":[1]}""#, "toJson", "[]", r#"{"a":[1]}"#),
        ("\"{\"", "toJson", "[]", "! needs JSON"),
        (r#"{"a":[1]}"#, "toJson", "[]", r#""{\"a\":[1]}""#),
        ("5", "equals", "[\"5\"]", "true"),
    ]);
}

#[test]
fn methods_of_dates_and_times() {
    methods(&[
        ("\"2024-01-31\"", "plusMonths", "[1]", "\"2024-02-29\""),
        ("\"2024-02-29\"", "plusYears", "[1]", "\"2025-02-28\""),
        ("\"2024-02-29\"", "minusYears", "[4]", "\"2020-02-29\""),
        ("\"2024-01-31\"", "minusMonths", "[14]", "\"2022-11-30\""),
        ("\"2024-12-31\"", "plusDays", "[1]", "\"2025-01-01\""),
        ("\"2024-03-01\"", "minusDays", "[\"1\"]", "\"2024-02-29\""),
        ("\"2024-03-01\"", "plusHours", "[25]", "\"2024-03-02T01:00:00\""),
        ("\"2024-03-01 23:59:59\"", "plusSeconds", "[2]", "\"2024-03-02T00:00:01\""),
        ("\"2024-03-01T10:00:00\"", "minusMinutes", "[601]", "\"2024-02-29T23:59:00\""),
        ("\"23:30\"", "plusHours", "[2]", "\"01:30:00\""),
        ("\"00:00:10\"", "minusSeconds", "[20]", "\"23:59:50\""),
        ("\"00:30\"", "plusMinutes", "[-31]", "\"23:59:00\""),
        ("\"23:30\"", "minusHours", "[0]", "\"23:30:00\""),
        ("\"23:30\"", "plusDays", "[1]", "! a time of day has no days"),
        ("\"2024-01-01\"", "plusDays", "[1.5]", "! needs a whole number, not a number"),
        ("\"2024-01-01\"", "plusYears", "[9000]", "! leaves the calendar"),
        ("\"2024-01-01\"", "plusDays", "[999999999999]", "! leaves the calendar"),
        ("\"soon\"", "plusDays", "[1]", "! needs a date or a time, not a text"),
        ("\"2024-01-01\"", "before", "[\"2024-01-02\"]", "true"),
        ("\"10:00\"", "after", "[\"09:59:59\"]", "true"),
        ("\"10:00\"", "sameMoment", "[\"10:00:00\"]", "true"),
        ("\"2024-01-01\"", "sameOrAfter", "[\"2024-01-01\"]", "true"),
        ("\"2024-01-01\"", "sameOrBefore", "[\"2023-12-31\"]", "false"),
        ("\"2024-01-01\"", "before", "[\"10:00\"]", "false"),
        ("\"2024-01-01\"", "after", "[\"10:00\"]", "false"),
        ("\"2024-01-01\"", "sameMoment", "[\"2024-01-01T00:00:00\"]", "false"),
        ("\"2024-01-01\"", "before", "[5]", "! needs a date or a time, not a number"),
    ]);
}

#[test]
fn dates_take_any_form() {
    methods(&[
        ("\"2026-04-06\"", "reformatDateTime", "[\"dd\"]", "\"06\""),
        ("\"2026-04-06\"", "reformatDateTime", "[\"d/M/yy\"]", "\"6/4/26\""),
        ("\"2026-04-06\"", "reformatDateTime", "[\"EEEE, MMMM d, yyyy\"]", "\"Monday, April 6, 2026\""),
        ("\"2026-04-06\"", "reformatDateTime", "[\"EEE d MMM\",\"de\"]", "\"Mo 6 Apr.\""),
        ("\"17:05\"", "reformatDateTime", "[\"h:mm a\"]", "\"5:05 PM\""),
        ("\"00:05\"", "reformatDateTime", "[\"h K k H HH:mm:ss.SSS\"]", "\"12 0 24 0 00:05:00.000\""),
        ("\"17:05\"", "reformatDateTime", "[\"yyyy-MM-dd\"]", "\"2026-04-16\""),
        ("\"2026-04-06\"", "reformatDateTime", "[\"'o''clock' h ''\"]", "\"o'clock 12 '\""),
        ("\"2026-12-31\"", "reformatDateTime", "[\"D u w YYYY G L\"]", "\"365 4 53 2026 AD 12\""),
        (
            "\"2026-04-06\"",
            "reformatDateTime",
            "[\"z Z X XX XXX\"]",
            "\"Europe/Lisbon +0100 +01 +0100 +01:00\"",
        ),
        ("\"2026-04-06\"", "reformatDateTime", "[\"'open\"]", "! a quote in a date's pattern is not closed"),
        ("\"2026-04-06\"", "reformatDateTime", "[\"QQ\"]", "! `Q` means nothing"),
        ("7", "reformatDateTime", "[\"dd\"]", "! needs a date or a time, not a number"),
    ]);
}

#[test]
fn now_needs_nothing_to_stand_on() {
    let now = |args: &str| called(Expr::default(), "now", args);
    assert_eq!(worth(&now("[]")), "\"2026-04-16T14:30:05\"");
    assert_eq!(worth(&now("[\"UTC\"]")), "\"2026-04-16T13:30:05\"");
    assert!(worth(&now("[\"Mars/Base\"]")).contains("is no time zone"));
}

#[test]
fn methods_change_the_variable_they_are_called_on() {
    let mut scope = Sample::new();
    let change = |scope: &mut Sample, on: Expr, method: &str, args: &str| {
        evaluate(&called(on, method, args), scope).unwrap()
    };
    let sorted = change(&mut scope, variable("list"), "sort", "[]");
    assert_eq!(to_json(&sorted), r#"[1,3,"a","b"]"#);
    assert_eq!(scope.variables["list"], sorted);
    change(&mut scope, field(variable("map"), "tags"), "add", "[\"y\"]");
    assert_eq!(to_json(&scope.variables["map"]), r#"{"deep":{"n":1},"name":"Ada","tags":["x","y"]}"#);
}

#[test]
fn methods_that_only_look_change_nothing() {
    let mut scope = Sample::new();
    let before = scope.variables.clone();
    for (method, args) in [("append", "[[1]]"), ("joinToArray", "[\"x\"]"), ("get", "[0]"), ("join", "[]")] {
        evaluate(&called(variable("list"), method, args), &mut scope).unwrap();
    }
    assert_eq!(scope.variables, before);
    let answer = called(Expr::Step("choice".to_owned()), "set", "[\"id\",8]");
    evaluate(&answer, &mut scope).unwrap();
    assert_eq!(to_json(&scope.steps["choice"]), r#"{"id":8,"label":"Seven"}"#);
}

#[test]
fn functions_stand_alone() {
    for (name, args, expected) in [
        ("Math.max", "[1,\"2\"]", "\"2\""),
        ("Math.min", "[1,2]", "1"),
        ("Math.max", "[1,\"x\"]", "! needs two numbers"),
        ("Math.abs", "[-2.5]", "2.5"),
        ("Math.round", "[-2.5]", "-2"),
        ("Math.round", "[2.5]", "3"),
        ("Math.floor", "[-2.5]", "-3"),
        ("Math.ceil", "[2.1]", "3"),
        ("Math.pow", "[2,10]", "1024"),
        ("Math.pow", "[10,999]", "! no result that is a number"),
        ("Math.sqrt", "[9]", "3"),
        ("Math.sqrt", "[-1]", "! no result that is a number"),
        ("Random.nextInt", "[10]", "1"),
        ("Random.nextInt", "[0]", "! needs a number from 1, not 0"),
        ("Date", "[]", "\"2026-04-16T14:30:05\""),
        ("Date", "[0]", "\"1970-01-01T01:00:00\""),
        ("Date", "[\"2026-01-01\"]", "\"2026-01-01\""),
        ("Date", "[-1]", "! milliseconds since 1970"),
        ("Date", "[true]", "! needs milliseconds or a date"),
        ("String.valueOf", "[1.50]", "\"1.5\""),
        ("Number.parse", "[\" 42 \"]", "42"),
        ("Number.parse", "[\"4 2\"]", "! `4 2` is no number"),
    ] {
        same(&worth(&function(name, args)), expected);
    }
}

#[test]
fn texts_are_formatted() {
    for (args, expected) in [
        (r#"["%s is %d years, 100%%%n", "Ada", 36.9]"#, r#""Ada is 36 years, 100%\n""#),
        (
            r#"["%.2f|%8.1f|%-6s|%5s|%05d", 2.345, 9.96, "ab", "c", 42]"#,
            r#""2.35|    10.0|ab    |    c|00042""#,
        ),
        (r#"["%,d %+d %,.2f", 1234567, 3, -9876.5]"#, r#""1,234,567 +3 -9,876.50""#),
        (r#"["%2$s %1$s %S %b", "a", true]"#, r#""yes a A true""#),
        (r#"["%05d", -42]"#, r#""-0042""#),
        (r#"["%s"]"#, "! has 0 values and needs one more"),
        (r#"["%d", "x"]"#, "! `%d` needs a number, not a text"),
        (r#"["%q", 1]"#, "! `%q` is not known"),
        (r#"["100%"]"#, "! ends in `%`: write `%%`"),
        (r#"["%999999999s", 1]"#, "! can be 100 wide"),
        (r#"["%.99f", 1]"#, "! 14 digits"),
    ] {
        same(&worth(&function("String.format", args)), expected);
    }
}

/// Receiver, method, arguments, result.
fn methods(rows: &[(&str, &str, &str, &str)]) {
    for (on, method, args, expected) in rows {
        let found = worth(&called(value(on), method, args));
        assert!(fits(&found, expected), "{on}.{method}({args}) is {found}, not {expected}");
    }
}
