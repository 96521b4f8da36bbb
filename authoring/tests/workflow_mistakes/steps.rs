//! What is written of heads and steps, and what is said of it.

/// The file's head, and what is said of it.
pub const HEADS: &[(&str, &[&str])] = &[
    ("format: 1\nid: test\nname: Test\ntrigger: manual", &[]),
    (
        "format: 1\nname: Test\ntrigger: manual",
        &["1:1 error[missing-key]  `id` is missing; add it: `id: reassign-after-silence`"],
    ),
    (
        "format: 1\nid: A B\nname: Test\ntrigger: manual",
        &["2:5 error[malformed] /id `A B` cannot stand here; use lower-case letters"],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: { open: {} }",
        &["error[unclear] /trigger it is not clear what is meant by `open`"],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: manuel",
        &["error[unknown-word] /trigger `manuel` is not known here; did you mean `manual`?"],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: { webhook: { contact: { email: mail }, values: { x: $ } } }",
        &[
            "error[bad-path] /trigger/webhook/contact/email `mail` is no path into JSON",
            "error[bad-path] /trigger/webhook/values/x",
        ],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: { shortcut: { form: [{ name: x, kind: choice }, { name: x, kind: text, min: 1 }] } }",
        &[
            "error[missing-options] /trigger/shortcut/form/0 nobody can answer this",
            "error[duplicate-id] /trigger/shortcut/form/1/name `x` is already field 1 of this form",
            "error[key-of-other-kind] /trigger/shortcut/form/1/min `min` belongs to questions of kind `number`",
        ],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: { shortcut: { form: [{ name: reason, kind: text }] } }\nwhen: { subject: $trigger.raeson, operator: exists }",
        &[
            "warning[unknown-variable] /when/subject `$trigger.raeson` stands for nothing: there is no value of the trigger `raeson`; did you mean `reason`?",
        ],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: manual\nwhen: { subject: contact.email, operator: exists }",
        &[
            "error[bad-subject] /when/subject `contact.email` is nothing a test can look at; did you mean `$contact.email`?",
        ],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: manual\nwhen: { all: [] }",
        &["warning[empty-group] /when/all nothing is asked for here"],
    ),
];

