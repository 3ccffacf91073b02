package dev.allclear.agent.json;

import static dev.allclear.agent.json.ClaimMember.bytes;
import static dev.allclear.agent.json.ClaimMember.choice;
import static dev.allclear.agent.json.ClaimMember.flag;
import static dev.allclear.agent.json.ClaimMember.number;
import static dev.allclear.agent.json.ClaimMember.text;

import dev.allclear.agent.outage.Said;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The types of claims and what is told with each: the one list that the API, the command line and
/// their help read.
@SuppressWarnings("ImmutableEnumChecker") // the list is
public enum ClaimType {
  INCIDENT_DECLARED(
      "Somebody declared an incident.", text("summary", "What is wrong.", "eu answers 503")),
  FAULT_INJECTED(
      "A fault was injected on purpose.",
      text("fault", "What was broken.", "eu stopped").required(),
      flag("gameDay", "It belongs to a game day.")),
  ACKNOWLEDGED("Somebody has seen the page and cares for it."),
  REMEDIATION_STARTED("Somebody or something began to repair."),
  STEP_STARTED("A step of the repair began.", step(), mode(), runbook()),
  STEP_FINISHED(
      "A step of the repair ended.",
      step(),
      mode(),
      choice("outcome", "What came of it.", results()).required(),
      text("detail", "Why.", "exit code 3")),
  APPROVAL_REQUESTED("Somebody waits for a permission.", what("What for.", "failover to us")),
  APPROVAL_GRANTED("The permission was given.", what("What for.", "failover to us")),
  RESTORE_PROGRESS(
      "So much of the data is restored.",
      what("What is restored.", "orders"),
      bytes("done", "How many bytes are.").required(),
      bytes("total", "How many there are.")),
  RESTORE_COMPLETED("All of the data is restored.", what("What was restored.", "orders")),
  TRAFFIC_SHIFTED("Users are sent elsewhere.", text("to", "Where to.", "us").required()),
  DNS_CHANGED(
      "The records of a name were changed.", text("name", "The name.", "shop.example").required()),
  ROLLBACK_STARTED("A rollback began.", from(), to()),
  ROLLBACK_COMPLETED("A rollback is done.", from(), to()),
  INTEGRITY_CHECKED(
      "The data was checked.",
      flag("passed", "Whether it is right.").required(),
      text("detail", "What was found.", "3 orders are missing")),
  DETECTOR_FIRED("Another monitor alerts.", detector(), alert()),
  DETECTOR_CLEARED("Another monitor alerts no more.", detector(), alert()),
  GAUGE(
      "Something has this value.",
      text("name", "What was measured.", "replication-lag").required(),
      number("value", "Its value.").required(),
      text("unit", "In which unit.", "s")),
  NOTE("Anything else.", text("text", "What happened.", "called the provider").required());

  private final String meaning;
  private final List<ClaimMember> members;

  ClaimType(String meaning, ClaimMember... members) {
    this.meaning = meaning;
    this.members = List.of(members);
  }

  private static ClaimMember step() {
    return text("step", "Its name, the same at its start and its end.", "drain eu").required();
  }

  private static ClaimMember mode() {
    List<String> modes = Arrays.stream(Said.Mode.values()).map(Said.Mode::label).toList();
    return choice("mode", "Who takes it.", modes.reversed());
  }

  private static List<String> results() {
    return Arrays.stream(Said.Result.values()).map(Said.Result::label).toList();
  }

  private static ClaimMember runbook() {
    return text("runbook", "Where it is described.", "https://wiki.example/drain");
  }

  private static ClaimMember what(String meaning, String example) {
    return text("what", meaning, example);
  }

  private static ClaimMember from() {
    return text("from", "The version that is given up.", "1.3");
  }

  private static ClaimMember to() {
    return text("to", "The version that it goes back to.", "1.2");
  }

  private static ClaimMember detector() {
    return text("detector", "Which monitor.", "grafana").required();
  }

  private static ClaimMember alert() {
    return text("alert", "What it says.", "checkout is slow");
  }

  /// As in JSON and on the command line.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ClaimType> of(String label) {
    return Stream.of(values()).filter(type -> type.label().equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Stream.of(values()).map(ClaimType::label).toList();
  }

  public String meaning() {
    return meaning;
  }

  public List<ClaimMember> members() {
    return members;
  }

  /// What has to be told at least; a name that is followed belongs to its services.
  public JsonObject example() {
    JsonObject example = new JsonObject().put("type", label());
    if (this != DNS_CHANGED) {
      example.put("service", "checkout");
    }
    members.stream()
        .filter(ClaimMember::isRequired)
        .forEach(member -> example.put(member.name(), member.example()));
    return example;
  }

  /// What the members of a JSON object say. Null if any is wrong: then `wrong` was told what, and
  /// what to write instead.
  public @Nullable Said read(Map<?, ?> told, BiConsumer<String, String> wrong) {
    Map<String, Object> complete = new LinkedHashMap<>();
    complete.put("type", label());
    boolean right = true;
    for (ClaimMember member : members) {
      Object value = told.get(member.name());
      Object plain = value == null ? missing(member, wrong) : plain(member, value, wrong);
      right &= plain != null;
      if (plain != null) {
        complete.put(member.name(), plain);
      }
    }
    return right ? ClaimJson.said(new Fields("", complete)) : null;
  }

  private @Nullable Object missing(ClaimMember member, BiConsumer<String, String> wrong) {
    if (!member.isRequired()) {
      return member.otherwise();
    }
    wrong.accept(member.name() + " is missing", example().toString());
    return null;
  }

  private static @Nullable Object plain(
      ClaimMember member, Object value, BiConsumer<String, String> wrong) {
    String problem = member.wrong(value);
    if (problem == null) {
      return member.plain(value);
    }
    wrong.accept(problem, member.wanted());
    return null;
  }
}
