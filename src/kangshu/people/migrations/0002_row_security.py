"""Row security, change stamps, and the few functions that cross the scope (each returns the minimum).

The callers in `people.actions` write the audit entry; the functions check what can be checked here: that the
person is in the caller's own scope, or that the place moved to exists.
"""

from django.db import migrations

from kangshu.access.rls import protect
from kangshu.people.changes import STAMP_FUNCTION, stamp_changes

STAMPED = (
    "people_person",
    "people_identitydocument",
    "people_residence",
    "people_relation",
    "people_household",
    "people_householdmember",
    "people_attachment",
)

# Is this number registered anywhere in the county? Says where, and whether the caller could see the person;
# never who it is.
FIND_REGISTERED = """
CREATE FUNCTION people_find_registered(asked bytea)
RETURNS TABLE (institution_name text, institution_phone text, in_scope boolean, person_status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.name::text, i.phone::text,
           coalesce(
               (p.scope_path >= current_setting('kangshu.low', true)
                AND p.scope_path < current_setting('kangshu.high', true))
               OR p.id = ANY (nullif(current_setting('kangshu.granted', true), '')::uuid[]), false),
           p.status::text
    FROM people_identitydocument d
    JOIN people_person p ON p.id = d.person_id
    JOIN places_institution i ON i.id = p.institution_id
    WHERE d.number_index = asked AND d.withdrawn_at IS NULL
$$;
"""

# Hand a person to another institution: every row about them takes the new path. Only whoever has the person
# in scope may; a grant to read is not enough.
MOVE_PERSON = """
CREATE FUNCTION people_move_person(moved uuid, new_institution uuid, new_region text, new_address text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    new_path text;
    old_path text;
    named record;
BEGIN
    SELECT path INTO new_path FROM places_institution WHERE id = new_institution;
    SELECT scope_path INTO old_path FROM people_person WHERE id = moved FOR UPDATE;
    IF new_path IS NULL OR old_path IS NULL
       OR NOT coalesce(old_path >= current_setting('kangshu.low', true)
                       AND old_path < current_setting('kangshu.high', true), false) THEN
        RAISE EXCEPTION 'person is not in scope' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE people_person
    SET institution_id = new_institution, region_id = new_region, address = new_address,
        scope_path = new_path, status = 'active'
    WHERE id = moved;
    FOR named IN SELECT * FROM people_rows_of_persons() LOOP
        EXECUTE format('UPDATE %I SET scope_path = $1 WHERE person_id = $2', named.table_name)
        USING new_path, moved;
    END LOOP;
    RETURN new_path;
END $$;
"""

# Every protected table with rows about one person, of this package and of those above it.
ROWS_OF_PERSONS = """
CREATE FUNCTION people_rows_of_persons() RETURNS TABLE (table_name text)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT c.relname::text
    FROM pg_class c
    JOIN pg_attribute s ON s.attrelid = c.oid AND s.attname = 'scope_path' AND NOT s.attisdropped
    JOIN pg_attribute p ON p.attrelid = c.oid AND p.attname = 'person_id' AND NOT p.attisdropped
    WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace
      AND c.relname NOT LIKE 'audit\\_%' AND c.relname NOT LIKE 'access\\_%'
    ORDER BY 1
$$;
"""

