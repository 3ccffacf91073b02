package dev.allclear.agent.ledger;

import java.sql.SQLException;

/// The tables of a ledger. `pulse` holds one row at most; the times in `session`, `event.at` and
/// `suspicion.at` are there for people.
final class Schema {
  private static final int VERSION = 4;

  private static final String TABLES =
      """
      CREATE TABLE session (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        started TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
      ) STRICT;
      CREATE TABLE event (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        session INTEGER NOT NULL,
        at TEXT NOT NULL,
        service TEXT NOT NULL,
        region TEXT NOT NULL,
        type TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER event_update BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
      CREATE TRIGGER event_delete BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
      CREATE TABLE pulse (at TEXT NOT NULL) STRICT;
      CREATE TABLE evidence (
        service TEXT NOT NULL,
        region TEXT NOT NULL,
        probe TEXT NOT NULL,
        last_pass TEXT,
        last_fail TEXT
      ) STRICT;
      """;

  /// Since version 2. Of `failed_runs` the last count is what matters.
  private static final String FAILURES =
      """
      CREATE TABLE failure (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        incident TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX failure_incident ON failure (incident);
      CREATE TRIGGER failure_update BEFORE UPDATE ON failure
        BEGIN SELECT RAISE(ABORT, 'failures are never changed'); END;
      CREATE TRIGGER failure_delete BEFORE DELETE ON failure
        BEGIN SELECT RAISE(ABORT, 'failures are never deleted'); END;
      CREATE TABLE failed_runs (incident TEXT PRIMARY KEY, runs INTEGER NOT NULL) STRICT;
      """;

  /// Whoever claims something again has to be found soon. Other versions need not know of it.
  private static final String CLAIMS =
      "CREATE INDEX IF NOT EXISTS event_claim ON event (json_extract(body, '$.key'))"
          + " WHERE type = 'claimed'";

  /// Since version 3.
  private static final String BOOT =
      "ALTER TABLE session ADD COLUMN boot TEXT NOT NULL DEFAULT '';";

  /// Since version 4. `seq` is the order in which they were raised.
  private static final String SUSPICIONS =
      """
      CREATE TABLE suspicion (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        service TEXT NOT NULL,
        region TEXT NOT NULL,
        session INTEGER NOT NULL,
        nanos INTEGER NOT NULL,
        at TEXT NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (service, region, session, nanos)
      ) STRICT;
      CREATE INDEX suspicion_cell ON suspicion (service, region, seq);
      """;

  private Schema() {}

  /// Makes the tables where there are none yet, and adds those that a former version did not have.
  static void create(Database database) throws SQLException, LedgerException {
    long version = version(database);
    if (version < VERSION) {
      String tables =
          (version < 1 ? TABLES : "")
              + (version < 2 ? FAILURES : "")
              + (version < 3 ? BOOT : "")
              + SUSPICIONS;
      database.transaction(() -> database.script(tables + "PRAGMA user_version = " + VERSION));
    }
    database.script(CLAIMS);
  }

  /// True if the tables were not made yet.
  static boolean isMissing(Database database) throws SQLException, LedgerException {
    return version(database) == 0;
  }

  /// Read only, a ledger stays as a former version left it.
  static boolean keepsFailures(Database database) throws SQLException {
    return database.number("PRAGMA user_version") >= 2;
  }

  static boolean knowsBoots(Database database) throws SQLException {
    return database.number("PRAGMA user_version") >= 3;
  }

  static boolean keepsSuspicions(Database database) throws SQLException {
    return database.number("PRAGMA user_version") >= 4;
  }

  private static long version(Database database) throws SQLException, LedgerException {
    long version = database.number("PRAGMA user_version");
    if (version > VERSION) {
      throw new LedgerException(
          "%s was written by a newer version (schema %d, this one knows %d): upgrade allclear"
              .formatted(database.name(), version, VERSION));
    }
    return version;
  }
}
