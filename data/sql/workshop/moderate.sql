-- Let the room see an answer, or not, if it has not been changed since.
-- in: $session; $id; $turn, that was looked at; $seen
-- grain: one row, none if it has been changed
UPDATE answers SET seen = $seen WHERE session = $session AND id = $id AND turn = $turn