# An institution got a new place in the tree (or merged into another): the rows of its people follow. The new
# change must stand in the history of places, so rows cannot be pushed about without it.
MOVE_INSTITUTION = """
CREATE FUNCTION people_move_institution(
    old_path text, new_path text, old_id uuid, new_id uuid, first_day date
)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    named record;
    high text := left(old_path, -1) || '/';
    moved bigint;
BEGIN
    IF old_path = ''
       OR NOT EXISTS (SELECT 1 FROM places_institution i WHERE i.path = $2 AND i.id = new_id)
       OR NOT EXISTS (
           SELECT 1 FROM places_institutionchange c
           WHERE c.institution_id = old_id AND c."on" = first_day
             AND ((c.kind = 'moved' AND c.old_path = $1 AND c.new_path = $2)
                  OR (c.kind = 'merged' AND c.other_id = new_id))) THEN
        RAISE EXCEPTION 'no such change of an institution is recorded' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF old_id <> new_id THEN
        -- Who was responsible until yesterday stays written; from the first day it is the other institution.
        WITH ended AS (
            UPDATE people_residence SET to_on = first_day - 1, reason = 'institution merged'
            WHERE institution_id = old_id AND to_on IS NULL AND from_on < first_day
            RETURNING person_id, region_id, scope_path
        )
        INSERT INTO people_residence (id, person_id, region_id, institution_id, from_on, reason, scope_path)
        SELECT gen_random_uuid(), person_id, region_id, new_id, first_day, 'institution merged', scope_path
        FROM ended;
        UPDATE people_residence SET institution_id = new_id
        WHERE institution_id = old_id AND to_on IS NULL AND from_on >= first_day;
        UPDATE people_person SET institution_id = new_id WHERE institution_id = old_id;
    END IF;
    FOR named IN SELECT t.table_name FROM people_rows_of_persons() t
                 UNION ALL VALUES ('people_household'), ('people_duplicatepair'), ('people_mergelog') LOOP
        EXECUTE format(
            'UPDATE %I SET scope_path = $1 || substr(scope_path, $2)
             WHERE scope_path COLLATE "C" >= $3 AND scope_path COLLATE "C" < $4', named.table_name)
        USING new_path, length(old_path) + 1, old_path, high;
    END LOOP;
    UPDATE people_person SET scope_path = new_path || substr(scope_path, length(old_path) + 1)
    WHERE scope_path >= old_path AND scope_path < high;
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END $$;
"""

# A village merged into another or got another code: whoever lives there lives in what continues it.
MOVE_REGION = """
CREATE FUNCTION people_move_region(from_code text, to_code text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM places_regionchange
                   WHERE kind IN ('merged', 'recoded') AND from_region_id = from_code AND to_region_id = to_code) THEN
        RAISE EXCEPTION 'the region was not succeeded by that one' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE people_residence SET region_id = to_code WHERE region_id = from_code AND to_on IS NULL;
    UPDATE people_household SET region_id = to_code WHERE region_id = from_code;
    UPDATE people_person SET region_id = to_code WHERE region_id = from_code;
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END $$;
"""

# Whom a resident's own account sees besides its own row: rows merged into it, and the minors it guards.
WARDS = """
CREATE OR REPLACE FUNCTION people_wards(resident uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(seen.id), '{}') FROM (
        SELECT p.id FROM people_person p WHERE p.merged_into_id = resident
        UNION
        SELECT p.id FROM people_relation r JOIN people_person p ON p.id = r.person_id
        WHERE r.other_id = resident AND r.to_on IS NULL AND r.kind IN ('mother', 'father', 'guardian')
          AND p.birth_date > (current_date - interval '18 years')
    ) seen
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_scope")]
    operations = [
        STAMP_FUNCTION,
        *(stamp_changes(table) for table in STAMPED),
        *protect("people_person", person="id"),
        *protect("people_identitydocument"),
        *protect("people_residence"),
        *protect("people_relation"),
        *protect("people_household", person="head_id"),
        *protect("people_householdmember"),
        *protect("people_searchterm"),
        *protect("people_personchange"),
        *protect("people_attachment", compartment="compartment"),
        *protect("people_duplicatepair", person=None),
        *protect("people_mergelog", person=None),
        migrations.RunSQL(FIND_REGISTERED, "DROP FUNCTION people_find_registered(bytea)"),
        migrations.RunSQL(ROWS_OF_PERSONS, "DROP FUNCTION people_rows_of_persons()"),
        migrations.RunSQL(MOVE_PERSON, "DROP FUNCTION people_move_person(uuid, uuid, text, text)"),
        migrations.RunSQL(
            MOVE_INSTITUTION, "DROP FUNCTION people_move_institution(text, text, uuid, uuid, date)"
        ),
        migrations.RunSQL(MOVE_REGION, "DROP FUNCTION people_move_region(text, text)"),
        migrations.RunSQL(WARDS, migrations.RunSQL.noop),
    ]
