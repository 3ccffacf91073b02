package dev.allclear.agent.demo;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// The pages of the shop: log in, fill the cart, check out, look at the order. Both regions know
/// the same session, as if they shared a database. Any thread.
final class Storefront {
  private static final String USER = "ada";
  private static final String PASSWORD = "lovelace";
  private static final String ORDER = "{\"order\":\"A-17\",\"state\":\"booked\"}";

  private final String token;
  private final String session;

  Storefront(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.token = HexFormat.of().toHexDigits(random.nextLong());
    this.session = "session=" + HexFormat.of().toHexDigits(random.nextLong());
  }

  Response answer(Request request) {
    return switch (request.line()) {
      case "GET /healthz" -> Response.text(200, "ok");
      case "POST /login" -> login(request);
      case "POST /cart" -> cart(request);
      case "POST /checkout" -> checkout(request);
      case "GET /orders/A-17" -> Response.json(200, ORDER);
      default -> Response.problem(404, "there is no " + request.line());
    };
  }

  private Response login(Request request) {
    Parameters form;
    try {
      form = Parameters.parse(request.body());
    } catch (IllegalArgumentException e) {
      return Response.problem(400, String.valueOf(e.getMessage()));
    }
    if (!USER.equals(form.get("user")) || !PASSWORD.equals(form.get("password"))) {
      return Response.problem(401, "wrong user or password");
    }
    return Response.json(
            200,
            "{\"token\":\"%s\",\"user\":{\"name\":\"ada\",\"tier\":\"gold\"}}".formatted(token))
        .with("Set-Cookie", session + "; Path=/; HttpOnly");
  }

  private Response cart(Request request) {
    if (!hasSession(request)) {
      return Response.problem(401, "log in first");
    }
    return request.header("Content-Type").startsWith("application/json")
        ? Response.json(201, "{\"items\":1}")
        : Response.problem(415, "write JSON");
  }

  private Response checkout(Request request) {
    boolean known =
        hasSession(request) && request.header("Authorization").equals("Bearer " + token);
    return known ? Response.json(201, ORDER) : Response.problem(401, "log in first");
  }

  private boolean hasSession(Request request) {
    return Arrays.asList(request.header("Cookie").split(";\\s*", -1)).contains(session);
  }
}
