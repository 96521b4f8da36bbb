//! What is written of conditions, and what is said of it.

/// Steps with conditions, and what is said of them.
pub const CONDITIONS: &[(&str, &[&str])] = &[
    (
        "- { id: a, branch: [{ name: c, when: { subject: tags, operator: older_than, value: 1m }, next: end }] }",
        &[
            "error[wrong-operator] /steps/0/branch/0/when/operator `older_than` says nothing about a list; use `any_of`",
        ],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: { last_message_at: { from: human } }, operator: contains, value: x }, next: end }] }",
        &["error[wrong-operator] /steps/0/branch/0/when/operator `contains` says nothing about a moment"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: older_than, value: soon }, next: end }] }",
        &["error[bad-duration] /steps/0/branch/0/when/value this is no length of time"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: equals }, next: end }] }",
        &["error[missing-value] /steps/0/branch/0/when"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: exists, value: 1 }, next: end }] }",
        &["error[superfluous-value] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: tags, operator: any_of, value: x }, next: end }] }",
        &["error[not-a-list] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: tags, operator: any_of, value: [] }, next: end }] }",
        &["error[empty-list] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: equals, value: [1] }, next: end }] }",
        &["error[wrong-kind] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: between, value: [1] }, next: end }] }",
        &["error[not-a-pair] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: between, value: [3, 2] }, next: end }] }",
        &["warning[never-true] /steps/0/branch/0/when/value nothing lies between 3 and 2"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: { last_message_source: { from: visitor } }, operator: exists }, next: end }] }",
        &["error[bad-subject] /steps/0/branch/0/when/subject/last_message_source/from"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: { last_message_source: { from: any } }, operator: equals, value: humam }, next: end }] }",
        &["warning[never-true] /steps/0/branch/0/when/value this is never `humam`; did you mean `human`?"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $conversation.status, operator: equals, value: snoozed }, next: end }] }",
        &["warning[never-true] /steps/0/branch/0/when/value this is never `snoozed`"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.agent_status, operator: equals, value: onlin }, next: end }] }",
        &["warning[never-true] /steps/0/branch/0/when/value this is never `onlin`; did you mean `online`?"],
    ),
    (
        "- { id: q, ask: { text: x, kind: choice, options: [Buying] }, invalid: end }\n- { id: a, branch: [{ name: c, when: { subject: $step.q, operator: equals, value: buyng }, next: end }] }",
        &["warning[never-true] /steps/1/branch/0/when/value this is never `buyng`; did you mean `Buying`?"],
    ),
    (
        "- id: a\n  branch:\n  - { name: x, when: { subject: $contact.a, operator: exists }, next: end }\n  - { name: y, when: { subject: $contact.a, operator: exists }, next: a2 }\n- { id: a2, say: x }",
        &["9:5 warning[never-taken] /steps/0/branch/1 this case is never taken: `x` holds whenever it does"],
    ),
    (
        "- id: a\n  branch:\n  - { name: x, when: { any: [] }, next: end }\n  - { name: y, when: { subject: $contact.a, operator: exists }, next: end }",
        &[
            "warning[empty-group] /steps/0/branch/0/when/any",
            "warning[never-taken] /steps/0/branch/1 this case is never taken: `x` always holds",
        ],
    ),
    (
        "- id: a\n  branch:\n  - name: x\n    next: end\n    when:\n      all:\n      - { subject: $contact.a, operator: exists }\n      - { subject: $contact.a, operator: exists }\n      - { subject: $contact.a, operator: not_exists }",
        &[
            "13:9 warning[same-test]",
            "14:9 warning[never-true] /steps/0/branch/0/when/all/2 this can never hold together with another test here",
        ],
    ),
    (
        "- id: a\n  branch:\n  - name: x\n    next: end\n    when:\n      all:\n      - { subject: $contact.a, operator: equals, value: A }\n      - { all: [{ subject: $contact.a, operator: equals, value: b }] }",
        &["warning[never-true] /steps/0/branch/0/when/all/1/all/0"],
    ),
    (
        "- id: a\n  branch:\n  - name: x\n    next: end\n    when:\n      any:\n      - { subject: $contact.a, operator: equals, value: A }\n      - { subject: $contact.a, operator: equals, value: b }",
        &[],
    ),
];
