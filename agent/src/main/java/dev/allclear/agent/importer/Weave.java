package dev.allclear.agent.importer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ties the requests of a journey together: what came in an answer is captured there and sent from
/// a variable; secrets that came from nowhere are asked of the environment.
final class Weave {
  private static final int LONG = 12;

  private final Environment environment = new Environment();
  private final List<StepDraft> steps = new ArrayList<>();
  private final Map<StepDraft, Origin> origins = new HashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> passwordFields = new HashSet<>();

  Environment environment() {
    return environment;
  }

  /// What later requests may use.
  void answered(StepDraft step) {
    Origin origin = new Origin(step);
    steps.add(step);
    origins.put(step, origin);
    passwordFields.addAll(origin.passwordFields());
  }

  /// For the next request; notes go to its comments. `sent` is null if it is not of a recording.
  Texts texts(@Nullable Instant sent, List<String> comments) {
    return new Woven(sent, comments);
  }

  /// For a request that a redirect asked for.
  Texts redirected(StepDraft from) {
    Woven woven = new Woven(null, new ArrayList<>());
    return new Texts() {
      @Override
      public String of(Place place, String name, String value) {
        return StepKeys.literal(value);
      }

      @Override
      public String secret(String name, String value) {
        return woven.secret(name, value);
      }

      @Override
      public @Nullable String of(Url url) {
        Map<String, @Nullable Object> location = Map.of("redirect", "location");
        return "${" + variable("next", from, location, isChanging(url)) + "}";
      }

      @Override
      public void note(String comment) {}
    };
  }

  /// Text in which variables and secrets with long values stand for these.
  private String replaced(String text) {
    String replaced = environment.replaced(StepKeys.literal(text));
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String value = variable.getKey();
      if (value.length() >= LONG) {
        replaced = replaced.replace(value, "${" + variable.getValue() + "}");
      }
    }
    return replaced;
  }

  private String variable(
      String name, StepDraft step, Map<String, @Nullable Object> found, boolean secret) {
    for (Map.Entry<String, @Nullable Object> old : step.capture.entrySet()) {
      if (old.getValue() instanceof Map<?, ?> source && isSame(source, found)) {
        return old.getKey();
      }
    }
    String free = Names.free(Names.words(name, '-', "value"), "-", names);
    Map<String, @Nullable Object> capture = new LinkedHashMap<>(found);
    if (secret) {
      capture.put("secret", true);
    }
    step.capture.put(free, capture);
    return free;
  }

  private static boolean isSame(Map<?, ?> capture, Map<String, @Nullable Object> found) {
    Map<Object, @Nullable Object> source = new HashMap<>(capture);
    source.remove("secret");
    return source.equals(found);
  }

  /// The texts of one request.
  private final class Woven implements Texts {
    private final @Nullable Instant sent;
    private final List<String> comments;

    Woven(@Nullable Instant sent, List<String> comments) {
      this.sent = sent;
      this.comments = comments;
    }

    @Override
    public String of(Place place, String name, String value) {
      if (value.isEmpty() || isPassword(place, name) || environment.holds(value)) {
        boolean telling = Look.isPasswordName(name) || !isPassword(place, name);
        return value.isEmpty() ? "" : environment.template(telling ? name : "password", value);
      }
      String decoded = place == Place.PATH ? Url.decoded(value) : value;
      String variable = captured(place, name, decoded == null ? value : decoded);
      if (variable != null) {
        return "${" + variable + "}";
      }
      if (place != Place.PATH && Look.isSecret(name, value)) {
        return environment.template(name, value);
      }
      if (place != Place.PATH && sent != null && Look.isTime(value, sent)) {
        return value.length() == 10 ? "${now('0s', 'epoch')}" : "${now('0s', 'epoch-ms')}";
      }
      explain(name, value);
      return replaced(value);
    }

    private boolean isPassword(Place place, String name) {
      return (place == Place.BODY && passwordFields.contains(name))
          || (place != Place.PATH && Look.isPasswordName(name));
    }

    @Override
    public String secret(String name, String value) {
      String variable = captured(Place.HEADER, name, value);
      return variable == null ? environment.template(name, value) : "${" + variable + "}";
    }

    /// Null if it was in no answer.
    private @Nullable String captured(Place place, String name, String value) {
      String known = variables.get(value);
      if (known != null) {
        return known;
      }
      for (StepDraft step : steps.reversed()) {
        Origin origin = origins.get(step);
        Map<String, @Nullable Object> found = origin == null ? null : origin.of(place, name, value);
        if (found != null) {
          boolean secret = Look.isTokenName(name) || (Look.isToken(value) && !Look.isIdName(name));
          String variable = variable(name, step, found, secret);
          if (Look.isToken(value)) {
            variables.put(value, variable);
          }
          return variable;
        }
      }
      return null;
    }

    @Override
    public @Nullable String of(Url url) {
      if (!isChanging(url)) {
        return null;
      }
      for (StepDraft step : steps.reversed()) {
        Origin origin = origins.get(step);
        Origin.Link link = origin == null ? null : origin.of(url);
        if (link != null) {
          return link.before() + "${" + variable(link.name(), step, link.capture(), true) + "}";
        }
      }
      return null;
    }

    private void explain(String name, String value) {
      if (sent == null) {
        return;
      }
      if (name.startsWith("code_challenge") || name.equals("code_verifier")) {
        note("`code_challenge` and `code_verifier` are the recorded pair; they belong together.");
      } else if (Look.isUuid(value)) {
        note("`%s` was in no answer; if the browser made it up, write ${uuid()}".formatted(name));
      } else if (Look.isToken(value)) {
        note(
            "`%s` was in no answer: a constant, or the page's script made it up, as".formatted(name)
                + " ${random-string("
                + Math.min(value.length(), 64)
                + ")} would");
      }
    }

    @Override
    public void note(String comment) {
      if (!comments.contains(comment)) {
        comments.add(comment);
      }
    }
  }

  private static boolean isChanging(Url url) {
    List<Pair> parameters = url.parameters();
    return url.segments().stream().anyMatch(Look::isToken)
        || (parameters != null
            && parameters.stream().anyMatch(each -> Look.isGiven(each.name(), each.value())));
  }
}
