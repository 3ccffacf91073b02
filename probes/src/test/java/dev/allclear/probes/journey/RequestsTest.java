package dev.allclear.probes.journey;

import static dev.allclear.probes.Outcome.pass;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.http;
import static dev.allclear.probes.journey.Trial.post;
import static dev.allclear.probes.journey.Trial.run;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Source;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What arrives at a server of what a step says.
final class RequestsTest {

  private final MockWebServer server = new MockWebServer();

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    Trial.start(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String path) {
    return "http://shop.example:" + server.getPort() + path;
  }

  private void enqueue(MockResponse.Builder... answers) {
    for (MockResponse.Builder answer : answers) {
      server.enqueue(answer.build());
    }
  }

  private static MockResponse.Builder ok() {
    return new MockResponse.Builder().code(200);
  }

  private static MockResponse.Builder ok(String json) {
    return ok().addHeader("Content-Type", "application/json").body(json);
  }

  private static String text(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }

  private RecordedRequest sent(Trial.Draft draft) throws InterruptedException {
    enqueue(ok());
    assertEquals(pass(), run(draft.step()).outcome());
    return server.takeRequest();
  }

  @Test
  void anyMethodIsSentAsItIs() throws InterruptedException {
    RecordedRequest purge = sent(new Trial.Draft("PURGE", url("/a")));
    assertEquals("PURGE /a", purge.getMethod() + " " + purge.getTarget());
    assertEquals("QUERY", sent(new Trial.Draft("QUERY", url("/"))).getMethod());
  }

  @Test
  void theQueryIsAppendedEncoded() throws InterruptedException {
    RecordedRequest request =
        sent(get(url("/s?a=1")).query("q", "red shoes & ${env:SHORT}=ü+").query("empty", ""));
    assertEquals("/s?a=1&q=red%20shoes%20%26%20abc%3D%C3%BC%2B&empty=", request.getTarget());
  }

  @Test
  void aSecretInTheQueryIsNotShown() {
    enqueue(ok());
    Observation seen = run(get(url("/s")).query("p", "${env:PROBE_PASSWORD}").step());
    assertEquals("GET " + url("/s?p=***"), http(seen, 0).request());
  }

  @Test
  void cookiesOfTheStepJoinThoseOfTheServiceAndReplaceThemByName() throws InterruptedException {
    enqueue(
        ok().addHeader("Set-Cookie", "session=s1; Path=/").addHeader("Set-Cookie", "a=old; Path=/"),
        ok(),
        ok());
    Observation seen =
        run(
            get(url("/")).cookie("consent", "yes").named("one"),
            get(url("/")).cookie("a", "${env:SHORT}").cookie("b", "2").named("two"),
            get(url("/")).named("three"));
    assertEquals(pass(), seen.outcome());
    assertEquals("consent=yes", server.takeRequest().getHeaders().get("Cookie"));
    assertEquals("session=s1; a=abc; b=2", server.takeRequest().getHeaders().get("Cookie"));
    assertEquals("session=s1; a=old", server.takeRequest().getHeaders().get("Cookie"));
  }

  @Test
  void aCookieThatCannotBeSentIsTheAgentsFaultUnlessItWasCaptured() {
    assertEquals(
        Outcome.inconclusive(
            "cannot be sent: the cookie a has a character that no cookie may have"),
        run(get(url("/")).cookie("a", "x;y").step()).outcome());
    enqueue(ok().addHeader("X-Id", "x;y"));
    assertEquals(
        failed(
            Cause.EXTRACT, "cannot be sent: the cookie a has a character that no cookie may have"),
        run(
                get(url("/")).capture("id", Source.header("X-Id")).named("one"),
                get(url("/")).cookie("a", "${id}").named("two"))
            .outcome());
  }

