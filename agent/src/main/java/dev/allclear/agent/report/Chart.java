package dev.allclear.agent.report;

import dev.allclear.agent.outage.Entry;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.recovery.Step;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The timeline of an outage as SVG, to scale: what is certain in full colour, bounds shaded, and
/// the likely moment as a line.
public final class Chart {
  /// Of the page it stands in.
  public static final String STYLE =
      """
      svg { margin: 1rem 0; } svg text { font-size: 12px; fill: currentColor; }
      svg text.in { fill: #fff; } svg text.tick { opacity: .7; }
      rect.detection { fill: #d97706; } rect.reaction { fill: #b91c1c; } rect.repair { fill: #dc2626; }
      rect.verification { fill: #2563eb; }
      rect.moment, rect.entry, rect.claim { fill: #64748b; opacity: .35; }
      line.moment, line.entry, line.claim { stroke: currentColor; stroke-width: 2; }
      line.claim { stroke: #7c3aed; } line.grid { stroke: #8883; }
      rect.step.auto { fill: #0d9488; } rect.step.manual { fill: #64748b; } rect.step.failed { fill: #dc2626; }
      """;

  private static final int WIDTH = 960;
  private static final int LEFT = 130;
  private static final int RIGHT = 20;
  private static final int ROW = 30;
  private static final int BAR = 16;

  private final Story story;
  private final Scale scale;
  private final Html html = new Html();
  private int y = 10;

  private Chart(Story story) {
    this.story = story;
    this.scale = Scale.of(story.incident(), story.now());
  }

  public static Html of(Story story) {
    return new Chart(story).draw();
  }

  private Html draw() {
    Chart body = new Chart(story);
    body.rows();
    int height = body.y + 30;
    open(
        "svg",
        "viewBox",
        "0 0 %d %d".formatted(WIDTH, height),
        "width",
        "100%",
        "role",
        "img",
        "aria-label",
        "timeline");
    html.markup(body.html.toString());
    axis(body.y);
    return html.close("svg");
  }

  private void rows() {
    Incident incident = story.incident();
    label("phases");
    story.phases().forEach(this::phase);
    next();
    moment("onset", incident.onset());
    moment("detected", Bounds.at(incident.detected()));
    moment("first good", incident.firstGood().orElse(null));
    moment("restored", incident.restored().orElse(null));
    moment("verified", incident.verified().map(Bounds::at).orElse(null));
    entries("relapses", List.of("relapse", "false-start"));
    entries("blind", List.of("blind"));
    entries("DNS", List.of("dns-changed", "dns-published", "dns-flipped", "dns-converged"));
    entries("who answers", List.of("served"));
    entries("waits", List.of("waits"));
    steps();
    claims();
  }

  private void phase(Phase phase) {
    double from = x(phase.from().likely());
    double to = x(phase.to().likely());
    bar(from, to, "phase " + phase.name(), phase.name() + ": " + Figures.span(phase.taken()));
    if (to - from > 7 * phase.name().length()) {
      text(from + 4, y + 12, "in", phase.name());
    }
  }

  private void moment(String name, @Nullable Bounds bounds) {
    if (bounds == null) {
      return;
    }
    label(name);
    mark(bounds, "moment", name + ": " + Figures.bounds(bounds));
    next();
  }

  private void entries(String name, List<String> types) {
    List<Entry> found =
        story.incident().timeline().stream().filter(entry -> types.contains(entry.type())).toList();
    if (found.isEmpty()) {
      return;
    }
    label(name);
    found.forEach(
        entry -> mark(entry.at(), "entry", Figures.bounds(entry.at()) + " " + entry.text()));
    next();
  }

  private void steps() {
    for (Step step : story.measures().steps()) {
      Bounds from = step.started() == null ? step.finished() : step.started();
      Bounds to = step.finished() == null ? from : step.finished();
      if (from != null && to != null) {
        label(step.name());
        String kind = step.isFailed() ? "failed" : step.mode().label();
        bar(x(from.likely()), x(to.likely()), "step " + kind, step.name() + ", " + kind);
        next();
      }
    }
  }

  private void claims() {
    List<Event.Claimed> claims = story.incident().claims();
    if (claims.isEmpty()) {
      return;
    }
    label("claims");
    claims.forEach(each ->
        mark(
            each.claim().when(),
            "claim",
            Figures.bounds(each.claim().when()) + " " + each.claim().said().text()));
    next();
  }

  /// From the earliest to the latest, and a line at the likely moment.
  private void mark(Bounds bounds, String kind, String title) {
    double from = x(bounds.earliest());
    double to = x(bounds.latest());
    bar(from, to, kind, title);
    double likely = x(bounds.likely());
    open(
        "line",
        "class",
        kind,
        "x1",
        number(likely),
        "x2",
        number(likely),
        "y1",
        number(y - 2),
        "y2",
        number(y + BAR + 2));
    html.element("title", title).close("line");
  }

  private void bar(double from, double to, String kind, String title) {
    open(
        "rect",
        "class",
        kind,
        "x",
        number(from),
        "y",
        number(y),
        "width",
        number(Math.max(1, to - from)),
        "height",
        number(BAR));
    html.element("title", title).close("rect");
  }

  private void axis(int bottom) {
    for (Moment tick : scale.ticks()) {
      double x = x(tick);
      open(
          "line",
          "class",
          "grid",
          "x1",
          number(x),
          "x2",
          number(x),
          "y1",
          "0",
          "y2",
          number(bottom));
      html.close("line");
      y = bottom;
      text(x - 24, bottom + 16, "tick", Figures.clock(tick));
    }
  }

  private void label(String name) {
    String shown = name.length() > 17 ? name.substring(0, 16) + "…" : name;
    text(4, y + 12, "label", shown);
  }

  private void text(double x, double baseline, String kind, String text) {
    open("text", "class", kind, "x", number(x), "y", number(baseline));
    html.text(text).close("text");
  }

  private void next() {
    y += ROW;
  }

  private double x(Moment moment) {
    return LEFT + scale.at(moment) * (WIDTH - LEFT - RIGHT);
  }

  private void open(String tag, String... attributes) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      map.put(attributes[i], attributes[i + 1]);
    }
    html.attributes(tag, map);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
