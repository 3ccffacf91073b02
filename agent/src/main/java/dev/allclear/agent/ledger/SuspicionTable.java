package dev.allclear.agent.ledger;

import dev.allclear.agent.json.SuspicionJson;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.probes.Moment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// What was seen of each suspicion, of each cell the newest [#MOST]. Unlike events it is replaced
/// when more was seen of it.
record SuspicionTable(Database database) {
  static final int MOST = 500;

  void replace(Suspicion suspicion) throws SQLException {
    Moment at = suspicion.at();
    String service = suspicion.cell().service();
    String region = suspicion.cell().region();
    database.update(
        "INSERT INTO suspicion (service, region, session, nanos, at, body)"
            + " VALUES (?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (service, region, session, nanos) DO UPDATE SET body = excluded.body",
        service,
        region,
        at.session(),
        at.nanos(),
        at.wall().toString(),
        SuspicionJson.write(suspicion));
    database.update(
        "DELETE FROM suspicion WHERE seq IN (SELECT seq FROM suspicion"
            + " WHERE service = ? AND region = ? ORDER BY seq DESC LIMIT -1 OFFSET "
            + MOST
            + ")",
        service,
        region);
  }

  /// None if a former version wrote the ledger.
  List<Suspicion> of(String service) throws SQLException {
    return Schema.keepsSuspicions(database)
        ? database.rows(
            "SELECT seq, service, region, body FROM suspicion WHERE service = ? ORDER BY seq",
            service,
            SuspicionTable::suspicion)
        : List.of();
  }

  private static Suspicion suspicion(ResultSet row) throws SQLException {
    Cell cell = new Cell(row.getString("service"), row.getString("region"));
    try {
      return SuspicionJson.read(cell, row.getString("body"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "suspicion " + row.getLong("seq") + ": " + e.getMessage(), e);
    }
  }
}
