CREATE TABLE note (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL
);

INSERT INTO note (text) VALUES
    ('A dyno starts from the files of the app'),
    ('What it writes is gone when it stops');
