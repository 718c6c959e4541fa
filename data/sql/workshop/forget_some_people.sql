-- Take out some people, so that the same can be kept again.
-- in: $session and $number, lists of equal length
-- grain: one row per pair
DELETE FROM people
WHERE (session, number) IN (SELECT (unnest($session::VARCHAR[]), unnest($number::BIGINT[])))
