package dev.allclear.agent.ledger;

import java.sql.SQLException;

/// The tables of a ledger. `pulse` holds one row at most; the times in `session` and `event.at` are
/// there for people.
final class Schema {
  private static final int VERSION = 1;

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

  private Schema() {}

  /// Makes the tables where there are none yet.
  static void create(Database database) throws SQLException, LedgerException {
    if (isMissing(database)) {
      database.transaction(() -> database.script(TABLES + "PRAGMA user_version = " + VERSION));
    }
  }

  /// True if the tables were not made yet.
  static boolean isMissing(Database database) throws SQLException, LedgerException {
    long version = database.number("PRAGMA user_version");
    if (version > VERSION) {
      throw new LedgerException(
          "%s was written by a newer version (schema %d, this one knows %d): upgrade allclear"
              .formatted(database.name(), version, VERSION));
    }
    return version == 0;
  }
}
