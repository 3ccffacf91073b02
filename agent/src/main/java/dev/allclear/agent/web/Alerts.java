package dev.allclear.agent.web;

import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.json.OneLine;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Heard;
import dev.allclear.agent.outage.Told;
import dev.allclear.probes.Moment;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands in the alerts of one request. Those that are about nothing watched here are left out: who
/// sends them could do nothing about it.
final class Alerts {
  private static final System.Logger LOG = System.getLogger(Alerts.class.getName());

  private final String sender;
  private final Sources sources;
  private final Moment now;
  private final List<Told> told = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  Alerts(String sender, Sources sources) {
    this.sender = sender;
    this.sources = sources;
    this.now = sources.clock().now();
  }

  void add(Alert alert) {
    List<Cell> cells = cells(alert);
    String strange = ClaimTime.strange(now, alert.at());
    if (strange != null) {
      ignore(alert.at() + " is " + strange);
    } else if (!cells.isEmpty()) {
      Claim claim =
          new Claim(
              alert.key(),
              alert.actor(),
              ClaimTime.of(now, alert.at(), ClaimTime.ERROR),
              alert.said());
      told.add(new Told(cells, "", claim));
    }
  }

  void ignore(String why) {
    ignored.add(OneLine.of(why, 200));
  }

  private List<Cell> cells(Alert alert) {
    List<Cell> cells =
        sources.healths().get().stream()
            .map(Health::cell)
            .filter(cell -> cell.service().equals(alert.service()))
            .toList();
    if (cells.isEmpty()) {
      ignore("no service `" + alert.service() + "`");
      return cells;
    }
    boolean whole = alert.region().isEmpty() || cells.getFirst().region().equals(Cell.GLOBAL);
    List<Cell> chosen =
        cells.stream().filter(cell -> whole || cell.region().equals(alert.region())).toList();
    if (chosen.isEmpty()) {
      ignore("no region `" + alert.region() + "` of " + alert.service());
    }
    return chosen;
  }

  Answer answer() {
    List<Heard> heard = told.isEmpty() ? List.of() : sources.intake().hear().apply(told);
    long written = heard.stream().filter(Heard.Written.class::isInstance).count();
    long known = heard.stream().filter(Heard.Known.class::isInstance).count();
    if (written + known < told.size()) {
      return Answer.refused(409, "one key for two alerts", "a key for each");
    }
    String first = ignored.isEmpty() ? null : ignored.getFirst();
    log(first);
    JsonObject json =
        new JsonObject().put("written", written).put("known", known).put("ignored", ignored);
    return new Answer(written > 0 ? 202 : 200, Content.json(json));
  }

  private void log(@Nullable String first) {
    if (first != null) {
      LOG.log(Level.INFO, () -> sender + ": " + ignored.size() + " ignored, the first: " + first);
    }
  }
}
