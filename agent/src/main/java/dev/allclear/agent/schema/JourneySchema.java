package dev.allclear.agent.schema;

import dev.allclear.agent.json.JsonObject;

/// Journeys, groups of steps, and what their steps have in common.
final class JourneySchema {
  private JourneySchema() {}

  static JsonObject definitions() {
    return new JsonObject()
        .put("journey", journey().kind())
        .put("group", group().kind())
        .put("oauth2", oauth2().kind())
        .put("tls", tls().kind())
        .put("basic", basic().kind())
        .put("redirects", redirects().kind())
        .put("variable", variable().kind());
  }

  private static Keys journey() {
    return new Keys("What a user does: ordered steps with one cookie jar.")
        .key("every", Kind.duration("How often, while all is well.", "1m").put("default", "1m"))
        .key("deadline", Kind.duration("For all of it.", "20s").put("default", "20s"))
        .key(
            "reserve",
            Kind.duration("The part of the deadline kept for cleanup; a quarter by default.", "5s"))
        .key("within", Kind.duration("A pass that took longer is slow.", "3s"))
        .key(
            "base",
            Kind.text(
                "What URLs of steps begin with that begin with a slash.", "https://shop.example"))
        .key(
            "vars",
            Kind.map(
                "Variables, rendered at the start of each run.",
                Kind.either(
                    "A value.", Kind.text("Text.", "probe-${uuid()}"), Kind.ref("variable"))))
        .key(
            "redact",
            Kind.oneOrMore(
                "Headers, cookies, parameters and fields that are never shown.",
                Kind.text("A name.", "x-api-key")))
        .key(
            "addresses",
            Kind.choice("`each`: once against every address of the first step's host.", "each"))
        .with(shared())
        .required("steps", steps("In this order."))
        .key("cleanup", steps("Always run if a step was sent; they decide nothing."));
  }

  /// Of a journey, and of a step where it replaces the journey's.
  static Keys shared() {
    return sent()
        .key("resolver", Kind.text("A name under `resolvers`, instead of the system's."))
        .key("region", Kind.text("Connect to where this region of the service is."));
  }

  /// Of all that is sent.
  static Keys sent() {
    return new Keys("")
        .key("headers", texts("Headers by name.", "a header's value"))
        .key("http", Kind.choice("The version; negotiated by default.", "1.1", 1.1, "2", 2, "h2c"))
        .key("tls", Kind.ref("tls"))
        .key("proxy", Kind.text("An HTTP proxy.", "http://proxy.example:3128"))
        .key("connect-to", Kind.text("Connect to this address or HOST:PORT.", "192.0.2.10"))
        .key("basic", Kind.ref("basic"))
        .key("bearer", Kind.text("A token for the Authorization header.", "${token}"))
        .key("oauth2", Kind.text("The token source, a name under `oauth2`.", "shop"))
        .key(
            "redirects",
            Kind.either(
                    "Whether redirects are followed; each is an answer of its own by default.",
                    Kind.choice("None, or at most ten.", "none", "follow"),
                    Kind.count("At most so many.", 10),
                    Kind.ref("redirects"))
                .put("default", "none"));
  }

  private static Keys redirects() {
    return new Keys("How redirects are followed.")
        .key("most", Kind.count("At most so many.", 10))
        .key("downgrade", Kind.flag("Whether also from https to http."));
  }

  private static Keys variable() {
    return new Keys("A variable that may be secret.")
        .required("value", Kind.text("Its value.", "${env:PIN}"))
        .key("secret", Kind.flag("Whether it is never shown."));
  }

  private static Keys group() {
    return new Keys("Steps written once.")
        .key("parameters", Kind.oneOrMore("Names that `with` gives values.", Kind.text("A name.")))
        .required("steps", steps("In this order; what they capture is seen by the steps after."));
  }

  private static Keys oauth2() {
    return new Keys("Where access tokens come from.")
        .required("token-url", Kind.text("The token endpoint.", "https://id.example/token"))
        .key(
            "grant",
            Kind.choice(
                "How a token is asked for.", "client-credentials", "password", "refresh-token"))
        .required("client-id", Kind.text("The client's name.", "probe"))
        .key("client-secret", Kind.text("Its secret.", "${env:SHOP_SECRET}"))
        .key("scope", Kind.text("What is asked for, with blanks between.", "orders"))
        .key(
            "parameters",
            texts("What else the server wants to know, as `audience`.", "a parameter's value"))
        .key("username", Kind.text("For the grant `password`."))
        .key("password", Kind.text("For the grant `password`.", "${env:PROBE_PASSWORD}"))
        .key("refresh-token", Kind.text("For the grant `refresh-token`.", "${env:REFRESH_TOKEN}"))
        .key("client-auth", Kind.choice("How the client says who it is.", "basic", "form"));
  }

  private static Keys tls() {
    return new Keys("Whom to trust, and who we are. PEM files, relative to this file.")
        .key("ca", Kind.text("Certificates to trust instead of the system's.", "ca.pem"))
        .key("certificate", Kind.text("Our own, for mutual TLS.", "me.pem"))
        .key("key", Kind.text("Its private key.", "me.key"))
        .key("server-name", Kind.text("The name asked for and checked, instead of the URL's."));
  }

  private static Keys basic() {
    return new Keys("User and password for the Authorization header.")
        .required("user", Kind.text("The user.", "probe"))
        .required("password", Kind.text("The password.", "${env:PROBE_PASSWORD}"));
  }

  private static JsonObject steps(String description) {
    return Kind.oneOrMore(description, Kind.ref("step"));
  }

  static JsonObject texts(String description, String value) {
    return Kind.map(description, Kind.text(value));
  }
}