  @Test
  void basicIsUserAndPasswordInUtf8AndNeverShown() throws InterruptedException {
    enqueue(new MockResponse.Builder().code(403).addHeader("X-Echo", encoded("mara:pä55wort")));
    Observation seen =
        run(
            get(url("/"))
                .as(new Auth.Basic(template("mara"), template("pä55wort")))
                .expect(Expectation.header("X-Echo", template("pä55wort")))
                .step());
    assertEquals(
        "Basic " + encoded("mara:pä55wort"),
        server.takeRequest().getHeaders().get("Authorization"));
    assertEquals(
        failed(
            Cause.STATUS,
            "status 403, expected 200-299; header X-Echo is \"***\", expected \"***\" in it"),
        seen.outcome());
    assertFalse(seen.toString().contains(encoded("mara:pä55wort")), seen::toString);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bearerIsNeverShown() throws InterruptedException {
    enqueue(new MockResponse.Builder().code(401).body("bad token tok-4711"));
    Observation seen =
        run(get(url("/")).as(new Auth.Bearer(template("tok-4711"))).query("t", "tok-4711").step());
    assertEquals("Bearer tok-4711", server.takeRequest().getHeaders().get("Authorization"));
    assertEquals(failed(Cause.STATUS, "status 401, expected 200-299"), seen.outcome());
    assertFalse(seen.toString().contains("tok-4711"), seen::toString);
  }

  @Test
  void aFileIsReadByEveryRun() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b");
    Body body = new Body.File(file, "text/csv");
    RecordedRequest first = sent(post(url("/")).body(body));
    assertEquals("a,b", text(first));
    assertEquals("text/csv", first.getHeaders().get("Content-Type"));
    assertEquals("3", first.getHeaders().get("Content-Length"));
    Files.writeString(file, "changed");
    RecordedRequest second = sent(post(url("/")).header("Content-Type", "text/plain").body(body));
    assertEquals("changed", text(second));
    assertEquals("text/plain", second.getHeaders().get("Content-Type"));
  }