/// Steps, and what is said of them.
pub const STEPS: &[(&str, &[&str])] = &[
    ("- { id: a, say: Hello }", &[]),
    (
        "- { id: a, say: Hello }\n- { id: a, say: Again }",
        &["7:9 error[duplicate-id] /steps/1/id `a` is already the id of another step"],
    ),
    ("- { id: end, say: Hello }", &["error[name-taken] /steps/0/id"]),
    (
        "- { id: a-b, say: Hello }",
        &["error[malformed] /steps/0/id `a-b` cannot stand here; use letters a–z, digits and `_` only"],
    ),
    (
        "- { id: a, say: Hello, next: b }\n- { id: c, say: x }",
        &[
            "6:30 error[unknown-step] /steps/0/next there is no step `b`",
            "warning[unreachable-step] /steps/1",
        ],
    ),
    (
        "- { id: first, say: Hello, next: frist }",
        &["error[unknown-step] /steps/0/next there is no step `frist`; did you mean `first`?"],
    ),
    (
        "- { id: a, jump: { to: end, times: 1 } }",
        &["error[unknown-step] /steps/0/jump/to a jump leads to a step"],
    ),
    (
        "- { id: a, jump: { to: a, times: 11 } }",
        &["error[out-of-range] /steps/0/jump/times 11 is out of range; write a number from 1 to 10"],
    ),
    (
        "- { id: a, say: Hello, next: end }\n- { id: b, say: Never }",
        &["7:3 warning[unreachable-step] /steps/1 nothing leads to `b`"],
    ),
    ("- { id: a, close: {} }\n- { id: b, say: Never }", &["warning[unreachable-step] /steps/1"]),
    (
        "- { id: a, close: {}, next: b }\n- { id: b, say: Never }",
        &["warning[no-effect] /steps/0/next", "warning[unreachable-step] /steps/1"],
    ),
    (
        "- { id: a, say: Hello }\n- { id: b, say: Again, next: a }",
        &["7:3 error[circle] /steps/1 `a`, `b` lead back to each other"],
    ),
    ("- { id: a, wait: 1m }\n- { id: b, say: Again, next: a }", &[]),
    ("- { id: a, wait: 0s, next: a }", &["error[circle] /steps/0"]),
    ("- { id: a, say: x }\n- { id: b, jump: { to: a, times: 3 } }", &[]),
    ("- { id: a, assign: { to: { team: t } }, nobody: a }", &["error[circle] /steps/0"]),
    ("- { id: a, wait: 15 }", &["error[wrong-type] /steps/0/wait the number `15` stands here"]),
    (
        "- { id: a, wait: '15' }",
        &["error[malformed] /steps/0/wait `15` cannot stand here; write a length of time such as `15m`"],
    ),
    ("- { id: a, wait: 8d }", &["warning[long-wait] /steps/0/wait this waits for more than a week"]),
    (
        "- { id: a, assign: { to: { team: t }, timeout: 2w }, nobody: end, timed_out: end }",
        &["warning[long-wait] /steps/0/assign/timeout"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text, timeout: 1h } }",
        &[
            "warning[no-way-out] /steps/0 the run ends here after one invalid answer too many; write the step that follows: `invalid: …`",
            "`timed_out: …`",
        ],
    ),
    (
        "- { id: a, assign: { to: anybody } }",
        &["warning[no-way-out] /steps/0 the run ends here when nobody there could ever have"],
    ),
    (
        "- { id: a, request: { url: https://a.example } }",
        &["warning[no-way-out] /steps/0 the run ends here when the call fails"],
    ),
    (
        "- { id: a, during: { calendar: c } }",
        &["warning[no-way-out] /steps/0 the run ends here outside that time"],
    ),
    (
        "- { id: a, assign: { to: anybody }, nobody: end, timed_out: end }",
        &["warning[no-effect] /steps/0/timed_out"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text }, invalid: end, timed_out: end }",
        &["warning[no-effect] /steps/0/timed_out"],
    ),
    (
        "- { id: a, assign: { to: { agent: a@b }, by: least_open, online_only: true }, nobody: end }",
        &["warning[no-effect] /steps/0/assign/by"],
    ),
    (
        "- { id: a, assign: { to: { agent: a@b }, timeout: 5m }, nobody: end, timed_out: end }",
        &["warning[no-effect] /steps/0/assign/timeout this changes nothing: one person is given it at once"],
    ),
    ("- { id: a, close: { category: No consent } }", &["error[malformed] /steps/0/close/category"]),
    (
        "- { id: a, assign: { to: { queue: Front } }, nobody: end }",
        &["error[malformed] /steps/0/assign/to/queue"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: choice }, invalid: end }",
        &["error[missing-options] /steps/0/ask nobody can answer this"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: choice, options: [Yes, ' yes'] }, invalid: end }",
        &["warning[same-option] /steps/0/ask/options/1"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text, options: [A], order: day_first }, invalid: end }",
        &["error[key-of-other-kind] /steps/0/ask/options", "error[key-of-other-kind] /steps/0/ask/order"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: number, min: 5, max: 1 }, invalid: end }",
        &["error[empty-range] /steps/0/ask no number lies between 5 and 1"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text, save: [tag] }, invalid: end }",
        &["warning[odd-tag] /steps/0/ask/save/0"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text, retries: 11 }, invalid: end }",
        &["error[out-of-range] /steps/0/ask/retries"],
    ),
    (
        "- { id: a, say: Hello $nmae }\n- { id: b, set: { variable: name, to: x } }",
        &[
            "warning[unknown-variable] /steps/0/say `$nmae` stands for nothing: there is no variable `nmae`; did you mean `name`?",
        ],
    ),
    (
        "- { id: a, say: $step.b $step.a $assignee.mail }",
        &[
            "warning[step-without-answer] /steps/0/say `$step.a`",
            "warning[unknown-variable] /steps/0/say `$assignee.mail`",
            "`$step.b` stands for nothing: there is no step `b`",
        ],
    ),
    (
        "- { id: a, during: { from: tomorrow, to: 2026-12-24T00:00Z }, outside: end }",
        &["error[bad-time] /steps/0/during/from `tomorrow` is no moment"],
    ),
    (
        "- { id: a, during: { from: 2026-12-25T00:00Z, to: 2026-12-24T00:00Z }, outside: end }",
        &["error[empty-range] /steps/0/during"],
    ),
    (
        "- { id: a, request: { url: crm.example }, failed: end }",
        &["error[bad-url] /steps/0/request/url `crm.example` is no address of the web"],
    ),
    (
        "- { id: a, request: { url: 'https://$contact.host/x' }, failed: end }",
        &["error[bad-url] /steps/0/request/url a variable decides which host is called"],
    ),
    (
        "- { id: a, request: { url: 'https://ada:pass@crm.example' }, failed: end }",
        &["error[bad-url] /steps/0/request/url a name and a password stand in this address"],
    ),
    (
        "- { id: a, request: { url: 'https://crm..example:x' }, failed: end }",
        &["error[bad-url] /steps/0/request/url this host cannot exist"],
    ),
    (
        "- { id: a, request: { url: 'http://crm.example' }, failed: end }",
        &["warning[not-encrypted] /steps/0/request/url"],
    ),
    (
        "- { id: a, request: { url: 'https://crm.example?api_key=0123456789' }, failed: end }",
        &["warning[secret-in-file] /steps/0/request/url `api_key` looks like a secret"],
    ),
    (
        "- { id: a, request: { url: https://a.example, headers: { Authorization: Bearer 0123456789 } }, failed: end }",
        &["warning[secret-in-file] /steps/0/request/headers/Authorization"],
    ),
    (
        "- { id: a, request: { url: https://a.example, headers: { Authorization: $contact.key } }, failed: end }",
        &[],
    ),
    (
        "- { id: a, request: { url: https://a.example, headers: { 'X Page': x, Host: y } }, failed: end }",
        &[
            "error[bad-header] /steps/0/request/headers/X Page `X Page` is no name of a header",
            "error[bad-header] /steps/0/request/headers/Host the bridge writes `Host` itself",
        ],
    ),
    (
        "- { id: a, request: { url: https://a.example, body: { text: x } }, failed: end }",
        &["warning[needless-body] /steps/0/request/body"],
    ),
    (
        "- { id: a, request: { url: https://a.example, take: { x: a.b } }, failed: end }",
        &["error[bad-path] /steps/0/request/take/x"],
    ),
    ("- { id: a }", &["error[unclear]"]),
    ("- { id: a, say: x, wait: 5m }", &["does not go together with the other keys here"]),
    (
        "- { id: a, sya: Hello }",
        &["error[unknown-key] /steps/0/sya `sya` is not known here; did you mean `say`?"],
    ),
];
