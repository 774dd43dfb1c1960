CREATE TABLE work (
  office TEXT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL, day TEXT NOT NULL, stamp TEXT NOT NULL,
  PRIMARY KEY (office, id)
);

CREATE TABLE work_desk (
  office TEXT NOT NULL, desk TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (office, desk, id)
);

CREATE INDEX work_desk_of ON work_desk (office, id);

CREATE TABLE work_item (
  office TEXT NOT NULL, id TEXT NOT NULL, item TEXT NOT NULL,
  in_hand BIGINT NOT NULL, overdue BIGINT NOT NULL, desks TEXT NOT NULL, row_json TEXT NOT NULL,
  PRIMARY KEY (office, id, item)
);
