CREATE TABLE forecast (
  office TEXT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL, day TEXT NOT NULL, stamp TEXT NOT NULL, drawn BIGINT NOT NULL,
  light BIGINT NOT NULL, days_late BIGINT,
  start_due TEXT, start_done TEXT, start_expected TEXT, start_p50 TEXT, start_late BIGINT,
  completion_due TEXT, completion_done TEXT, completion_expected TEXT, completion_p50 TEXT, completion_late BIGINT,
  production_due TEXT, production_done TEXT, production_expected TEXT, production_p50 TEXT, production_late BIGINT,
  capacity_due TEXT, capacity_done TEXT, capacity_expected TEXT, capacity_p50 TEXT, capacity_late BIGINT,
  blocked_at TEXT, blocked_by TEXT,
  row_json TEXT NOT NULL,
  PRIMARY KEY (office, id)
);

CREATE INDEX forecast_light ON forecast (office, light, id);

CREATE INDEX forecast_late ON forecast (office, days_late, id);

CREATE INDEX forecast_day ON forecast (office, day, stamp, drawn, id);

CREATE TABLE forecast_wait (
  office TEXT NOT NULL, id TEXT NOT NULL, awaited TEXT NOT NULL,
  PRIMARY KEY (office, id, awaited)
);

CREATE INDEX forecast_wait_of ON forecast_wait (office, awaited, id);

CREATE TABLE job (
  office TEXT NOT NULL, name TEXT NOT NULL, holder TEXT NOT NULL, until BIGINT NOT NULL,
  done BIGINT NOT NULL, total BIGINT NOT NULL,
  PRIMARY KEY (office, name)
);
