"""The functions that turn an account into the scope of one transaction, and the policies of grants and audit."""

from django.db import migrations

# A resident's own: replaced by the owner of `people` (minors they guard, rows merged into them).
_WARDS = """
CREATE FUNCTION people_wards(resident uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT '{}'::uuid[] $$
"""

# The lists of roles repeat access.roles.REACH; tests/access/test_scope.py holds the two together.
_REACH = """
CREATE FUNCTION access_reach(roles text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN roles && ARRAY['epidemiologist', 'insurance_officer', 'bureau_officer', 'director'] THEN 'county'
        WHEN roles && ARRAY['village_doctor', 'township_worker', 'hospital_clerk', 'clinician']
            THEN 'institution'
        WHEN roles && ARRAY['resident'] THEN 'self'
        ELSE 'nobody'
    END
$$
"""

_SET = """
CREATE FUNCTION access_set(
    account text, low text, high text, place_low text, place_high text, granted text, compartments text
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- true: until the transaction ends, so that a pooled connection hands nothing on.
    PERFORM set_config('kangshu.account', account, true),
        set_config('kangshu.low', low, true), set_config('kangshu.high', high, true),
        set_config('kangshu.place_low', place_low, true), set_config('kangshu.place_high', place_high, true),
        set_config('kangshu.granted', granted, true), set_config('kangshu.compartments', compartments, true);
END $$
"""

# clock_timestamp, not now(): a grant given in this very transaction counts in it (scope.refresh).
_ENTER = """
CREATE FUNCTION access_enter(entering uuid, at timestamptz DEFAULT clock_timestamp())
RETURNS TABLE (
    id uuid, username varchar, name varchar, password varchar, language varchar, staff_id uuid, person_id uuid,
    must_change_password boolean, institution_id uuid, institution_name varchar, scope_path varchar,
    roles text[], compartments text[]
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    account access_account;
    place places_institution;
    held text[] := '{}';
    open_compartments text[] := '{}';
    granted uuid[] := '{}';
    reach text;
    low text := '';
    high text := '';
    today date := (at AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    PERFORM access_set('', '', '', '', '', '{}', '');
    SELECT a.* INTO account FROM access_account a WHERE a.id = entering AND a.is_active;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- One institution at a time: the one the account chose, or else the highest it is assigned to.
    SELECT i.* INTO place
    FROM access_assignment s JOIN places_institution i ON i.id = s.institution_id
    WHERE s.account_id = entering AND s.from_on <= today AND coalesce(s.to_on, today) >= today
        AND (s.removed_at IS NULL OR s.removed_at > at)
    ORDER BY (i.id = account.acts_for_id) DESC NULLS LAST, length(i.path), i.path
    LIMIT 1;
    IF place.id IS NOT NULL THEN
        SELECT array_agg(DISTINCT s.role::text ORDER BY s.role::text) INTO held
        FROM access_assignment s
        WHERE s.account_id = entering AND s.institution_id = place.id AND s.from_on <= today
            AND coalesce(s.to_on, today) >= today AND (s.removed_at IS NULL OR s.removed_at > at);
    ELSIF account.person_id IS NOT NULL THEN
        held := ARRAY['resident'];
    END IF;
    reach := access_reach(held);
    IF reach = 'institution' THEN
        low := place.path;
    ELSIF reach = 'county' THEN
        low := left(place.path, 5);
    ELSIF reach = 'self' THEN
        granted := array_append(people_wards(account.person_id), account.person_id);
    END IF;
    IF low <> '' THEN
        high := left(low, -1) || '/';  -- the byte after '.'
        SELECT coalesce(array_agg(DISTINCT g.person_id), '{}') INTO granted
        FROM access_grant g
        WHERE (g.account_id = entering OR g.institution_id = place.id) AND g.from_at <= at
            AND (g.until_at IS NULL OR g.until_at > at) AND (g.revoked_at IS NULL OR g.revoked_at > at);
        SELECT coalesce(array_agg(c.compartment::text ORDER BY c.compartment), '{}') INTO open_compartments
        FROM access_compartmentaccess c
        WHERE c.account_id = entering AND c.from_at <= at AND (c.removed_at IS NULL OR c.removed_at > at);
    ELSIF 'auditor' = ANY (held) THEN
        -- An auditor reads the trail of a confidential programme only when it was opened to them.
        SELECT coalesce(array_agg(c.compartment::text ORDER BY c.compartment), '{}') INTO open_compartments
        FROM access_compartmentaccess c
        WHERE c.account_id = entering AND c.from_at <= at AND (c.removed_at IS NULL OR c.removed_at > at);
    END IF;
    PERFORM access_set(
        entering::text, low, high, coalesce(place.path, ''), coalesce(left(place.path, -1) || '/', ''),
        granted::text, array_to_string(open_compartments, ',')
    );
    RETURN QUERY SELECT account.id, account.username, account.name, account.password, account.language,
        account.staff_id, account.person_id,
        -- GB/T 22239: a password lasts 90 days.
        account.must_change_password OR coalesce(account.password_changed_at < at - interval '90 days', false),
        place.id, place.name,
        coalesce(place.path, '')::varchar, held, open_compartments;
END $$
"""

