//! Expressions and conditions, parsed.

use crate::value::Value;
use serde::{Deserialize, Serialize};

/// Something that has a value (`watsonx.md` 1.11).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// Written in the file.
    Value(Value),
    /// A variable of the session, or a built-in one.
    Variable(String),
    /// The answer to a step of the same action, or a result one of its steps named.
    Step(String),
    /// A name bound by what is around it: `item` of a dynamic option, the name of a `filter`.
    Local(String),
    /// What the visitor said in this turn.
    Input,
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{"k": a}`
    Map(Vec<(String, Expr)>),
    /// `-a`, `!a`
    Unary(UnaryOp, Box<Expr>),
    /// `a + b`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `test ? then : otherwise`
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a.name`; of what has no such field: nothing.
    Field(Box<Expr>, String),
    /// `a[0]`, `a["k"]`
    Index(Box<Expr>, Box<Expr>),
    /// `a.method(b, …)`
    Method(Box<Expr>, Method, Vec<Expr>),
    /// `a.filter("x", "x.p > 3")`: elements for which the test is true.
    Filter {
        /// A list.
        of: Box<Expr>,
        /// What an element is called in the test.
        name: String,
        /// The test.
        test: Box<Expr>,
    },
    /// `T(Math).max(a, b)` and its like.
    Call(Function, Vec<Expr>),
    /// The answer to a step as it was offered: the label of what was chosen from a list, else the answer itself.
    Offered(String),
}

impl Default for Expr {
    fn default() -> Self {
        Self::Value(Value::Nothing)
    }
}

impl BinaryOp {
    /// How it is written.
    pub fn spelling(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::And => "&&",
            Self::Or => "||",
        }
    }
}

impl Expr {
    /// Shows every expression inside, this one first.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match self {
            Self::Value(_)
            | Self::Variable(_)
            | Self::Step(_)
            | Self::Offered(_)
            | Self::Local(_)
            | Self::Input => {}
            Self::List(list) | Self::Call(_, list) => list.iter().for_each(|inner| inner.visit(see)),
            Self::Map(entries) => entries.iter().for_each(|(_, inner)| inner.visit(see)),
            Self::Unary(_, inner) | Self::Field(inner, _) => inner.visit(see),
            Self::Binary(_, a, b) | Self::Index(a, b) | Self::Filter { of: a, test: b, .. } => {
                a.visit(see);
                b.visit(see);
            }
            Self::Choose(test, then, otherwise) => {
                [test, then, otherwise].into_iter().for_each(|inner| inner.visit(see));
            }
            Self::Method(of, _, arguments) => {
                of.visit(see);
                arguments.iter().for_each(|inner| inner.visit(see));
            }
        }
    }
}

/// Operators of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnaryOp {
    /// `-`
    Minus,
    /// `!`, `not`
    Not,
}

/// Operators of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BinaryOp {
    /// `+`: sum of numbers; with a text on either side, texts joined.
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `&&`, `and`
    And,
    /// `||`, `or`
    Or,
}

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $spelling:literal, $min:literal ..= $max:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $(#[doc = concat!("`", $spelling, "`")] $(#[$doc])* $variant,)* }

        impl $name {
            /// Every one: spelling, least and most arguments.
            pub const ALL: &'static [(&'static str, Self, usize, usize)] =
                &[$(($spelling, Self::$variant, $min, $max),)*];

            /// How it is written.
            pub fn spelling(self) -> &'static str {
                match self { $(Self::$variant => $spelling,)* }
            }
        }
    };
}

