package dev.allclear.agent.web;

import dev.allclear.agent.outage.Contradictions;
import dev.allclear.agent.outage.Entry;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.report.Chart;
import dev.allclear.agent.report.Html;
import dev.allclear.agent.report.Story;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Evidence.Message;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One outage: its timeline, and what was sent and came back in its failures.
final class IncidentPage {
  private final Sources sources;
  private final Frame frame;

  IncidentPage(Sources sources, Frame frame) {
    this.sources = sources;
    this.frame = frame;
  }

  static String path(Incident incident) {
    return "/incidents/" + encoded(incident);
  }

  Answer answer(String id) {
    return sources
        .incident(id)
        .map(
            found -> Answer.ok(Content.html(frame.around(found.id() + " · Allclear", main(found)))))
        .orElseGet(() ->
            Answer.refused(404, "no incident `" + id + "`", "an id that /api/v1/incidents lists"));
  }

  private Html main(Incident incident) {
    Moment now = sources.clock().now();
    String verdict = incident.verdict(now).label();
    Html html = new Html();
    html.element("h1", incident.cell() + ": " + incident.kind().label() + " " + incident.id())
        .open("p", "muted")
        .text((incident.isOpen() ? "open" : "closed") + " · taken ")
        .text(Figures.span(incident.recoveryTime(now)))
        .text(" of " + Figures.length(incident.rto().target()) + ": ")
        .element("span", verdict, verdict)
        .text(" · ")
        .link("/", "all")
        .text(" · ")
        .link("/api/v1/incidents/" + encoded(incident), "JSON")
        .close("p");
    Story story = sources.story(incident, now);
    html.markup(Chart.of(story).toString()).element("p", story.costliest() + ".");
    html.element("h2", "Timeline").open("ul");
    incident.timeline().forEach(entry -> entry(html, entry));
    html.close("ul");
    list(html, "To look at", story.actions());
    list(html, "What cannot all be right", Contradictions.of(incident.claims()));
    failures(html, story.failed());
    return html;
  }

  private static void entry(Html html, Entry entry) {
    html.element("li", Figures.bounds(entry.at()) + " " + entry.text());
  }

  private static void list(Html html, String heading, List<String> sentences) {
    if (!sentences.isEmpty()) {
      html.element("h2", heading).open("ul");
      sentences.forEach(sentence -> html.element("li", sentence));
      html.close("ul");
    }
  }

  private static void failures(Html html, Failed failed) {
    if (failed.kept().isEmpty()) {
      return;
    }
    html.element("h2", "Failures")
        .element("p", "muted", failed.runs() + " runs failed; the first of each kind:");
    failed.kept().forEach(failure -> failure(html, failure));
  }

  private static void failure(Html html, Failure failure) {
    html.open("article")
        .open("p")
        .text(Figures.clock(failure.at()) + " ")
        .element("strong", failure.where())
        .text(": " + failure.detail() + " (" + failure.cause().label() + ")")
        .close("p");
    Evidence evidence = failure.evidence();
    if (evidence != null) {
      evidence.checks().forEach(check -> check(html, check));
      message(html, evidence.request());
      message(html, evidence.answer());
    }
    html.close("article");
  }

  private static void check(Html html, Evidence.Check check) {
    html.element(
        "p",
        check.holds() ? "pass" : "fail",
        (check.holds() ? "✓ " : "✗ ")
            + check.expected()
            + (check.holds() ? "" : ": " + check.actual()));
  }

  private static void message(Html html, @Nullable Message message) {
    if (message == null) {
      html.element("p", "muted", "nothing came back");
      return;
    }
    StringBuilder text = new StringBuilder(message.line()).append('\n');
    message
        .fields()
        .forEach(
            field -> text.append(field.name()).append(": ").append(field.value()).append('\n'));
    if (message.more() > 0) {
      text.append("(and ").append(message.more()).append(" more headers)\n");
    }
    text.append('\n').append(message.body().text());
    html.element("pre", text + (message.body().cut() ? "\n(and more)" : ""));
  }

  private static String encoded(Incident incident) {
    return URLEncoder.encode(incident.id(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
