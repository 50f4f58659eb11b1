CREATE TABLE product (
    id    INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  VARCHAR(100) NOT NULL UNIQUE
);

INSERT INTO product (name) VALUES ('tea pot'), ('tea cup');
