//! Expressions read, refused, and written back.

use super::*;
use assistant::Value;
use assistant::definition::{BinaryOp, Function, Method, UnaryOp};
use proptest::prelude::*;

/// Steps are called `s…`, everything else is a variable.
fn named(name: &str, _: usize) -> Expr {
    match name.starts_with('s') {
        true => Expr::Step(name.to_owned()),
        false => Expr::Variable(name.to_owned()),
    }
}

fn read(source: &str) -> Expr {
    parse(source, &named).unwrap_or_else(|problem| panic!("{source}: {}", problem.located(source)))
}

fn refused(source: &str) -> String {
    let problem = parse(source, &named).expect_err(source);
    format!("{}: {}", problem.located(source), problem.remedy)
}

/// Reads an expression and compares how it is written.
fn check(source: &str, written: &str) {
    assert_eq!(print(&read(source)), written, "{source}");
}

#[test]
fn operators_bind_as_in_the_original() {
    for (source, written) in [
        ("1 + 2 * 3", "1 + 2 * 3"),
        ("(1 + 2) * 3", "(1 + 2) * 3"),
        ("1 - (2 - 3) - 4", "1 - (2 - 3) - 4"),
        ("${a} and ${b} or not ${c}", "${a} && ${b} || !${c}"),
        ("not ${a} == ${b}", "!${a} == ${b}"),
        ("!(${a} == ${b})", "!(${a} == ${b})"),
        ("1 lt 2 AND 3 ge 2", "1 < 2 && 3 >= 2"),
        ("7 mod 4 div 2", "7 % 4 / 2"),
        ("-2 - -3", "-2 - -3"),
        ("-(-${a})", "-(-${a})"),
        ("2 ^ 3", "T(Math).pow(2, 3)"),
        ("${a} ? 1 : ${b} ? 2 : 3", "${a} ? 1 : ${b} ? 2 : 3"),
        ("(${a} ? 1 : 2) ? 3 : 4", "(${a} ? 1 : 2) ? 3 : 4"),
        ("${a} ?: 'none'", "${a} != null ? ${a} : 'none'"),
        ("${a} matches '\\d+'", "${a}.matches('\\d+')"),
    ] {
        check(source, written);
    }
}

#[test]
fn literals_are_read_in_every_spelling() {
    for (source, value) in [
        ("5000000000L", Value::Number(5_000_000_000.0)),
        ("1.5e3", Value::Number(1500.0)),
        (".5", Value::Number(0.5)),
        ("-7", Value::Number(-7.0)),
        ("'it''s'", Value::text("it's")),
        ("\"a \"\"b\"\"\"", Value::text("a \"b\"")),
        ("'a\\nb'", Value::text("a\nb")),
        ("'\\d+\\\\n'", Value::text("\\d+\\n")),
        ("true", Value::YesNo(true)),
        ("null", Value::Nothing),
    ] {
        assert_eq!(read(source), Expr::Value(value), "{source}");
    }
    check("[1, 'a', ${b},]", "[1, 'a', ${b}]");
    check("{1, 2}", "[1, 2]");
    check("{\"k\": ${b}, other: {}}", "{\"k\": ${b}, \"other\": {}}");
}

#[test]
fn access_methods_and_classes_are_read() {
    for (source, written) in [
        ("${a}.b.c", "${a}.b.c"),
        ("${a.b[0].first-name}", "${a}.b[0]['first-name']"),
        ("${my-step}[${count} - 1]", "${my-step}[${count} - 1]"),
        ("price.b?.c", "${price}.b.c"),
        ("${a}?.size()", "${a} != null ? ${a}.size() : null"),
        ("input.text.trim()", "input.text.trim()"),
        ("${input.original_text}", "input.text"),
        ("T(java.lang.Math).max(1, 2)", "T(Math).max(1, 2)"),
        ("T(String).format('%d', 1)", "T(String).format('%d', 1)"),
        ("T(Integer).parseInt('3')", "T(Double).parseDouble('3')"),
        ("1000 + new java.util.Random().nextInt(8999)", "1000 + new Random().nextInt(8999)"),
        ("new Date(0L)", "new Date(0)"),
        ("now('Europe/Lisbon')", "now('Europe/Lisbon')"),
        ("today()", "${current_date}"),
        (
            "${a}.filter(\"x\", \"x.p == 3 && ${b}.q == 'y'\")",
            "${a}.filter(\"x\", \"x.p == 3 && ${b}.q == 'y'\")",
        ),
        ("(-5).toInt()", "(-5).toInt()"),
    ] {
        check(source, written);
    }
    let Expr::Filter { test, .. } = read("${a}.filter('x', '${x}.p')") else { panic!("a filter") };
    assert_eq!(*test, Expr::Field(Box::new(Expr::Local("x".to_owned())), "p".to_owned()));
}

