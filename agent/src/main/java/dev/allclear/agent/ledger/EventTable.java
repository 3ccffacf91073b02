package dev.allclear.agent.ledger;

import dev.allclear.agent.json.EventJson;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The changes, in the order in which they were appended.
record EventTable(Database database) {

  void insert(List<Change> changes) throws SQLException {
    for (Change change : changes) {
      insert(change);
    }
  }

  List<Change> all() throws SQLException {
    return database.rows(
        "SELECT seq, service, region, type, body FROM event ORDER BY seq", EventTable::change);
  }

  List<Change> claimed(String key) throws SQLException {
    return database.rows(
        "SELECT seq, service, region, type, body FROM event"
            + " WHERE type = 'claimed' AND json_extract(body, '$.key') = ? ORDER BY seq",
        key,
        EventTable::change);
  }

  private void insert(Change change) throws SQLException {
    Event event = change.event();
    database.update(
        "INSERT INTO event (session, at, service, region, type, body) VALUES (?, ?, ?, ?, ?, ?)",
        event.at().session(),
        event.at().wall().toString(),
        change.cell().service(),
        change.cell().region(),
        EventJson.type(event),
        EventJson.write(event));
  }

  private static Change change(ResultSet row) throws SQLException {
    Cell cell = new Cell(row.getString("service"), row.getString("region"));
    try {
      return new Change(cell, EventJson.read(row.getString("type"), row.getString("body")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("event " + row.getLong("seq") + ": " + e.getMessage(), e);
    }
  }
}
