package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Truth.Fact;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What people do to a world with curl, and how they look at it. Any thread.
final class Control {
  private static final Set<String> ACTS = Set.of("/break", "/mend", "/warm", "/fail-over");
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,2}");

  private final World world;

  Control(World world) {
    this.world = world;
  }

  Response answer(Request request) throws IOException {
    try {
      return page(request);
    } catch (IllegalArgumentException e) {
      return Response.text(400, e.getMessage() + "\n");
    }
  }

  private Response page(Request request) throws IOException {
    return switch (request.line()) {
      case "GET /" -> Response.text(200, index());
      case "GET /truth" -> Response.text(200, truth());
      case "POST /break" -> {
        Parameters given = parameters(request, "region", "how");
        yield done(new Act.Break(region(given, "region"), how(given)));
      }
      case "POST /mend" -> done(new Act.Mend(region(parameters(request, "region"), "region")));
      case "POST /warm" -> {
        Parameters given = parameters(request, "region", "seconds");
        yield done(new Act.Warm(region(given, "region"), length(given)));
      }
      case "POST /fail-over" -> done(new Act.FailOver(region(parameters(request, "to"), "to")));
      default -> nowhere(request);
    };
  }

  private Response done(Act act) throws IOException {
    world.perform(act);
    return Response.text(200, act.text() + "\n");
  }

  private Response nowhere(Request request) {
    return ACTS.contains(request.path())
        ? Response.text(405, "write curl -X POST '" + url(request.path()) + "?…'\n")
        : Response.text(404, "there is no %s; see curl %s\n".formatted(request.path(), url("/")));
  }

  private String index() {
    Ports ports = world.ports();
    return """
    A shop in two regions. What you can do to it:

      curl -X POST '%1$s/break?region=west&how=refuse'    or how=error, how=hang, how=checkout
      curl -X POST '%1$s/mend?region=west'
      curl -X POST '%1$s/warm?region=east&seconds=5'      its checkout fails for so long
      curl -X POST '%1$s/fail-over?to=east'               changes the record of %2$s
      curl %1$s/truth                                     what really happened, and when

    How it is now:

      %3$s
      %4$s
      %5$s
      %6$s
      %7$s
      %8$s
    """
        .formatted(
            url(""),
            World.HOST,
            where(Region.WEST),
            where(Region.EAST),
            resolver("authority", ports.authority(), world.names().published()),
            cache(Manners.OBEYS, ports.obeys()),
            cache(Manners.CLAMPS, ports.clamps()),
            cache(Manners.STALE, ports.stale()));
  }

  private String where(Region region) {
    Shop shop = world.shop(region);
    return "%-10s http://%s:%d  %s"
        .formatted(region.label(), region.host(), world.ports().shop(), shop.state());
  }

  private String cache(Manners manners, int port) {
    return resolver(manners.label(), port, world.names().shown(manners));
  }

  private static String resolver(String name, int port, Region answer) {
    return "%-10s %s:%d answers %s".formatted(name, World.LOOPBACK, port, answer.label());
  }

  private String truth() {
    return world.truth().facts().stream().map(Control::json).collect(Collectors.joining());
  }

  private static String json(Fact fact) {
    return "{\"at\":{\"earliest\":\"%s\",\"latest\":\"%s\"},\"what\":\"%s\"}\n"
        .formatted(fact.at().earliest().wall(), fact.at().latest().wall(), fact.what());
  }

  private String url(String path) {
    return "http://%s:%d%s".formatted(World.LOOPBACK, world.ports().control(), path);
  }

  /// From the query, or from a form, as `curl -d` sends it.
  private static Parameters parameters(Request request, String... allowed) {
    String query = request.query();
    Parameters given = Parameters.parse(query == null ? request.body() : query);
    for (String name : given.fields().keySet()) {
      if (!List.of(allowed).contains(name)) {
        throw new IllegalArgumentException(
            "`%s` is not a parameter of %s; write %s"
                .formatted(name, request.path(), String.join(" and ", allowed)));
      }
    }
    return given;
  }

  private static Region region(Parameters given, String name) {
    return choice(given, name, Region.values(), Region::label);
  }

  private static Breakage how(Parameters given) {
    return choice(given, "how", Breakage.values(), Breakage::label);
  }

  private static <T> T choice(
      Parameters given, String name, T[] values, Function<T, String> label) {
    String written = given.get(name);
    for (T value : values) {
      if (label.apply(value).equals(written)) {
        return value;
      }
    }
    List<String> choices =
        Arrays.stream(values).map(value -> name + "=" + label.apply(value)).toList();
    throw new IllegalArgumentException(
        "%s; write %s or %s"
            .formatted(
                wrong(name, written),
                String.join(", ", choices.subList(0, choices.size() - 1)),
                choices.getLast()));
  }

  private static Duration length(Parameters given) {
    String written = given.get("seconds");
    if (written == null || !SECONDS.matcher(written).matches()) {
      throw new IllegalArgumentException(
          wrong("seconds", written) + "; write seconds=5, or another whole number from 1 to 999");
    }
    return Duration.ofSeconds(Long.parseLong(written));
  }

  private static String wrong(String name, @Nullable String written) {
    return written == null ? name + " is missing" : "%s=%s is not known".formatted(name, written);
  }
}
