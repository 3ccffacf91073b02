package dev.allclear.agent.web;

import dev.allclear.agent.config.SharedSecret;
import dev.allclear.agent.json.JsonObject;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which path is answered by what. Everything is read with GET or HEAD, and only what is claimed
/// has a body.
final class Routes {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());
  private static final Pattern JSON =
      Pattern.compile("application/json *(;.*)?", Pattern.CASE_INSENSITIVE);
  private static final String CLAIMS = "/api/v1/claims";
  private static final String ALERTMANAGER = "/api/v1/webhooks/alertmanager";
  private static final String PAGERDUTY = "/api/v1/webhooks/pagerduty";

  /// What alone has a body, and the most bytes of it.
  private static final Map<String, Integer> INBOXES =
      Map.of(
          CLAIMS,
          Claims.LARGEST,
          ALERTMANAGER,
          AlertmanagerHook.LARGEST,
          PAGERDUTY,
          PagerDutyHook.LARGEST);

  private static final String BEARER = "Bearer ";
  private static final String KEY = "Idempotency-Key";
  private static final String SIGNATURE = "X-PagerDuty-Signature";
  private static final List<String> PATHS =
      List.of(
          "/",
          "/incidents/ID",
          "/metrics",
          "/-/healthy",
          "/-/ready",
          "/api/v1/status",
          "/api/v1/services",
          "/api/v1/dns",
          "/api/v1/incidents",
          "/api/v1/incidents/ID",
          CLAIMS,
          ALERTMANAGER,
          PAGERDUTY);

  private final Router router;
  private final Frame frame = new Frame();

  private Routes(Router router) {
    this.router = router;
  }

  static Router of(Vertx vertx, Sources sources) {
    Routes routes = new Routes(Router.router(vertx));
    routes.router.route().handler(routes::guard);
    routes.serve(sources);
    routes.refuse();
    return routes.router;
  }

  private void serve(Sources sources) {
    Api api = new Api(sources);
    Page page = new Page(sources, frame);
    IncidentPage incident = new IncidentPage(sources, frame);
    read("/", _ -> page.answer());
    read("/incidents/:id", context -> incident.answer(id(context)));
    read("/metrics", context -> Answer.ok(sources.metrics().apply(accept(context))));
    read("/-/healthy", _ -> Answer.ok(Content.plain("healthy\n")));
    read("/-/ready", _ -> ready(sources));
    read("/api/v1/status", _ -> api.status());
    read("/api/v1/services", _ -> api.services());
    read("/api/v1/dns", _ -> api.dns());
    read("/api/v1/incidents", context -> api.incidents(new Query(context.queryParams())));
    read("/api/v1/incidents/:id", context -> api.incident(id(context)));
    Claims claims = new Claims(sources);
    AlertmanagerHook alertmanager = new AlertmanagerHook(sources);
    PagerDutyHook pagerDuty = new PagerDutyHook(sources);
    SharedSecret token = sources.intake().token();
    take(CLAIMS, token, context -> claims.take(body(context), header(context, KEY)));
    take(ALERTMANAGER, token, context -> alertmanager.take(body(context)));
    // What it sends is signed instead.
    take(PAGERDUTY, null, context -> pagerDuty.take(octets(context), header(context, SIGNATURE)));
  }

  private void take(
      String path, @Nullable SharedSecret token, Function<RoutingContext, Answer> answer) {
    router.post(path).handler(this::onlyTools);
    router.post(path).handler(context -> onlyInitiates(context, token));
    router
        .post(path)
        .handler(BodyHandler.create(false).setBodyLimit(Objects.requireNonNull(INBOXES.get(path))))
        .handler(context -> send(context, answered(context, answer)));
  }

  private void onlyInitiates(RoutingContext context, @Nullable SharedSecret token) {
    String given = header(context, "Authorization");
    boolean bearer = given.regionMatches(true, 0, BEARER, 0, BEARER.length());
    if (token == null || (bearer && token.is(given.substring(BEARER.length()).strip()))) {
      context.next();
    } else {
      context.response().putHeader("WWW-Authenticate", "Bearer");
      refuseUnread(
          context,
          Answer.refused(
              401,
              "who claims has to know the agent's token",
              "the header Authorization: Bearer with its `claims-token`"));
    }
  }

  /// No page that somebody has open in a browser: a browser names the page's origin with every
  /// POST, and sends JSON to another origin only if that agrees (Fetch, 4.10), which this never
  /// does.
  private void onlyTools(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (context.request().headers().contains(HttpHeaders.ORIGIN)) {
      refuseUnread(context, Answer.refused(403, "a web page may not claim", "no Origin"));
    } else if (type == null || !JSON.matcher(type).matches()) {
      refuseUnread(
          context,
          Answer.refused(415, "a claim is JSON", "the header Content-Type: application/json"));
    } else {
      context.next();
    }
  }

  private void refuse() {
    refuse(400, _ -> Answer.refused(400, "malformed request", "a valid URL"));
    refuse(404, Routes::unknown);
    refuse(
        405,
        context ->
            Answer.refused(
                405,
                context.request().method() + " is not allowed",
                isInbox(context) ? "POST" : "GET"));
    refuse(
        413,
        context ->
            Answer.refused(
                413,
                "the claim is too long",
                "at most " + INBOXES.get(context.request().path()) + " bytes"));
    refuse(500, Routes::broken);
  }

  private void read(String path, Function<RoutingContext, Answer> answer) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> send(context, answered(context, answer)));
  }

  private void refuse(int status, Function<RoutingContext, Answer> answer) {
    router.errorHandler(status, context -> send(context, answer.apply(context)));
  }

  /// A body is refused before any of it is read.
  private void guard(RoutingContext context) {
    HttpServerRequest request = context.request();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean body = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    boolean claim = isInbox(context) && request.method().equals(HttpMethod.POST);
    if (!claim && (body || (length != null && !length.equals("0")))) {
      refuseUnread(
          context,
          Answer.refused(413, "this request must not have a body", "a request without one"));
    } else {
      context.next();
    }
  }

  private void refuseUnread(RoutingContext context, Answer answer) {
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    send(context, answer);
  }

  private static boolean isInbox(RoutingContext context) {
    String path = context.request().path();
    return path != null && INBOXES.containsKey(path);
  }

  private static Answer answered(RoutingContext context, Function<RoutingContext, Answer> answer) {
    try {
      return answer.apply(context);
    } catch (BadRequest e) {
      return e.answer();
    }
  }

  private static Answer ready(Sources sources) {
    return sources.ready().getAsBoolean()
        ? Answer.ok(Content.plain("ready\n"))
        : new Answer(503, Content.plain("starting\n"));
  }

  private static Answer unknown(RoutingContext context) {
    JsonObject json =
        new JsonObject()
            .put("error", "no such path `" + context.request().path() + "`")
            .put("paths", PATHS);
    return new Answer(404, Content.json(json));
  }

  private static Answer broken(RoutingContext context) {
    LOG.log(Level.ERROR, () -> "no answer for " + context.request().path(), context.failure());
    return Answer.refused(500, "the agent failed to answer; its log says why", "the same again");
  }

  private static String id(RoutingContext context) {
    return Objects.requireNonNull(context.pathParam("id"));
  }

  private static String body(RoutingContext context) {
    return Objects.requireNonNullElse(context.body().asString(), "");
  }

  private static byte[] octets(RoutingContext context) {
    Buffer body = context.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  private static String header(RoutingContext context, String name) {
    return Objects.requireNonNullElse(context.request().getHeader(name), "").strip();
  }

  private static String accept(RoutingContext context) {
    return String.join(",", context.request().headers().getAll(HttpHeaders.ACCEPT));
  }

  private void send(RoutingContext context, Answer answer) {
    byte[] body = answer.content().text().getBytes(StandardCharsets.UTF_8);
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(answer.status())
            .putHeader("Content-Type", answer.content().type())
            .putHeader("Content-Length", String.valueOf(body.length))
            .putHeader("Cache-Control", "no-store")
            .putHeader("Content-Security-Policy", frame.policy())
            .putHeader("Cross-Origin-Resource-Policy", "same-origin")
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("X-Content-Type-Options", "nosniff");
    if (answer.status() == 405) {
      response.putHeader("Allow", isInbox(context) ? "POST" : "GET, HEAD");
    }
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }
}
