package dev.allclear.agent.ledger;

import dev.allclear.agent.json.TimeJson;
import dev.allclear.agent.outage.Cell;
import dev.allclear.probes.Bounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last pulse. Unlike events it is overwritten: only the last one tells how long nobody looked.
record PulseTable(Database database) {

  void replace(Pulse pulse) throws SQLException {
    database.script("DELETE FROM pulse; DELETE FROM evidence");
    database.update("INSERT INTO pulse (at) VALUES (?)", TimeJson.write(pulse.at()));
    for (LastProofs proofs : pulse.proofs()) {
      insert(proofs);
    }
  }

  Optional<Pulse> last() throws SQLException {
    List<LastProofs> proofs =
        database.rows(
            "SELECT service, region, probe, last_pass, last_fail FROM evidence ORDER BY rowid",
            PulseTable::proofs);
    return database
        .rows(
            "SELECT at FROM pulse", row -> new Pulse(TimeJson.moment(row.getString("at")), proofs))
        .stream()
        .findFirst();
  }

  private void insert(LastProofs proofs) throws SQLException {
    database.update(
        "INSERT INTO evidence (service, region, probe, last_pass, last_fail)"
            + " VALUES (?, ?, ?, ?, ?)",
        proofs.cell().service(),
        proofs.cell().region(),
        proofs.probe(),
        json(proofs.lastPass()),
        json(proofs.lastFail()));
  }

  private static LastProofs proofs(ResultSet row) throws SQLException {
    return new LastProofs(
        new Cell(row.getString("service"), row.getString("region")),
        row.getString("probe"),
        bounds(row.getString("last_pass")),
        bounds(row.getString("last_fail")));
  }

  private static @Nullable String json(@Nullable Bounds bounds) {
    return bounds == null ? null : TimeJson.write(bounds);
  }

  private static @Nullable Bounds bounds(@Nullable String json) {
    return json == null ? null : TimeJson.bounds(json);
  }
}
