-- Where are sessions kept? Nothing here says who anybody is: a person is a number in one session.
-- grain: workshops, one row in all; sessions, states and places, one row per session; scenes, one row per scene of a
--        session; people, one row per person of a session; answers, one row per answer ever given (its value is null
--        once it is taken back)
CREATE TABLE IF NOT EXISTS workshops (format BIGINT, openings BIGINT, erasing BOOLEAN);
CREATE TABLE IF NOT EXISTS sessions (
    id VARCHAR, number BIGINT, code VARCHAR, key VARCHAR, salt VARCHAR, title VARCHAR, place VARCHAR, day VARCHAR,
    pack VARCHAR, story VARCHAR, settings VARCHAR
);
CREATE TABLE IF NOT EXISTS states (session VARCHAR, told VARCHAR, life VARCHAR);
CREATE TABLE IF NOT EXISTS places (session VARCHAR, told VARCHAR);
CREATE TABLE IF NOT EXISTS scenes (session VARCHAR, position BIGINT, step VARCHAR, summary VARCHAR, sources VARCHAR);
CREATE TABLE IF NOT EXISTS people (session VARCHAR, number BIGINT, token_hash VARCHAR);
CREATE TABLE IF NOT EXISTS answers (
    session VARCHAR, id VARCHAR, position BIGINT, scene VARCHAR, person BIGINT, turn BIGINT, value VARCHAR,
    came VARCHAR, minute VARCHAR, seen VARCHAR
);
