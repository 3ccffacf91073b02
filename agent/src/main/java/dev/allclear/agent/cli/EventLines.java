package dev.allclear.agent.cli;

import dev.allclear.agent.Listener;
import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Entry;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.probes.Figures;
import java.util.Locale;
import java.util.function.Consumer;

/// The live timeline: a line for each event, as it is decided.
final class EventLines implements Listener {
  private final Console console;
  private final Consumer<String> printer;
  private final boolean json;

  private EventLines(Console console, Consumer<String> printer, boolean json) {
    this.console = console;
    this.printer = printer;
    this.json = json;
  }

  static EventLines text(Console console, Consumer<String> printer) {
    return new EventLines(console, printer, false);
  }

  /// A JSON object a line.
  static EventLines json(Console console) {
    return new EventLines(console, console::say, true);
  }

  @Override
  public void happened(Change change, Health health) {
    for (Entry entry : Entry.of(change.event())) {
      printer.accept(json ? json(change, entry) : text(change, entry));
    }
  }

  private static String json(Change change, Entry entry) {
    return Json.write(
        new JsonObject()
            .put("service", change.cell().service())
            .put("region", change.cell().region())
            .putAll(IncidentJson.entry(entry)));
  }

  private String text(Change change, Entry entry) {
    String head =
        String.format(
            Locale.ROOT,
            "%s  %-12s %-13s",
            Figures.clock(entry.at().likely()),
            change.cell(),
            entry.type());
    return console.in(tone(change.event()), head)
        + " "
        + entry.text()
        + console.in(Tone.FAINT, give(entry));
  }

  private static String give(Entry entry) {
    boolean point = entry.at().earliest().equals(entry.at().latest());
    return point ? "" : "  [" + Figures.bounds(entry.at()) + "]";
  }

  private static Tone tone(Event event) {
    return switch (event) {
      case Event.Suspected _, Event.Blipped _, Event.Flapping _ -> Tone.DOUBTFUL;
      case Event.LostSight _, Event.Blind _, Event.ClockSet _ -> Tone.DOUBTFUL;
      case Event.Detected _, Event.AlsoFailing _, Event.FalseStart _, Event.Relapsed _ -> Tone.BAD;
      case Event.DepthsDiffer _, Event.DepthsAgree _, Event.Waits _ -> Tone.DOUBTFUL;
      case Event.Worsened _, Event.Overran _, Event.Overdue _ -> Tone.BAD;
      case Event.Healthy _, Event.FirstGood _, Event.Verifying _ -> Tone.GOOD;
      case Event.Verified _, Event.Closed _, Event.Eased _ -> Tone.GOOD;
      case Event.DnsReverted _, Event.DnsUnreachable _, Event.DnsLagging _ -> Tone.BAD;
      case Event.Claimed _, Event.Dns _, Event.Served _ -> Tone.STRONG;
    };
  }
}
