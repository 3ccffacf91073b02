package dev.allclear.agent.report;

import dev.allclear.agent.outage.Failure;
import dev.allclear.probes.Figures;
import java.util.List;

/// An outage as a post-mortem in Markdown.
public final class MarkdownReport {
  private final Story story;
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport(Story story) {
    this.story = story;
  }

  public static String of(Story story) {
    return new MarkdownReport(story).write();
  }

  private String write() {
    line("# " + text(story.title()));
    line(text(story.summary()));
    line(
        "Seen from "
            + text(story.vantage().id())
            + " in "
            + text(story.vantage().region())
            + ". Times are UTC, as likely (earliest to latest).");
    table("Moments", story.moments());
    table("Lengths", story.lengths());
    table("Objectives", story.levels());
    optional("The service in all regions", story.service());
    optional("Who answered", story.shifts());
    phases();
    timeline();
    contrasts();
    list("What makes the bounds wide", Widths.of(story.incident()), "They are narrow.");
    failures();
    list("To look at", story.actions(), "Nothing was found.");
    return out.toString();
  }

  private void phases() {
    heading("Where the time went");
    line(text(story.costliest()) + ".");
    row("phase", "from", "to", "taken");
    row("---", "---", "---", "---");
    for (Phase phase : story.phases()) {
      row(
          phase.name(),
          Figures.bounds(phase.from()),
          Figures.bounds(phase.to()),
          Figures.span(phase.taken()));
    }
    out.append('\n');
  }

  private void timeline() {
    heading("Timeline");
    row("time", "what", "");
    row("---", "---", "---");
    story
        .incident()
        .timeline()
        .forEach(entry -> row(Figures.bounds(entry.at()), entry.type(), entry.text()));
    out.append('\n');
  }

  private void contrasts() {
    List<Contrast> contrasts = Contrast.of(story.incident(), story.measures().shifts());
    if (contrasts.isEmpty()) {
      return;
    }
    heading("Claimed and observed");
    row("claimed", "observed", "apart");
    row("---", "---", "---");
    contrasts.forEach(each -> row(each.claimed(), each.observed(), each.apart()));
    out.append('\n');
  }

  private void failures() {
    if (story.failed().kept().isEmpty()) {
      return;
    }
    heading("Evidence");
    line(story.failed().runs() + " runs failed; the first of each kind:");
    for (Failure failure : story.failed().kept()) {
      out.append("- ")
          .append(Figures.clock(failure.at()))
          .append(" **")
          .append(text(failure.where()));
      out.append("**: ").append(text(failure.detail())).append('\n');
    }
    out.append('\n');
  }

  /// Left out where there is nothing to tell.
  private void optional(String heading, List<Story.Row> rows) {
    if (!rows.isEmpty()) {
      table(heading, rows);
    }
  }

  private void table(String heading, List<Story.Row> rows) {
    heading(heading);
    row("", "");
    row("---", "---");
    rows.forEach(each -> row(each.name(), each.value()));
    out.append('\n');
  }

  private void list(String heading, List<String> items, String otherwise) {
    heading(heading);
    if (items.isEmpty()) {
      line(otherwise);
      return;
    }
    items.forEach(item -> out.append("- ").append(text(item)).append('\n'));
    out.append('\n');
  }

  private void heading(String text) {
    line("## " + text);
  }

  private void row(String... cells) {
    out.append('|');
    for (String cell : cells) {
      out.append(' ').append(cell.equals("---") ? cell : text(cell)).append(" |");
    }
    out.append('\n');
  }

  private void line(String text) {
    out.append(text).append("\n\n");
  }

  /// What comes from outside makes no markup, no link and no second line.
  private static String text(String raw) {
    StringBuilder safe = new StringBuilder();
    raw.chars()
        .forEach(character -> {
          if ("\\`*_{}[]<>|#!&".indexOf(character) >= 0) {
            safe.append('\\');
          }
          safe.append(Character.isISOControl(character) ? ' ' : (char) character);
        });
    return safe.toString();
  }
}
