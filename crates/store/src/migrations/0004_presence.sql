CREATE TABLE presence (
  office TEXT NOT NULL, room TEXT NOT NULL, seat TEXT NOT NULL, user_id TEXT NOT NULL, doing TEXT,
  since_at BIGINT NOT NULL, seen_at BIGINT NOT NULL,
  PRIMARY KEY (office, room, seat)
);
