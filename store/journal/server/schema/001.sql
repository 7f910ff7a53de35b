-- Journals that only grow. The engine itself refuses a gap, a fork and a change; whether the
-- hashes are right each member's machine checks, against the copy it has.
--
-- docket_owner, docket_writer and docket_reader are roles without a login. A member is a role
-- with one, in one of the three, and a row of docket.member for each workspace it is of.
--
-- Where partitions are asked for, the comments that say so in the tables' ends are taken at their
-- word, and each such table gets that many.

CREATE SCHEMA docket;
GRANT USAGE ON SCHEMA docket TO docket_owner, docket_writer, docket_reader;

CREATE TABLE docket.version (
    number integer PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE docket.workspace (
    name text PRIMARY KEY CHECK (char_length(name) BETWEEN 1 AND 60)
);

-- Who may do what; client '*' is every client there is or will be.
CREATE TABLE docket.member (
    name text NOT NULL,
    workspace text NOT NULL REFERENCES docket.workspace,
    client text NOT NULL DEFAULT '*',
    may text NOT NULL CHECK (may IN ('own', 'write', 'read')),
    PRIMARY KEY (name, workspace, client)
);

-- A docket, or the custody of its exhibits. `turn` says nothing: who locks the row has the turn to
-- append, and PostgreSQL asks for leave to change a column of what is locked. A trigger refuses
-- the change itself.
CREATE TABLE docket.journal (
    workspace text NOT NULL REFERENCES docket.workspace,
    client text NOT NULL CHECK (char_length(client) BETWEEN 1 AND 100 AND client <> '*'),
    part text NOT NULL CHECK (part IN ('jsonl', 'custody')),
    turn smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace, client, part)
) /* PARTITION BY HASH (workspace) */;

-- Line 0 is the header. Each further one names the one before it by number and hash, and that one
-- has to be there: so there is no gap, and as a number is there once, no fork.
CREATE TABLE docket.line (
    workspace text NOT NULL,
    client text NOT NULL,
    part text NOT NULL,
    seq bigint NOT NULL CHECK (seq >= 0),
    hash text NOT NULL CHECK (char_length(hash) = 64),
    before bigint,
    prev text,
    line text NOT NULL,
    by text NOT NULL DEFAULT session_user,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace, client, part, seq),
    UNIQUE (workspace, client, part, seq, hash),
    FOREIGN KEY (workspace, client, part) REFERENCES docket.journal,
    FOREIGN KEY (workspace, client, part, before, prev)
        REFERENCES docket.line (workspace, client, part, seq, hash),
    CHECK (CASE WHEN seq = 0 THEN before IS NULL AND prev IS NULL
                ELSE before = seq - 1 AND prev IS NOT NULL END),
    CHECK (seq = 0 OR line LIKE '%,"hash":"' || hash || '","prev":"' || prev || '","seed":"'
                                || repeat('_', 32) || '","seq":' || seq || '}')
) /* PARTITION BY HASH (workspace) */;

-- Which head a member's machine has seen, and when: what another member's check is held against.
CREATE TABLE docket.seen (
    workspace text NOT NULL,
    client text NOT NULL,
    part text NOT NULL,
    by text NOT NULL DEFAULT session_user,
    seq bigint NOT NULL,
    hash text NOT NULL CHECK (char_length(hash) = 64),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace, client, part, by, seq, hash),
    FOREIGN KEY (workspace, client, part) REFERENCES docket.journal
) /* PARTITION BY HASH (workspace) */;

-- Exhibits by their hash, in pieces. They are of a client, so that whoever may not see the client
-- does not see them either.
CREATE TABLE docket.exhibit (
    workspace text NOT NULL REFERENCES docket.workspace,
    client text NOT NULL,
    sha256 text NOT NULL CHECK (char_length(sha256) = 64),
    size bigint NOT NULL CHECK (size >= 0),
    by text NOT NULL DEFAULT session_user,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace, client, sha256)
) /* PARTITION BY HASH (workspace) */;

CREATE TABLE docket.piece (
    workspace text NOT NULL,
    client text NOT NULL,
    sha256 text NOT NULL,
    number integer NOT NULL CHECK (number >= 0),
    bytes bytea NOT NULL,
    PRIMARY KEY (workspace, client, sha256, number),
    FOREIGN KEY (workspace, client, sha256) REFERENCES docket.exhibit
) /* PARTITION BY HASH (workspace) */;

-- Clients whose dockets are kept elsewhere now, or nowhere: nothing is added to them here.
CREATE TABLE docket.closed (
    workspace text NOT NULL REFERENCES docket.workspace,
    client text NOT NULL,
    how text NOT NULL CHECK (how IN ('moved', 'erased')),
    by text NOT NULL DEFAULT session_user,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace, client)
);

