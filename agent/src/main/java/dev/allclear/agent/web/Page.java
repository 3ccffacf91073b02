package dev.allclear.agent.web;

import dev.allclear.agent.outage.Entry;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Track;
import dev.allclear.agent.recovery.ServiceOutage;
import dev.allclear.agent.report.Html;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// What people look at during an outage: states, open outages against their objective, and what the
/// last ones came to.
final class Page {
  private static final int CLOSED = 20;
  private static final int ENTRIES = 6;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Sources sources;
  private final Frame frame;

  Page(Sources sources, Frame frame) {
    this.sources = sources;
    this.frame = frame;
  }

  Answer answer() {
    Moment now = sources.clock().now();
    List<Health> healths =
        sources.healths().get().stream().sorted(Comparator.comparing(Health::cell)).toList();
    List<Incident> incidents = sources.newestFirst();
    Html main = new Html();
    head(main, now);
    blind(main, healths);
    incidents.stream().filter(Incident::isOpen).forEach(open -> open(main, open, now));
    states(main, healths);
    services(main, healths, incidents, now);
    closed(main, incidents.stream().filter(each -> !each.isOpen()).limit(CLOSED).toList(), now);
    return Answer.ok(Content.html(frame.around(title(incidents), main)));
  }

  private static String title(List<Incident> incidents) {
    long open = incidents.stream().filter(Incident::isOpen).count();
    return open == 0 ? "Allclear" : open + " open · Allclear";
  }

  private void head(Html html, Moment now) {
    html.element("h1", "Allclear")
        .element(
            "p",
            "muted",
            "%s in %s · version %s · %s UTC"
                .formatted(
                    sources.vantage().id(),
                    sources.vantage().region(),
                    sources.version(),
                    around(Bounds.at(now))));
  }

  private static void blind(Html html, List<Health> healths) {
    healths.stream()
        .map(health -> health.vision().blindSince())
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .ifPresent(since ->
            html.open("p")
                .element("strong", "The agent cannot see")
                .text(
                    " since %s UTC: no witness of its own network answers. What fails meanwhile"
                            .formatted(around(Bounds.at(since)))
                        + " counts for nothing, and states stay as they were.")
                .close("p"));
  }

  private static void states(Html html, List<Health> healths) {
    html.element("h2", "Services").open("table");
    header(html, "service", "region", "state", "probes");
    for (Health health : healths) {
      String state = health.label();
      html.open("tr")
          .element("td", health.cell().service())
          .element("td", health.cell().region())
          .element("td", state, state)
          .open("td");
      health.required().stream()
          .sorted(Comparator.comparing(Track::probe))
          .forEach(track -> probe(html, track));
      html.close("td").close("tr");
    }
    html.close("table");
  }

  /// Of those in several regions the last outage of all.
  private void services(Html html, List<Health> healths, List<Incident> incidents, Moment now) {
    healths.stream()
        .map(health -> health.cell().service())
        .distinct()
        .map(name -> ServiceOutage.of(name, sources.expected().apply(name), incidents))
        .filter(outages -> !outages.isEmpty())
        .forEach(outages -> service(html, outages.getLast(), now));
  }

  private static void service(Html html, ServiceOutage outage, Moment now) {
    String verdict = outage.verdict(now).label();
    String regions =
        "%s of %d regions".formatted(outage.downWhen().label(), outage.regions().size());
    html.open("p")
        .element("strong", outage.service())
        .text(
            outage.verified() == null
                ? " is down in " + regions + ", not verified for "
                : " was last down in " + regions + ", verified after ")
        .text(length(outage.onset(), Optional.of(outage.recoveryTime(now))))
        .text(" of " + Figures.length(outage.rto().target()) + ": ")
        .element("span", verdict, verdict)
        .close("p");
  }

  private static void probe(Html html, Track track) {
    switch (Sight.of(track)) {
      case PASS -> html.element("span", "pass", "✓ " + track.probe());
      case FAIL -> html.element("span", "fail", "✗ " + track.probe());
      case NOTHING -> html.element("span", "nothing", "? " + track.probe());
    }
    html.text(" ");
  }

  private static void open(Html html, Incident incident, Moment now) {
    String verdict = incident.verdict(now).label();
    html.open("article").open("p").element("strong", incident.cell().toString()).text(" ");
    html.text(incident.verified().isPresent() ? "verified after " : "not verified for ")
        .element("strong", recoveryTime(incident, now))
        .text(" of " + Figures.length(incident.rto().target()) + ", ")
        .element("span", verdict, verdict)
        .close("p");
    html.markup(
        "<progress max=\"%d\" value=\"%d\"></progress>"
            .formatted(
                incident.rto().target().toMillis(), incident.recoveryTime(now).min().toMillis()));
    html.open("p", "muted").text("onset " + around(incident.onset()) + " · ");
    details(html, incident).close("p").open("ul");
    incident.timeline().reversed().stream().limit(ENTRIES).forEach(entry -> entry(html, entry));
    html.close("ul").close("article");
  }

  private static void entry(Html html, Entry entry) {
    html.element("li", around(entry.at()) + " " + entry.text());
  }

  private static void closed(Html html, List<Incident> incidents, Moment now) {
    html.element("h2", "Last outages");
    if (incidents.isEmpty()) {
      html.element("p", "muted", "none");
      return;
    }
    html.open("table");
    header(html, "service", "onset", "downtime", "recovery", "objective", "");
    for (Incident incident : incidents) {
      String verdict = incident.verdict(now).label();
      String objective =
          Figures.length(incident.rto().target()) + " from " + incident.rto().from().label() + ": ";
      html.open("tr")
          .element("td", incident.cell().toString())
          .element("td", around(incident.onset()))
          .element("td", length(incident.onset(), incident.downtime()))
          .element("td", length(Bounds.at(incident.detected()), incident.recovery()))
          .open("td")
          .text(objective)
          .element("span", verdict, verdict)
          .close("td")
          .open("td");
      details(html, incident).close("td").close("tr");
    }
    html.close("table");
  }

  private static void header(Html html, String... titles) {
    html.open("tr");
    for (String title : titles) {
      html.element("th", title);
    }
    html.close("tr");
  }

  private static Html details(Html html, Incident incident) {
    return html.link(IncidentPage.path(incident), incident.id());
  }

  private static String recoveryTime(Incident incident, Moment now) {
    Bounds start =
        switch (incident.rto().from()) {
          case ONSET, DECLARED -> incident.onset();
          case DETECTED -> Bounds.at(incident.detected());
        };
    return length(start, Optional.of(incident.recoveryTime(now)));
  }

  private static String length(Bounds start, Optional<Span> span) {
    return span.map(known ->
            isBounded(start) ? Figures.span(known) : "at least " + Figures.length(known.min()))
        .orElse("");
  }

  private static String around(Bounds moment) {
    return DAY.format(moment.likely().wall()) + " " + Figures.bounds(moment);
  }

  /// Whether anything was seen before it.
  private static boolean isBounded(Bounds moment) {
    return !moment.earliest().equals(Moment.UNBOUNDED);
  }
}