#[test]
fn what_is_wrong_is_told_with_its_column_and_a_way_out() {
    for (source, told) in [
        ("${a} = 3", "`=` cannot stand here at column 6: assign with `set` of a step; `==` compares"),
        ("${a", "`${` is not closed at column 4: write `}` before the end"),
        ("(1 + 2", "`(` is not closed at column 7: write `)` before the end"),
        ("1 +", "the end stands where a value should at column 4"),
        ("'abc", "a text is not closed at column 1: end it with '"),
        ("${a}.siez()", "there is no method `siez` at column 6: did you mean `size`?"),
        ("${a}.substring()", "`substring` has 0 arguments at column 6: give it 1 to 2"),
        ("T(Math).maximum(1)", "`T(Math)` has no method `maximum` at column 9: the methods here are `max`"),
        ("T(Runtime).exec('x')", "`T(Runtime)` names no class known here at column 3"),
        ("new File('x')", "`new File` makes nothing known here at column 5"),
        ("$name", "`$` means nothing here at column 1: write a variable or a step as `${name}`"),
        ("@entity", "`@` means nothing here at column 1: actions know neither"),
        ("“a”", "`“` means nothing here at column 1: put texts in straight quotes"),
        ("${a} 'b'", "a text cannot stand here at column 6: join values with an operator"),
        ("foo(1)", "there is no function `foo` at column 1"),
        ("1 & 2", "`&` means nothing here at column 3: write `&&` or `and`"),
        ("${a} ? 1", "a `?` has no `:` at column 9: write `:` before the end"),
        ("${a} ? ${b} = 1 : 0", "`=` cannot stand here at column 13: assign with `set`"),
        ("${a}.filter('x', 'x.p ==')", "the end stands where a value should at column 25"),
        ("${a}.filter('x')", "`filter` has no test at column 16"),
        ("é + $", "`$` means nothing here at column 5"),
        ("", "the end stands where a value should at column 1"),
    ] {
        let found = refused(source);
        assert!(found.starts_with(told), "{source}: {found}");
    }
}

#[test]
fn depth_and_size_have_limits() {
    for source in [
        "(".repeat(10_000),
        "- ".repeat(10_000),
        "[".repeat(10_000),
        format!("1{}", " + 1".repeat(10_000)),
        format!("${{a}}{}", ".b".repeat(10_000)),
        format!("${{a}}{}", "?.size()".repeat(60)),
        format!("${{a}}{}", " ?: 1".repeat(10_000)),
        format!("{}${{a}}{}", "(".repeat(60), " ?: 1)".repeat(60)),
        format!("{}1", "1 ? 2 : ".repeat(10_000)),
    ] {
        let found = refused(&source);
        assert!(found.contains("inside each other") || found.contains("cannot stand"), "{found}");
    }
    let wide = format!("[{}1]", "1,".repeat(5_000));
    assert!(matches!(read(&wide), Expr::List(items) if items.len() == 5_001));
}

fn text() -> impl Strategy<Value = String> {
    "[a-z'\"\\\\nrt\n\t é{}$]{0,8}"
}