_ENTER_SYSTEM = """
CREATE FUNCTION access_enter_system(job text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    IF coalesce(job, '') = '' THEN
        RAISE EXCEPTION 'a system scope needs the name of its job';
    END IF;
    -- '~' lies above every path; '*' stands for every compartment.
    PERFORM access_set('system:' || job, '', '~', '', '~', '{}', '*');
END $$
"""

_LEAVE = """
CREATE FUNCTION access_leave() RETURNS void LANGUAGE sql AS $$
    SELECT access_set('', '', '', '', '', '{}', '')
$$
"""

_PLACE = "({0} >= current_setting('kangshu.place_low', true) AND {0} < current_setting('kangshu.place_high', true))"
_MINE = "{0}::text = current_setting('kangshu.account', true)"
_COMPARTMENT = (
    "(compartment = '' OR current_setting('kangshu.compartments', true) = '*'"
    " OR compartment = ANY (string_to_array(current_setting('kangshu.compartments', true), ',')))"
)
_OWN_PERSON = "person_id = ANY ((SELECT nullif(current_setting('kangshu.granted', true), '')::uuid[])::uuid[])"
_GRANT_SEEN = f"({_PLACE.format('scope_path')} OR {_MINE.format('account_id')} OR {_MINE.format('by')})"
_ENTRY_SEEN = (
    f"(({_PLACE.format('scope_path')} OR {_PLACE.format('actor_path')} OR {_MINE.format('account_id')}"
    f" OR {_OWN_PERSON}) AND {_COMPARTMENT})"
)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("audit", "0002_append_only"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(_WARDS, "DROP FUNCTION people_wards(uuid)"),
        migrations.RunSQL(_REACH, "DROP FUNCTION access_reach(text[])"),
        migrations.RunSQL(_SET, "DROP FUNCTION access_set(text, text, text, text, text, text, text)"),
        migrations.RunSQL(_ENTER, "DROP FUNCTION access_enter(uuid, timestamptz)"),
        migrations.RunSQL(_ENTER_SYSTEM, "DROP FUNCTION access_enter_system(text)"),
        migrations.RunSQL(_LEAVE, "DROP FUNCTION access_leave()"),
        migrations.RunSQL(
            [
                "ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY read_grants ON access_grant FOR SELECT USING ({_GRANT_SEEN})",
                # Giving reaches outside one's place (a referral opens the person to the hospital).
                f"CREATE POLICY give_grants ON access_grant FOR INSERT WITH CHECK ({_MINE.format('by')}"
                " OR current_setting('kangshu.account', true) LIKE 'system:%')",
                f"CREATE POLICY end_grants ON access_grant FOR UPDATE USING ({_GRANT_SEEN})",
            ],
            [
                "DROP POLICY read_grants ON access_grant",
                "DROP POLICY give_grants ON access_grant",
                "DROP POLICY end_grants ON access_grant",
                "ALTER TABLE access_grant DISABLE ROW LEVEL SECURITY",
            ],
        ),
        migrations.RunSQL(
            [
                "ALTER TABLE audit_auditentry ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY read_entries ON audit_auditentry FOR SELECT USING ({_ENTRY_SEEN})",
                # Whoever acts leaves a trace, even without a scope: a failed sign-in has none.
                "CREATE POLICY append_entries ON audit_auditentry FOR INSERT WITH CHECK (true)",
            ],
            [
                "DROP POLICY read_entries ON audit_auditentry",
                "DROP POLICY append_entries ON audit_auditentry",
                "ALTER TABLE audit_auditentry DISABLE ROW LEVEL SECURITY",
            ],
        ),
    ]
