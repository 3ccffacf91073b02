package dev.allclear.agent.config;

import dev.allclear.agent.yaml.IpAddress;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.dns.Question;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads which records an answer has to hold, or which make it a new one, for questions about one
/// name.
record RecordReader(List<Question> questions) {
  private static final String VIA = "via:";
  private static final String LABEL = "label:";
  private static final String[] KEYS = {"records", "network", "via", "label"};
  private static final String FORMS =
      "{records: [192.0.2.10]}, {network: 192.0.2.0/24}, {via: lb.example} or {label: us}";

  /// Records, or one predicate alone.
  List<String> expect(List<Value> written) {
    List<String> texts = new ArrayList<>();
    for (Value value : written) {
      String text = value.parsed("a record, as 192.0.2.10", this::checked);
      if (text != null && written.size() > 1 && isPredicate(text)) {
        value.wrong("a network, `via:` and `label:` stand alone; write one of them, or records");
      } else if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /// Records, or a map of one predicate.
  @Nullable List<String> fresh(Value value) {
    return value.isMap() ? value.map(FORMS, map -> fresh(value, map)) : expect(value.list());
  }

  private @Nullable List<String> fresh(Value value, MapReader map) {
    List<String> found = new ArrayList<>(expect(map.list("records")));
    boolean right = add(found, map.get("network"), "a network, as 192.0.2.0/24", it -> it);
    right &= add(found, map.get("via"), "a name, as lb.example", it -> VIA + it);
    right &= add(found, map.get("label"), "a word of a name, as us", it -> LABEL + it);
    long written = Stream.of(KEYS).filter(map::has).count();
    if (written > 1 || map.isEmptyBut()) {
      value.wrong("`new` is one of " + FORMS + "; write one");
    }
    return right && written == 1 && !found.isEmpty() ? found : null;
  }

  private boolean add(
      List<String> found, @Nullable Value value, String wanted, UnaryOperator<String> written) {
    if (value == null) {
      return true;
    }
    String text =
        value.parsed(
            wanted,
            it -> {
              String predicate = checked(written.apply(it));
              if (!isPredicate(predicate)) {
                throw new IllegalArgumentException(
                    Value.quoted(it) + " is not " + wanted.replace(", as", "; write one, as"));
              }
              return predicate;
            });
    if (text != null) {
      found.add(text);
    }
    return text != null;
  }

  private boolean isPredicate(String text) {
    return text.startsWith(VIA) || text.startsWith(LABEL) || isNetwork(text);
  }

  private boolean isNetwork(String text) {
    return text.contains("/") && has("A", "AAAA");
  }

  private boolean has(String... types) {
    List<String> wanted = List.of(types);
    return questions.stream().map(Question::type).anyMatch(wanted::contains);
  }

  /// What would never be answered is wrong.
  private String checked(String text) {
    if (text.startsWith(VIA)) {
      checkName(text.substring(VIA.length()));
    } else if (text.startsWith(LABEL) || isNetwork(text)) {
      checkFits(text);
    } else if (!text.startsWith("CNAME ") && isOnlyAddresses()) {
      String type = IpAddress.parse(text) instanceof Inet4Address ? "A" : "AAAA";
      if (!has(type)) {
        throw unfit(text);
      }
    } else {
      checkFits(text);
    }
    return text;
  }

  private static void checkName(String name) {
    try {
      Question _ = new Question(name, "A");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "; write one, as lb.example", e);
    }
  }

  private void checkFits(String text) {
    if (!questions.isEmpty()
        && questions.stream().allMatch(each -> each.wanted(List.of(text)) == null)) {
      throw unfit(text);
    }
  }

  private boolean isOnlyAddresses() {
    return !questions.isEmpty()
        && questions.stream().map(Question::type).allMatch(List.of("A", "AAAA")::contains);
  }

  private IllegalArgumentException unfit(String text) {
    String types = questions.stream().map(Question::type).collect(Collectors.joining(" or "));
    return new IllegalArgumentException(
        Value.quoted(text) + " is no " + types + " record; write another type in `types`");
  }
}
