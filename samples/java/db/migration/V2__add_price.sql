ALTER TABLE product ADD COLUMN cents INT DEFAULT 0 NOT NULL;

UPDATE product SET cents = 2400 WHERE name = 'tea pot';
UPDATE product SET cents = 650 WHERE name = 'tea cup';
