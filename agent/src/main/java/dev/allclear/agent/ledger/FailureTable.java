package dev.allclear.agent.ledger;

import dev.allclear.agent.json.FailureJson;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The failures kept with each incident, and how many runs failed in it. The count alone is
/// overwritten.
record FailureTable(Database database) {

  void insert(String incident, List<Failure> failures) throws SQLException {
    for (Failure failure : failures) {
      database.update(
          "INSERT INTO failure (incident, body) VALUES (?, ?)",
          incident,
          FailureJson.write(failure));
    }
  }

  void count(String incident, long runs) throws SQLException {
    database.update(
        "INSERT INTO failed_runs (incident, runs) VALUES (?, ?)"
            + " ON CONFLICT (incident) DO UPDATE SET runs = excluded.runs",
        incident,
        runs);
  }

  /// Nothing if a former version wrote the ledger.
  Failed of(String incident) throws SQLException {
    return Schema.keepsFailures(database)
        ? new Failed(runs(incident), kept(incident))
        : Failed.NOTHING;
  }

  private List<Failure> kept(String incident) throws SQLException {
    return database.rows(
        "SELECT seq, body FROM failure WHERE incident = ? ORDER BY seq",
        incident,
        FailureTable::failure);
  }

  private long runs(String incident) throws SQLException {
    return database
        .rows(
            "SELECT runs FROM failed_runs WHERE incident = ?", incident, row -> row.getLong("runs"))
        .stream()
        .findFirst()
        .orElse(0L);
  }

  private static Failure failure(ResultSet row) throws SQLException {
    try {
      return FailureJson.read(row.getString("body"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "failure " + row.getLong("seq") + ": " + e.getMessage(), e);
    }
  }
}
