CREATE TABLE office_feed (
  office TEXT NOT NULL, feed BIGINT NOT NULL,
  PRIMARY KEY (office)
);

CREATE TABLE feed_day (
  office TEXT NOT NULL, day TEXT NOT NULL, feed BIGINT NOT NULL,
  PRIMARY KEY (office, day)
);

CREATE TABLE tx (
  office TEXT NOT NULL, feed BIGINT NOT NULL, day TEXT NOT NULL, at BIGINT NOT NULL,
  actor_user TEXT, actor TEXT NOT NULL, act TEXT NOT NULL, undoes BIGINT, entries BIGINT NOT NULL,
  idem_key TEXT, request_hash TEXT,
  PRIMARY KEY (office, feed)
);

CREATE UNIQUE INDEX tx_idem ON tx (office, idem_key);

CREATE TABLE state (
  office TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL, feed BIGINT NOT NULL,
  head TEXT NOT NULL, row_digest TEXT, doc TEXT NOT NULL,
  PRIMARY KEY (office, kind, id)
);

CREATE TABLE journal (
  office TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL, feed BIGINT NOT NULL,
  day TEXT NOT NULL, at BIGINT NOT NULL, actor_user TEXT, actor TEXT NOT NULL, act TEXT NOT NULL,
  on_day TEXT, basis TEXT, delta TEXT NOT NULL, whole TEXT, row_digest TEXT, tx_act TEXT NOT NULL,
  prev TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (office, kind, id, seq)
);

CREATE INDEX journal_feed ON journal (office, feed, kind, id);

CREATE TABLE checkpoint (
  office TEXT NOT NULL, feed BIGINT NOT NULL, day TEXT NOT NULL, at BIGINT NOT NULL,
  streams BIGINT NOT NULL, prev TEXT NOT NULL, root TEXT NOT NULL,
  PRIMARY KEY (office, feed)
);

CREATE TABLE project (
  office TEXT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL, feed BIGINT NOT NULL,
  name TEXT NOT NULL, name_key TEXT NOT NULL, code TEXT, codes TEXT NOT NULL,
  level TEXT NOT NULL, parent TEXT, counts BIGINT NOT NULL,
  stage TEXT NOT NULL, stage_no BIGINT NOT NULL, status TEXT NOT NULL, suggested TEXT,
  division TEXT, platform TEXT, industry TEXT, section TEXT, nature TEXT, procedure_kind TEXT, holding TEXT,
  owner TEXT, owner_key TEXT, lead_org TEXT,
  investment BIGINT, land BIGINT, annual_plan BIGINT, ytd BIGINT,
  start_due TEXT, finish_due TEXT, operate_due TEXT, ramp_due TEXT, ceremony_on TEXT, permit_on TEXT,
  started_on TEXT, completed_on TEXT, operating_on TEXT, ramped_on TEXT, stat_entry_on TEXT,
  search TEXT NOT NULL,
  PRIMARY KEY (office, id)
);

CREATE INDEX project_name ON project (office, level, name_key, id, division, stage, search);

CREATE INDEX project_code_at ON project (office, level, code, id);

CREATE INDEX project_investment ON project (office, level, investment, id);

CREATE INDEX project_start ON project (office, level, start_due, id);

CREATE INDEX project_finish ON project (office, level, finish_due, id);

CREATE INDEX project_stage ON project (office, level, stage_no, id);

CREATE INDEX project_division ON project (office, level, division, id, counts, investment);

CREATE INDEX project_lead ON project (office, level, lead_org, name_key, id);

CREATE INDEX project_plan ON project (office, level, annual_plan, id);

CREATE INDEX project_ytd ON project (office, level, ytd, id);

CREATE INDEX project_changed ON project (office, level, feed, id);

CREATE INDEX project_feed ON project (office, feed, id);

CREATE INDEX project_parent ON project (office, parent);

CREATE INDEX project_figures ON project
  (office, level, stage, status, division, platform, section, nature, holding, counts, investment, annual_plan, ytd);

CREATE TABLE project_history (
  office TEXT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL, feed BIGINT NOT NULL,
  name TEXT NOT NULL, name_key TEXT NOT NULL, code TEXT, codes TEXT NOT NULL,
  level TEXT NOT NULL, parent TEXT, counts BIGINT NOT NULL,
  stage TEXT NOT NULL, stage_no BIGINT NOT NULL, status TEXT NOT NULL, suggested TEXT,
  division TEXT, platform TEXT, industry TEXT, section TEXT, nature TEXT, procedure_kind TEXT, holding TEXT,
  owner TEXT, owner_key TEXT, lead_org TEXT,
  investment BIGINT, land BIGINT, annual_plan BIGINT, ytd BIGINT,
  start_due TEXT, finish_due TEXT, operate_due TEXT, ramp_due TEXT, ceremony_on TEXT, permit_on TEXT,
  started_on TEXT, completed_on TEXT, operating_on TEXT, ramped_on TEXT, stat_entry_on TEXT,
  search TEXT NOT NULL,
  feed_to BIGINT NOT NULL,
  PRIMARY KEY (office, id, seq)
);

CREATE INDEX project_history_then ON project_history (office, feed_to, feed);

CREATE TABLE project_row (
  office TEXT NOT NULL, id TEXT NOT NULL, seq BIGINT NOT NULL, row_json TEXT NOT NULL,
  PRIMARY KEY (office, id, seq)
);

CREATE TABLE project_org (
  office TEXT NOT NULL, id TEXT NOT NULL, org TEXT NOT NULL, feed_from BIGINT NOT NULL, feed_to BIGINT NOT NULL,
  PRIMARY KEY (office, id, org, feed_from)
);

CREATE INDEX project_org_at ON project_org (office, org, feed_to, id, feed_from);

CREATE TABLE project_list (
  office TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, year BIGINT NOT NULL, state TEXT NOT NULL, plan BIGINT,
  feed_from BIGINT NOT NULL, feed_to BIGINT NOT NULL,
  PRIMARY KEY (office, id, kind, year, feed_from)
);

CREATE INDEX project_list_at ON project_list (office, kind, year, feed_to, state, id, feed_from);

CREATE TABLE session (
  token_hash TEXT NOT NULL, office TEXT NOT NULL, user_id TEXT NOT NULL, created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
  PRIMARY KEY (token_hash)
);

CREATE INDEX session_by_user ON session (office, user_id);

CREATE TABLE credential (
  office TEXT NOT NULL, user_id TEXT NOT NULL, phc TEXT NOT NULL, changed_at BIGINT NOT NULL,
  PRIMARY KEY (office, user_id)
);

CREATE TABLE sign_in_attempt (
  office TEXT NOT NULL, name TEXT NOT NULL, at BIGINT NOT NULL, nonce TEXT NOT NULL, success BIGINT NOT NULL,
  PRIMARY KEY (office, name, at, nonce)
);

CREATE TABLE visit (
  office TEXT NOT NULL, user_id TEXT NOT NULL, feed BIGINT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (office, user_id)
);

CREATE TABLE upload (
  office TEXT NOT NULL, id TEXT NOT NULL, user_id TEXT NOT NULL, name TEXT NOT NULL, size BIGINT NOT NULL,
  at BIGINT NOT NULL, state TEXT NOT NULL, state_json TEXT NOT NULL, version BIGINT NOT NULL,
  PRIMARY KEY (office, id)
);

CREATE INDEX upload_by_user ON upload (office, user_id, at);

CREATE TABLE upload_bytes (
  office TEXT NOT NULL, id TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (office, id)
);