named! {
    /// Methods of values (`watsonx.md` 1.11). Each is spelled as there; one spelling means one thing, whatever the
    /// type it is called on. Calling one on a value that has no such method is an error of evaluation.
    Method {
        // Of lists and texts.
        Contains = "contains", 1..=1;
        IndexOf = "indexOf", 1..=1;
        Size = "size", 0..=0;
        Length = "length", 0..=0;
        IsEmpty = "isEmpty", 0..=0;
        Append = "append", 1..=1;
        // Of lists. `add`, `addAll`, `clear`, `remove`, `removeValue`, `set`, `sort` also change the variable they are called on.
        Get = "get", 1..=1;
        Add = "add", 1..=1;
        AddAll = "addAll", 1..=1;
        Clear = "clear", 0..=0;
        ContainsIgnoreCase = "containsIgnoreCase", 1..=1;
        GetRandomItem = "getRandomItem", 0..=0;
        Join = "join", 0..=1;
        JoinToArray = "joinToArray", 1..=2;
        Remove = "remove", 1..=1;
        RemoveValue = "removeValue", 1..=1;
        Set = "set", 2..=2;
        Sort = "sort", 0..=1;
        Transform = "transform", 0..=4;
        // Of texts.
        EndsWith = "endsWith", 1..=1;
        StartsWith = "startsWith", 1..=1;
        Equals = "equals", 1..=1;
        EqualsIgnoreCase = "equalsIgnoreCase", 1..=1;
        Extract = "extract", 2..=2;
        Find = "find", 1..=1;
        GetMatch = "getMatch", 2..=2;
        Matches = "matches", 1..=1;
        Substring = "substring", 1..=2;
        ToJson = "toJson", 0..=0;
        ToLowerCase = "toLowerCase", 0..=0;
        ToUpperCase = "toUpperCase", 0..=0;
        Trim = "trim", 0..=0;
        Replace = "replace", 2..=2;
        ReplaceAll = "replaceAll", 2..=2;
        Concat = "concat", 1..=1;
        Split = "split", 1..=1;
        // Of anything.
        ToText = "toString", 0..=0;
        ToInt = "toInt", 0..=0;
        ToLong = "toLong", 0..=0;
        ToDouble = "toDouble", 0..=0;
        // Of dates and times.
        Now = "now", 0..=1;
        ReformatDateTime = "reformatDateTime", 1..=2;
        Before = "before", 1..=1;
        After = "after", 1..=1;
        SameMoment = "sameMoment", 1..=1;
        SameOrAfter = "sameOrAfter", 1..=1;
        SameOrBefore = "sameOrBefore", 1..=1;
        PlusYears = "plusYears", 1..=1;
        PlusMonths = "plusMonths", 1..=1;
        PlusDays = "plusDays", 1..=1;
        PlusHours = "plusHours", 1..=1;
        PlusMinutes = "plusMinutes", 1..=1;
        PlusSeconds = "plusSeconds", 1..=1;
        MinusYears = "minusYears", 1..=1;
        MinusMonths = "minusMonths", 1..=1;
        MinusDays = "minusDays", 1..=1;
        MinusHours = "minusHours", 1..=1;
        MinusMinutes = "minusMinutes", 1..=1;
        MinusSeconds = "minusSeconds", 1..=1;
    }
}

named! {
    /// Functions that belong to no value.
    Function {
        Max = "Math.max", 2..=2;
        Min = "Math.min", 2..=2;
        Abs = "Math.abs", 1..=1;
        Round = "Math.round", 1..=1;
        Floor = "Math.floor", 1..=1;
        Ceil = "Math.ceil", 1..=1;
        Pow = "Math.pow", 2..=2;
        Sqrt = "Math.sqrt", 1..=1;
        // `new Random().nextInt(n)`: a whole number from 0 to n - 1.
        RandomInt = "Random.nextInt", 1..=1;
        // `new Date()`, `new Date(milliseconds)`.
        NewDate = "Date", 0..=1;
        // `T(String).format(pattern, …)`: `%s`, `%d`, `%.2f`, `%05d`, `%%`.
        Format = "String.format", 1..=64;
        // `T(String).valueOf(a)`
        ValueOf = "String.valueOf", 1..=1;
        // `T(Integer).parseInt(a)`, `T(Double).parseDouble(a)`
        ParseNumber = "Number.parse", 1..=1;
    }
}

/// Something that is true or false (`watsonx.md` 1.5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// Each of these; of none, true.
    All(Vec<Condition>),
    /// At least one of these; of none, false.
    Any(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// One comparison.
    Test(Test),
    /// An expression that yields true or false; one that fails is false, and the trace says so.
    Expression(Expr),
    /// The utterance has a word of this list in it.
    Said(String),
}

impl Condition {
    /// Shows every expression inside.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Expr)) {
        match self {
            Self::All(group) | Self::Any(group) => group.iter().for_each(|inner| inner.visit(see)),
            Self::Not(inner) => inner.visit(see),
            Self::Test(test) => {
                test.left.visit(see);
                test.right.visit(see);
            }
            Self::Expression(expr) => expr.visit(see),
            Self::Said(_) => {}
        }
    }

    /// Whether it looks at one of these: variables, answers or results.
    pub fn looks_at(&self, among: impl Fn(&str) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |expr| {
            if let Expr::Variable(name) | Expr::Step(name) | Expr::Offered(name) = expr {
                found |= among(name);
            }
        });
        found
    }
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// What is looked at.
    pub left: Expr,
    /// How.
    pub op: TestOp,
    /// What it is compared with; `Value::Nothing` for the operators that need nothing, a list for any-of and none-of.
    pub right: Expr,
}

/// Ways to compare. With something that has no value all are false but `is_not`, `is_none_of`, `does_not_contain`,
/// `does_not_match` and `is_not_defined`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TestOp {
    /// Equal; texts regardless of case and accents. A date is a weekday when the right side names one (`monday`).
    Is,
    /// The opposite of `is`.
    IsNot,
    /// Equal to an element of the list.
    IsAnyOf,
    /// The opposite of `is_any_of`.
    IsNoneOf,
    /// Numbers, amounts of one currency, percentages, dates, times: smaller or earlier.
    Less,
    /// Not greater, not later.
    LessOrEqual,
    /// Greater or later.
    Greater,
    /// Not smaller, not earlier.
    GreaterOrEqual,
    /// Has a value.
    IsDefined,
    /// Has none.
    IsNotDefined,
    /// The text on the left has the text on the right in it; the list has the element.
    Contains,
    /// The opposite of `contains`.
    DoesNotContain,
    /// The regular expression on the right matches somewhere.
    Matches,
    /// The opposite of `matches`.
    DoesNotMatch,
}
