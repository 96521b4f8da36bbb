-- What the first version left: two sites of one workspace and one of another. `shop` went back to its first assistant.

INSERT INTO leases (workspace, epoch) VALUES ('here', 7);

INSERT INTO assistants (workspace, site, hash, definition, published_at) VALUES
    ('here', 'shop', 'aaa', 'first', 30),
    ('here', 'shop', 'bbb', 'second', 20),
    ('here', 'shop', 'ccc', 'third', 30),
    ('here', 'blog', 'aaa', 'first', 5),
    ('elsewhere', 'shop', 'ddd', 'other', 7);

INSERT INTO current_assistants (workspace, site, hash) VALUES
    ('here', 'shop', 'aaa'),
    ('here', 'blog', 'aaa'),
    ('elsewhere', 'shop', 'ddd');
