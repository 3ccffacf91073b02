package dev.allclear.agent.schema;

import dev.allclear.agent.json.JsonObject;

/// The agent, services, and what DNS has to do with them.
final class ServiceSchema {
  private static final String RESOLVER =
      "IP, IP:PORT, tcp://IP, tls://HOST or https://HOST/dns-query.";

  private ServiceSchema() {}

  static JsonObject definitions() {
    return new JsonObject()
        .put("agent", agent().kind())
        .put(
            "resolver",
            Kind.either(
                "A resolver's address.",
                Kind.text(RESOLVER, "9.9.9.9", "tls://dns.example"),
                Kind.ref("resolverKeys")))
        .put(
            "resolverKeys",
            new Keys("A resolver.")
                .required("address", Kind.text(RESOLVER, "9.9.9.9"))
                .key("connect-to", Kind.text("Its IP address, so that its name is not looked up."))
                .key("ca", Kind.text("A PEM file of authorities to trust instead of the system's."))
                .key("server-name", Kind.text("What its certificate has to be for."))
                .key(
                    "method",
                    Kind.choice("How https:// carries a question.", "GET", "POST")
                        .put("default", "GET"))
                .key("weight", Kind.count("Its share of users, against the others' weights."))
                .key(
                    "subnet",
                    Kind.text("Ask what clients in this network are told.", "203.0.113.0/24"))
                .kind())
        .put("service", service().kind())
        .put("rto", rto().kind())
        .put("region", region().kind())
        .put("detect", detect().kind())
        .put("tripwire", tripwire().kind())
        .put("verify", verify().kind())
        .put("degraded", degraded().kind())
        .put("runbook", runbook().kind())
        .put("window", window().kind())
        .put("lookup", lookup().kind())
        .put("new", fresh().kind());
  }

  private static Keys agent() {
    return new Keys("This agent.")
        .key("id", Kind.text("Its name.", "eu-west-1a").put("default", "agent"))
        .key("region", Kind.text("Where it looks from.", "eu-west").put("default", "default"))
        .key(
            "listen",
            Kind.text("HOST:PORT of page, metrics and API.", "127.0.0.1:9844")
                .put("default", "127.0.0.1:9844"))
        .key(
            "budget",
            Kind.text("Requests per second that any target gets from this agent.", "20/s")
                .put("default", "20/s"))
        .key(
            "ledger",
            Kind.text(
                    "The folder of the record of all outages; relative to this file.",
                    "/var/lib/allclear")
                .put("default", ".allclear"))
        .key(
            "claims-token",
            Kind.text(
                "Who claims something has to send it as `Authorization: Bearer`.",
                "${env:ALLCLEAR_TOKEN}"));
  }

  private static Keys service() {
    return new Keys("What has an RTO.")
        .required(
            "rto",
            Kind.either(
                "The time a recovery may take, from onset to verified.",
                Kind.duration("From onset to verified.", "2m"),
                Kind.ref("rto")))
        .key("regions", Kind.map("Target regions, each probed by itself.", Kind.ref("region")))
        .key(
            "detect",
            Kind.either(
                "The cheap probe that notices an outage.",
                Kind.text("The URL to get.", "https://shop.example/healthz"),
                Kind.ref("detect")))
        .key("verify", Kind.ref("verify"))
        .key(
            "degraded",
            Kind.map("Levels that are not as bad as down, the worst first.", Kind.ref("degraded")))
        .key(
            "flapping",
            Kind.text("So many blips within so long a time are flapping; or off.", "5 in 10m")
                .put("default", "5 in 10m"))
        .key(
            "maintenance",
            Kind.oneOrMore(
                "Planned windows: an outage detected within one is kept apart.",
                Kind.ref("window")))
        .key("resolver", Kind.text("Whom the probes ask for addresses: a name under `resolvers`."))
        .key(
            "control-plane",
            names("Services through which it is recovered; it works without them."))
        .key(
            "down-when",
            Kind.choice(
                    "In how many of its regions it has to be down to be down as a whole.",
                    "any",
                    "all",
                    "quorum")
                .put("default", "any"))
        .key("depends-on", names("Other services that it cannot do without."))
        .key(
            "runbook",
            Kind.either(
                "What people are to do.",
                Kind.text("Where it is written.", "https://wiki.example/runbooks/checkout"),
                Kind.ref("runbook")));
  }

  private static Keys rto() {
    return new Keys("The time a recovery may take, and from when it counts.")
        .required("target", Kind.duration("The time a recovery may take.", "2m"))
        .key(
            "from",
            Kind.choice("From when it counts.", "onset", "detected", "declared")
                .put("default", "onset"))
        .key(
            "remediation",
            Kind.duration(
                "From detected until somebody claims to do something about it; later is overdue.",
                "5m"));
  }

