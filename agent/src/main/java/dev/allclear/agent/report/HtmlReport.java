package dev.allclear.agent.report;

import dev.allclear.agent.outage.Failure;
import dev.allclear.probes.Figures;
import java.util.List;

/// An outage as one HTML page that needs nothing else: no script, no file, no network.
public final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
      .met { color: #17803d; } .missed { color: #c5221f; } .inconclusive, .open { color: #a15c00; }
      """;

  private final Story story;
  private final Html html = new Html();

  private HtmlReport(Story story) {
    this.story = story;
  }

  public static String of(Story story) {
    return new HtmlReport(story).write();
  }

  private String write() {
    html.markup("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .element("title", story.title())
        .markup("<style>" + STYLE + Chart.STYLE + "</style></head><body>");
    html.element("h1", story.title()).element("p", story.summary());
    html.element(
        "p",
        "Seen from %s in %s. Times are UTC, as likely (earliest to latest)."
            .formatted(story.vantage().id(), story.vantage().region()));
    html.markup(Chart.of(story).toString());
    table("Moments", story.moments());
    table("Lengths", story.lengths());
    table("Objectives", story.levels());
    optional("The service in all regions", story.service());
    optional("Who answered", story.shifts());
    phases();
    contrasts();
    list("To look at", story.actions(), "Nothing was found.");
    timeline();
    failures();
    list("What makes the bounds wide", Widths.of(story.incident()), "They are narrow.");
    return html.markup("</body></html>").toString();
  }

  private void phases() {
    html.element("h2", "Where the time went").element("p", story.costliest() + ".").open("table");
    header("phase", "from", "to", "taken");
    for (Phase phase : story.phases()) {
      row(
          phase.name(),
          Figures.bounds(phase.from()),
          Figures.bounds(phase.to()),
          Figures.span(phase.taken()));
    }
    html.close("table");
  }

  private void contrasts() {
    List<Contrast> contrasts = Contrast.of(story.incident(), story.measures().shifts());
    if (contrasts.isEmpty()) {
      return;
    }
    html.element("h2", "Claimed and observed").open("table");
    header("claimed", "observed", "apart");
    contrasts.forEach(each -> row(each.claimed(), each.observed(), each.apart()));
    html.close("table");
  }

  private void timeline() {
    html.element("h2", "Timeline").open("table");
    header("time", "what", "");
    story
        .incident()
        .timeline()
        .forEach(entry -> row(Figures.bounds(entry.at()), entry.type(), entry.text()));
    html.close("table");
  }

  private void failures() {
    if (story.failed().kept().isEmpty()) {
      return;
    }
    html.element("h2", "Evidence")
        .element("p", story.failed().runs() + " runs failed; the first of each kind:")
        .open("table");
    for (Failure failure : story.failed().kept()) {
      row(Figures.clock(failure.at()), failure.where(), failure.detail());
    }
    html.close("table");
  }

  /// Left out where there is nothing to tell.
  private void optional(String heading, List<Story.Row> rows) {
    if (!rows.isEmpty()) {
      table(heading, rows);
    }
  }

  private void table(String heading, List<Story.Row> rows) {
    html.element("h2", heading).open("table");
    rows.forEach(each -> row(each.name(), each.value()));
    html.close("table");
  }

  private void list(String heading, List<String> items, String otherwise) {
    html.element("h2", heading);
    if (items.isEmpty()) {
      html.element("p", otherwise);
      return;
    }
    html.open("ul");
    items.forEach(item -> html.element("li", item));
    html.close("ul");
  }

  private void header(String... titles) {
    html.open("tr");
    for (String title : titles) {
      html.element("th", title);
    }
    html.close("tr");
  }

  private void row(String... cells) {
    html.open("tr");
    for (String cell : cells) {
      html.element("td", cell);
    }
    html.close("tr");
  }
}