  @Test
  void aFileThatCannotBeReadIsTheAgentsFault() throws IOException {
    Path gone = folder.resolve("gone.csv");
    assertEquals(
        Outcome.inconclusive("cannot send " + gone + ": no such file"),
        run(post(url("/")).body(new Body.File(gone, "text/csv")).step()).outcome());
    assertEquals(
        Outcome.inconclusive("cannot send " + folder + ": Is a directory"),
        run(post(url("/")).body(new Body.File(folder, "text/csv")).step()).outcome());
    Path large = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(64 * 1024 * 1024 + 1);
    }
    assertEquals(
        Outcome.inconclusive("cannot send " + large + ": it is larger than 64 MiB"),
        run(post(url("/")).body(new Body.File(large, "text/csv")).step()).outcome());
  }

  @Test
  void multipartSendsFieldsAndFilesInOrder() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("a.png"), "PNG");
    RecordedRequest request =
        sent(
            post(url("/"))
                .body(
                    new Body.Multipart(
                        List.of(
                            new Body.Part.Text("note", template("für ${env:SHORT}")),
                            new Body.Part.Attached(
                                "upload",
                                new Body.File(file, "image/png"),
                                template("my \"a\".png"))))));
    String type = String.valueOf(request.getHeaders().get("Content-Type"));
    String boundary = type.replaceFirst("multipart/form-data; boundary=", "");
    assertEquals(
        String.join(
            "\r\n",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"note\"",
            "",
            "für abc",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"upload\"; filename=\"my %22a%22.png\"",
            "Content-Type: image/png",
            "",
            "PNG",
            "--" + boundary + "--",
            ""),
        text(request));
  }

  @Test
  void aMissingFileOfAFormIsTheAgentsFault() {
    Path gone = folder.resolve("gone.png");
    Body.Part part =
        new Body.Part.Attached("upload", new Body.File(gone, "image/png"), template("a"));
    assertEquals(
        Outcome.inconclusive("cannot send " + gone + ": no such file"),
        run(post(url("/")).body(new Body.Multipart(List.of(part))).step()).outcome());
  }

  private static Body.GraphQl graphQl() {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("sku", template("${env:SHORT}\""));
    variables.put("first", 3);
    return new Body.GraphQl(template("query Q { a }"), variables, template("Q"));
  }

  @Test
  void graphQlIsPostedAsJson() throws InterruptedException {
    enqueue(ok("{\"data\": {\"a\": 1}}"), ok("{\"data\": {\"a\": 1}, \"errors\": []}"));
    assertEquals(pass(), run(post(url("/graphql")).body(graphQl()).step()).outcome());
    RecordedRequest request = server.takeRequest();
    assertEquals("application/json", request.getHeaders().get("Content-Type"));
    assertEquals(
        "{\"query\":\"query Q { a }\",\"operationName\":\"Q\","
            + "\"variables\":{\"sku\":\"abc\\\"\",\"first\":3}}",
        text(request));
    Body short_ = new Body.GraphQl(template("{ a }"), null, null);
    assertEquals(pass(), run(post(url("/graphql")).body(short_).step()).outcome());
    assertEquals("{\"query\":\"{ a }\"}", text(server.takeRequest()));
  }

  @Test
  void graphQlErrorsFailTheStep() {
    enqueue(
        ok("{\"data\": null, \"errors\": [{\"message\": \"no field b\"}, {}, {}]}"),
        ok("{\"errors\": [{\"code\": 7}]}"),
        ok("{\"errors\": \"broken\"}"),
        ok("<html>"),
        new MockResponse.Builder().code(400).body("{\"errors\": [{\"message\": \"x\"}]}"));
    Step step = post(url("/graphql")).body(graphQl()).step();
    assertEquals(
        failed(Cause.ASSERTION, "GraphQL error \"no field b\" and 2 more"), run(step).outcome());
    assertEquals(failed(Cause.ASSERTION, "GraphQL error {\"code\":7}"), run(step).outcome());
    assertEquals(failed(Cause.ASSERTION, "GraphQL error \"broken\""), run(step).outcome());
    assertEquals(failed(Cause.ASSERTION, "no GraphQL answer: it has no data"), run(step).outcome());
    assertEquals(
        failed(Cause.STATUS, "status 400, expected 200-299; GraphQL error \"x\""),
        run(step).outcome());
  }

  @Test
  void graphQlErrorsThatAreExpectedPass() {
    enqueue(ok("{\"errors\": [{\"message\": \"no\"}]}"));
    assertEquals(
        pass(),
        run(post(url("/graphql"))
                .body(graphQl())
                .expect(Expectation.json("$.errors[0].message", template("no")))
                .step())
            .outcome());
  }

  @Test
  void everyRequestOfARunBelongsToOneTrace() throws InterruptedException {
    enqueue(ok(), ok(), ok());
    Observation seen = run(get(url("/")).named("one"), get(url("/")).named("two"));
    List<String> first = traceparent();
    List<String> second = traceparent();
    assertEquals(first.get(1), second.get(1));
    assertNotEquals(first.get(2), second.get(2));
    assertEquals(first.get(1), http(seen, 0).trace());
    assertEquals(first.get(1), http(seen, 1).trace());
    run(get(url("/")).step());
    assertNotEquals(first.get(1), traceparent().get(1));
  }

  private List<String> traceparent() throws InterruptedException {
    String header = String.valueOf(server.takeRequest().getHeaders().get("traceparent"));
    assertTrue(header.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), header);
    return List.of(header.split("-", -1));
  }

  @Test
  void aStepMaySetItsOwnTrace() throws InterruptedException {
    enqueue(ok(), ok());
    String own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    Observation seen =
        run(
            get(url("/")).header("Traceparent", own).named("one"),
            get(url("/")).header("traceparent", "none").named("two"));
    assertEquals(own, server.takeRequest().getHeaders().get("traceparent"));
    assertEquals("0af7651916cd43dd8448eb211c80319c", http(seen, 0).trace());
    assertEquals("", http(seen, 1).trace());
    assertNull(seen.failedStep().orElse(null));
  }
}
