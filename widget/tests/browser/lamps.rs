//! An assistant to talk with in tests: a lamp shop. Made without the authors' format, which the widget does not know.

use assistant::definition::{
    Action, Ask, BUILT_IN_ACTIONS, Call, Choice, Collect, Connect, Definition, Display, Exhausted, Expr,
    FALLBACK, GREETING, Kind, NO_MATCHES, Order, Output, Part, Settings, Step, Text, Texts, Then, TopicFirst,
    Variable, Wordings,
};
use assistant::{THRESHOLD_DEFAULT, Value};
use protocol::rich::{Button, ButtonLook, Card, CardPart, Media, MediaKind, Press, Show, Table};

/// The shop's assistant.
pub fn lamps() -> Definition {
    let mut actions: Vec<Action> =
        BUILT_IN_ACTIONS.iter().map(|id| action(id, "", &[], Vec::new())).collect();
    actions[GREETING].steps = vec![says("hello", "Hello from Lamps.")];
    actions[NO_MATCHES].steps = vec![says("sorry", "I do not know that.")];
    actions[FALLBACK].steps = vec![connects()];
    actions.extend([
        action("hours", "Hours", &["when are you open", "opening hours"], vec![says("say", "Nine to five.")]),
        action("lamp", "Buy a lamp", &["buy a lamp", "I want a lamp"], lamp()),
        action("delivery", "Choose a day", &["when can you deliver"], delivery()),
        action("slowly", "A story", &["tell me a story"], story()),
        action("parcel", "Find a parcel", &["where is my parcel"], parcel()),
        action("page", "The page", &["which page am I on"], vec![page()]),
        action("show", "Show everything", &["show everything"], vec![everything()]),
        action("person", "Talk to us", &["talk to the lamp team"], vec![connects()]),
    ]);
    Definition {
        name: "Spark".to_owned(),
        language: "en".to_owned(),
        settings: Settings { threshold: THRESHOLD_DEFAULT, ..Settings::default() },
        display: Display { locale: "en-GB".to_owned(), ..Display::default() },
        texts: Texts { yes: "Yes".to_owned(), no: "No".to_owned(), ..Texts::default() },
        variables: vec![Variable { name: "colour".to_owned(), ..Variable::default() }],
        actions,
        ..Definition::default()
    }
}

/// As the bridge sends it.
pub fn lamps_bytes() -> Vec<u8> {
    lamps().to_bytes()
}

pub fn says(id: &str, words: &str) -> Step {
    Step { id: id.to_owned(), say: vec![text(words)], then: Then::End, ..Step::default() }
}

fn lamp() -> Vec<Step> {
    let choice = |label: &str| Choice { value: label.to_owned(), label: label.to_owned(), synonyms: vec![] };
    let kind = Kind::Options { choices: vec![choice("Desk"), choice("Floor")], show: Show::Auto };
    let ask = Step { then: Then::Continue, ask: Some(asks(kind)), ..says("kind", "Which lamp?") };
    vec![ask, says("done", "A good choice.")]
}

fn delivery() -> Vec<Step> {
    let kind = Kind::Date { from: None, to: None, weekdays: Vec::new(), confirm: false };
    let ask = Step { then: Then::Continue, ask: Some(asks(kind)), ..says("day", "On which day?") };
    vec![ask, says("noted", "Noted.")]
}

fn story() -> Vec<Step> {
    let pause = |ms, typing| Output::Pause { ms, typing };
    let say = vec![text("Once."), pause(300, true), text("Twice."), pause(300, false), text("Thrice.")];
    vec![Step { say, ..says("tell", "") }]
}

fn parcel() -> Vec<Step> {
    let call = Call {
        extension: "parcels".to_owned(),
        operation: "find".to_owned(),
        with: vec![("number".to_owned(), Expr::Value(Value::Number(7.0)))],
        result: "found".to_owned(),
    };
    let look = Step { then: Then::Call(Box::new(call)), ..says("look", "I am looking.") };
    let status = Expr::Field(Box::new(Expr::Step("found".to_owned())), "status".to_owned());
    let said =
        Text(vec![Part::Words("Status ".to_owned()), Part::Insert(status), Part::Words(".".to_owned())]);
    vec![look, Step { say: vec![wordings(said)], ..says("tell", "") }]
}