  private static Keys region() {
    return new Keys("Where the service runs in one region.")
        .required(
            "connect-to",
            Kind.text("The address connections go to; Host and SNI stay the URL's.", "192.0.2.10"));
  }

  private static Keys detect() {
    return pace(new Keys("The cheap probe that notices an outage."))
        .required("get", Kind.text("The URL to get.", "https://shop.example/healthz"))
        .key(
            "query",
            JourneySchema.texts("Parameters, encoded and appended.", "a parameter's value"))
        .key("cookies", JourneySchema.texts("Cookies by name.", "a cookie's value"))
        .with(JourneySchema.sent())
        .key(
            "confirm",
            Kind.text("So many of so many probes fail: it is down.", "3 of 4")
                .put("default", "3 of 4"))
        .key("expect", Kind.ref("expect"))
        .key("labels", Kind.ref("labels"))
        .key(
            "tripwire",
            Kind.either(
                "A connection held open to notice at once that it breaks.",
                Kind.choice("Whether there is one.", "on", "off").put("default", "on"),
                Kind.ref("tripwire")));
  }

  private static Keys tripwire() {
    return new Keys("A connection held open, and asked on.")
        .required("ping", Kind.duration("How often, and how long the answer may take.", "250ms"));
  }

  private static Keys verify() {
    return new Keys("What proves that the service is back.")
        .key("journeys", names("Journeys that have to pass."))
        .key(
            "dns",
            Kind.either(
                "Names under `dns` that have to have converged.",
                names("At all of their resolvers."),
                Kind.map(
                    "Each with the resolvers that count.", names("Names of resolvers, or all."))))
        .key("passes", Kind.count("So many passes of each in a row.", 3))
        .key("for", Kind.duration("Over at least this long.", "10s").put("default", "10s"))
        .key(
            "hold",
            Kind.duration("A failure within this time reopens the outage.", "5m")
                .put("default", "5m"));
  }

  private static Keys runbook() {
    return new Keys("What people are to do.")
        .required("url", Kind.text("Where it is written.", "https://wiki.example/runbooks/shop"))
        .key("steps", names("The names of its steps, in their order, as they are claimed."));
  }

  private static Keys degraded() {
    return new Keys("A level that is not as bad as down; `journeys`, `slow`, or both.")
        .required(
            "rto",
            Kind.either(
                "The time a recovery from it may take.",
                Kind.duration("From onset to verified.", "1h"),
                Kind.ref("rto")))
        .key("journeys", names("Journeys of `verify` whose failing is no worse than this."))
        .key("slow", Kind.flag("Passing slower than the objective, and nothing worse, is this."));
  }

  private static Keys window() {
    return new Keys("A planned window; `weekly` or `from`.")
        .key("weekly", Kind.text("When it begins each week.", "sunday 02:00 Europe/Berlin"))
        .key("from", Kind.text("When it begins.", "2026-01-31T02:00:00Z"))
        .required("for", Kind.duration("How long it takes.", "2h"));
  }

  private static Keys lookup() {
    return pace(new Keys("A name and the nameservers to ask for it."))
        .key("types", Kind.oneOrMore("Record types.", Kind.text("One.", "A", "AAAA", "HTTPS")))
        .key(
            "authorities",
            names("Addresses of the servers whose answer is the right one; auto finds them."))
        .key(
            "authority-port",
            Kind.count("Where authorities that are found are asked.", 53).put("maximum", 65_535))
        .key("resolvers", names("Names under `resolvers`, or addresses."))
        .key(
            "expect", names("The records that the answer has to hold, and no other; or a network."))
        .key(
            "new",
            Kind.either(
                "What makes an answer a new one; without it any other is.",
                names("These records and no other."),
                Kind.ref("new")));
  }

  private static Keys fresh() {
    return new Keys("What makes an answer a new one; one of these.")
        .key("records", names("These records and no other."))
        .key("network", Kind.text("Every address is within it.", "192.0.2.0/24"))
        .key("via", Kind.text("A CNAME leads to it.", "lb.example"))
        .key("label", Kind.text("A CNAME leads to a name with this label.", "us"));
  }

  private static Keys pace(Keys keys) {
    return keys.key("every", Kind.duration("How often.", "10s").put("default", "10s"))
        .key(
            "timeout", Kind.duration("How long to wait for an answer.", "2s").put("default", "2s"));
  }

  private static JsonObject names(String description) {
    return Kind.oneOrMore(description, Kind.text("One of them."));
  }
}