fn expr() -> impl Strategy<Value = Expr> {
    let number =
        prop_oneof![(-1000i32..1000).prop_map(|n| f64::from(n) / 8.0), Just(5e9), Just(1e-7), Just(1e300)];
    let leaf = prop_oneof![
        number.prop_map(|number| Expr::Value(Value::Number(number))),
        text().prop_map(|text| Expr::Value(Value::Text(text))),
        any::<bool>().prop_map(|yes| Expr::Value(Value::YesNo(yes))),
        Just(Expr::default()),
        Just(Expr::Input),
        "v[a-z_-]{0,5}".prop_map(Expr::Variable),
        "s[a-z_-]{0,5}".prop_map(Expr::Step),
    ];
    leaf.prop_recursive(5, 60, 4, |inner| {
        let one = inner.clone().prop_map(Box::new);
        let some = prop::collection::vec(inner.clone(), 0..4);
        let op = prop::sample::select(vec![
            BinaryOp::Add,
            BinaryOp::Subtract,
            BinaryOp::Multiply,
            BinaryOp::Divide,
            BinaryOp::Remainder,
            BinaryOp::Equal,
            BinaryOp::NotEqual,
            BinaryOp::Less,
            BinaryOp::LessOrEqual,
            BinaryOp::Greater,
            BinaryOp::GreaterOrEqual,
            BinaryOp::And,
            BinaryOp::Or,
        ]);
        prop_oneof![
            (op, one.clone(), one.clone()).prop_map(|(op, a, b)| Expr::Binary(op, a, b)),
            one.clone().prop_map(|a| Expr::Unary(UnaryOp::Not, a)),
            // A minus before a number is part of the number.
            one.clone().prop_map(|a| {
                if let Expr::Value(Value::Number(number)) = *a {
                    return Expr::Value(Value::Number(-number));
                }
                Expr::Unary(UnaryOp::Minus, a)
            }),
            (one.clone(), one.clone(), one.clone()).prop_map(|(a, b, c)| Expr::Choose(a, b, c)),
            (one.clone(), "[a-zA-Z_][a-z0-9]{0,4}").prop_map(|(a, name)| Expr::Field(a, name)),
            (one.clone(), one.clone()).prop_map(|(a, b)| Expr::Index(a, b)),
            some.clone().prop_map(Expr::List),
            prop::collection::vec((text(), inner.clone()), 0..3).prop_map(Expr::Map),
            (one.clone(), prop::sample::select(Method::ALL), some.clone()).prop_map(|(of, method, args)| {
                let (_, method, min, max) = method;
                let mut args: Vec<Expr> = args.into_iter().take(max).collect();
                args.resize(args.len().max(min), Expr::default());
                // `now` belongs to nothing, and is written so.
                let of = if method == Method::Now { Box::default() } else { of };
                Expr::Method(of, method, args)
            }),
            (prop::sample::select(Function::ALL), some).prop_map(|(function, args)| {
                let (_, function, min, max) = function;
                let mut args: Vec<Expr> = args.into_iter().take(max).collect();
                args.resize(args.len().max(min), Expr::default());
                Expr::Call(function, args)
            }),
            (one.clone(), one, "[l-z][a-z]{3}").prop_map(|(of, test, name)| {
                let local = Expr::Local(name.clone());
                let test = Box::new(Expr::Binary(BinaryOp::And, Box::new(local), test));
                Expr::Filter { of, name, test }
            }),
        ]
    })
}

/// Whether a `filter` binds a name that means something else inside it.
fn shadows(expr: &Expr) -> bool {
    let text = print(expr);
    let bound: Vec<String> = text
        .match_indices(".filter(\"")
        .map(|(at, found)| text[at + found.len()..].chars().take(4).collect())
        .collect();
    bound.iter().any(|name| text.contains(&format!("${{{name}}}")))
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(expr in expr()) {
        prop_assume!(!shadows(&expr));
        let written = print(&expr);
        match parse(&written, &named) {
            Ok(found) => prop_assert_eq!(found, expr, "{}", written),
            Err(problem) => prop_assert!(false, "{}: {}", written, problem.located(&written)),
        }
    }

    #[test]
    fn no_input_panics(source in any::<String>()) {
        if let Err(problem) = parse(&source, &named) {
            problem.located(&source);
        }
    }

    #[test]
    fn no_likely_input_panics(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "${", "}", "a", "b-c", "'", "\"", "(", ")", "[", "]", "{", ":", ",", ".", "?.", "?", "?:", "1", "2.5",
                ".filter(", "\"x\"", "\"x.p > 3\"", "T(Math)", "new ", "Random()", ".size()", " and ", "==", "-", "!",
                "\\", "é", "input.text", " ",
            ]),
            0..24,
        )
    ) {
        let source = pieces.concat();
        if let Err(problem) = parse(&source, &named) {
            prop_assert!(problem.at <= source.len());
            problem.located(&source);
        }
        if let Ok(expr) = parse(&source, &named) {
            let written = print(&expr);
            prop_assert_eq!(parse(&written, &named).map_err(|problem| problem.located(&written)), Ok(expr));
        }
    }
}