fn page() -> Step {
    let url = Expr::Field(Box::new(Expr::Variable("visitor".to_owned())), "page_url".to_owned());
    let said = Text(vec![Part::Words("On ".to_owned()), Part::Insert(url)]);
    Step { say: vec![wordings(said)], ..says("tell", "") }
}

fn connects() -> Step {
    let connect = Connect {
        queue: None,
        online_message: Text::plain("Someone is coming."),
        offline_message: Text::plain("Nobody is here."),
        message_to_agent: None,
    };
    Step { id: "over".to_owned(), then: Then::ConnectToAgent(Box::new(connect)), ..Step::default() }
}

/// One of each kind of content that is not words.
fn everything() -> Step {
    let say = vec![
        Output::Media(media(MediaKind::Image, "https://lamps.example/a.png")),
        Output::Media(media(MediaKind::Video, "https://www.youtube.com/watch?v=1")),
        Output::Media(media(MediaKind::Video, "https://lamps.example/a.mp4")),
        Output::Media(media(MediaKind::Audio, "https://lamps.example/a.mp3")),
        Output::Media(media(MediaKind::Frame, "https://lamps.example/map")),
        Output::Button(button(
            "Tell the page",
            Press::Emit { event: "lit".to_owned(), data: plain("{\"on\":true}") },
        )),
        Output::Card(card("A lamp")),
        Output::Carousel(vec![card("One"), card("Two"), card("Three")]),
        Output::Table(Table {
            title: Some(plain("Prices")),
            description: None,
            headers: vec![plain("Lamp"), plain("Price")],
            rows: vec![vec![plain("Desk"), plain("30")], vec![plain("Floor"), plain("90")]],
        }),
        Output::UserDefined { json: plain("{\"lamp\":1}"), text: plain("A lamp only the page can draw.") },
    ];
    Step { say, ..says("all", "") }
}

fn card(name: &str) -> Card<Text> {
    let buttons = vec![
        button("Buy", Press::Say(plain("buy a lamp"))),
        button("Read", Press::Open(plain("https://lamps.example/read"))),
    ];
    let words = CardPart::Text(plain(&format!("**{name}**")));
    Card {
        body: vec![CardPart::Media(media(MediaKind::Image, "https://lamps.example/b.png")), words],
        buttons,
    }
}

fn button(label: &str, press: Press<Text>) -> Button<Text> {
    Button { label: plain(label), look: ButtonLook::Primary, press }
}

fn media(kind: MediaKind, source: &str) -> Media<Text> {
    Media {
        kind,
        source: plain(source),
        title: None,
        description: Some(plain("Below it.")),
        alt: Some(plain("A lamp")),
    }
}

fn asks(kind: Kind) -> Ask {
    Ask {
        kind,
        collect: Collect::SkipIfMentioned,
        attempts: 3,
        invalid: vec![plain("I did not catch that.")],
        out_of_range: Vec::new(),
        repeat: true,
        exhausted: Exhausted::Fallback,
        label: None,
        protected: false,
        topic: TopicFirst::AfterAnswer,
    }
}

fn action(id: &str, title: &str, phrases: &[&str], steps: Vec<Step>) -> Action {
    let phrases = phrases.iter().map(|phrase| (*phrase).to_owned()).collect();
    Action { id: id.to_owned(), title: title.to_owned(), phrases, steps, ..Action::default() }
}

fn text(words: &str) -> Output {
    wordings(plain(words))
}

fn wordings(text: Text) -> Output {
    Output::Text(Wordings { order: Order::InTurn, texts: vec![text] })
}

fn plain(words: &str) -> Text {
    Text::plain(words)
}