-- What is on record is neither changed nor taken away, whoever asks; docket.erase is the one door,
-- for a whole client, and it leaves a row in docket.closed.
CREATE FUNCTION docket.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'closed'
        AND current_setting('docket.erasing', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'what is on record is never changed or deleted (% of docket.%)',
        lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- What the role that is logged in may do. Its rows are few and looked up once for a query, by the
-- key: without the collation of the column, names would be compared as PostgreSQL keeps those of
-- roles, and every member there is would be read.
CREATE VIEW docket.mine AS
    SELECT workspace, client, may FROM docket.member
    WHERE name = session_user::text COLLATE "default";

CREATE VIEW docket.fellow AS
    SELECT name, workspace, client, may FROM docket.member
    WHERE workspace IN (SELECT workspace FROM docket.mine);

GRANT SELECT ON docket.version, docket.mine, docket.fellow
    TO docket_owner, docket_writer, docket_reader;
GRANT SELECT ON docket.journal, docket.line, docket.seen, docket.exhibit, docket.piece,
    docket.closed
    TO docket_owner, docket_writer, docket_reader;
GRANT INSERT (workspace, client, part, seq, hash) ON docket.seen
    TO docket_owner, docket_writer, docket_reader;
GRANT INSERT (workspace, client, part), UPDATE (turn) ON docket.journal
    TO docket_owner, docket_writer;
GRANT INSERT (workspace, client, part, seq, hash, before, prev, line) ON docket.line
    TO docket_owner, docket_writer;
GRANT INSERT (workspace, client, sha256, size) ON docket.exhibit TO docket_owner, docket_writer;
GRANT INSERT ON docket.piece TO docket_owner, docket_writer;
GRANT INSERT (workspace, client, how) ON docket.closed TO docket_owner, docket_writer;

-- Owners say who is a member of their workspaces.
GRANT SELECT, INSERT, DELETE ON docket.member TO docket_owner;
ALTER TABLE docket.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY owns ON docket.member TO docket_owner
    USING (workspace IN (SELECT workspace FROM docket.mine WHERE may = 'own'))
    WITH CHECK (workspace IN (SELECT workspace FROM docket.mine WHERE may = 'own'));

-- Row security: the member's workspaces, and in them the member's clients.
DO $$
DECLARE
    named text;
    seen CONSTANT text := 'workspace IN (SELECT workspace FROM docket.mine WHERE client = ''*'')
        OR (workspace, client) IN (SELECT workspace, client FROM docket.mine)';
    kept CONSTANT text := 'workspace IN (
            SELECT workspace FROM docket.mine WHERE client = ''*'' AND may <> ''read'')
        OR (workspace, client) IN (SELECT workspace, client FROM docket.mine WHERE may <> ''read'')';
BEGIN
    FOREACH named IN ARRAY ARRAY['journal', 'line', 'seen', 'exhibit', 'piece', 'closed'] LOOP
        EXECUTE format('CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON docket.%I
            FOR EACH STATEMENT EXECUTE FUNCTION docket.refuse()', named);
        EXECUTE format('ALTER TABLE docket.%I ENABLE ROW LEVEL SECURITY', named);
        EXECUTE format('ALTER TABLE docket.%I FORCE ROW LEVEL SECURITY', named);
        EXECUTE format('CREATE POLICY reads ON docket.%I FOR SELECT USING (%s)', named, seen);
        EXECUTE format('CREATE POLICY adds ON docket.%I FOR INSERT WITH CHECK (%s)',
            named, CASE named WHEN 'seen' THEN seen ELSE kept END);
        EXECUTE format('CREATE POLICY erases ON docket.%I FOR DELETE USING
            (current_setting(''docket.erasing'', true) = ''yes'')', named);
    END LOOP;
    EXECUTE format('CREATE POLICY takes_turns ON docket.journal FOR UPDATE USING (%s)', kept);
END $$;

CREATE POLICY only_open ON docket.line AS RESTRICTIVE FOR INSERT WITH CHECK (
    NOT EXISTS (SELECT 1 FROM docket.closed c
                WHERE c.workspace = line.workspace AND c.client = line.client)
);
CREATE POLICY only_moves ON docket.closed AS RESTRICTIVE FOR INSERT WITH CHECK (
    how = 'moved' OR current_setting('docket.erasing', true) = 'yes'
);

-- Everything of one client goes, as the law may ask; that it went stays. For owners of all of a
-- workspace. It runs as whoever made the schema: only they can delete, and only here.
CREATE FUNCTION docket.erase(of_workspace text, of_client text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM docket.mine WHERE workspace = of_workspace
                   AND client = '*' AND may = 'own') THEN
        RAISE EXCEPTION 'only an owner of % erases a client', of_workspace
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('docket.erasing', 'yes', true);
    DELETE FROM docket.seen WHERE workspace = of_workspace AND client = of_client;
    DELETE FROM docket.line WHERE workspace = of_workspace AND client = of_client;
    DELETE FROM docket.journal WHERE workspace = of_workspace AND client = of_client;
    DELETE FROM docket.piece WHERE workspace = of_workspace AND client = of_client;
    DELETE FROM docket.exhibit WHERE workspace = of_workspace AND client = of_client;
    INSERT INTO docket.closed (workspace, client, how) VALUES (of_workspace, of_client, 'erased')
        ON CONFLICT DO NOTHING;
    PERFORM set_config('docket.erasing', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION docket.erase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.erase TO docket_owner;
