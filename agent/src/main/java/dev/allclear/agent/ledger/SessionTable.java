package dev.allclear.agent.ledger;

import java.sql.SQLException;

/// The sessions of the machine's monotonic clock, whose readings compare within one of them only.
record SessionTable(Database database) {

  /// Goes on with the last one if that was in the same `boot`, else begins another.
  long resume(String boot) throws SQLException {
    return goesOn(boot) ? last() : begin(boot);
  }

  long begin(String boot) throws SQLException {
    database.update("INSERT INTO session (boot) VALUES (?)", boot);
    return last();
  }

  /// Where nothing can be written: another would be the next.
  long reading(String boot) throws SQLException {
    return Schema.knowsBoots(database) && goesOn(boot) ? last() : last() + 1;
  }

  private boolean goesOn(String boot) throws SQLException {
    return !boot.isEmpty()
        && database
            .rows("SELECT boot FROM session ORDER BY number DESC LIMIT 1", row -> row.getString(1))
            .contains(boot);
  }

  private long last() throws SQLException {
    return database.number("SELECT coalesce(max(number), 0) FROM session");
  }
}
