package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Reply;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What nameservers say to clients of other networks, as a table of its own and as JSON.
final class DnsViews {
  private static final String ROW = "  %-24s  %-20s %5s  %-12s %7s  %s";

  private DnsViews() {}

  static List<String> lines(Console console, List<View> views) {
    Set<Question> questions = new LinkedHashSet<>();
    views.forEach(view -> questions.add(view.question()));
    List<String> lines = new ArrayList<>();
    for (Question question : questions) {
      String head =
          String.format(
              Locale.ROOT, ROW, "server", "client subnet", "scope", "rcode", "ttl", "answer");
      lines.add(
          console.in(Tone.STRONG, "views of " + question)
              + ": what clients in these networks would be told, not what their resolvers hold");
      lines.add(console.in(Tone.FAINT, head));
      views.stream()
          .filter(view -> view.question().equals(question))
          .forEach(view -> lines.add(line(view)));
    }
    View.remarks(views).forEach(remark -> lines.addAll(DnsTable.bullet(remark)));
    return lines;
  }

  private static String line(View view) {
    String server = view.step().name();
    return switch (view.step().reply()) {
      case Reply.Dns dns ->
          String.format(
              Locale.ROOT,
              ROW,
              server,
              view.subnet(),
              scope(dns),
              DnsTable.rcode(dns),
              dns.records().isEmpty() ? "-" : dns.ttl().toSeconds() + "s",
              DnsTable.answer(dns));
      case Reply.Nothing _, Reply.Http _ ->
          String.format(
              Locale.ROOT,
              ROW,
              server,
              view.subnet(),
              "-",
              "-",
              "-",
              DnsTable.why(view.step().outcome()));
    };
  }

  private static String scope(Reply.Dns dns) {
    Heard.ClientSubnet subnet = dns.heard().subnet();
    return subnet == null ? "-" : "/" + subnet.scope();
  }

  static List<JsonObject> json(List<View> views) {
    return views.stream().map(DnsViews::json).toList();
  }

  private static JsonObject json(View view) {
    return new JsonObject()
        .put("subnet", view.subnet().toString())
        .put("question", view.question().toString())
        .put("remark", view.remark().isEmpty() ? null : view.remark())
        .put("answer", ObservationJson.steps(List.of(view.step())).getFirst());
  }
}
