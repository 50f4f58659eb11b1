CREATE TABLE order_line (
    id          INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id  INT NOT NULL REFERENCES product,
    quantity    INT NOT NULL CHECK (quantity > 0)
);
