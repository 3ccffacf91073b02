package dev.allclear.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Auth;
import dev.allclear.probes.journey.Body;
import dev.allclear.probes.journey.Grant;
import dev.allclear.probes.journey.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a step's request.
final class RequestsConfigTest {

  @TempDir private Path folder;

  private List<Step> steps(String sections) throws IOException, BadConfig {
    Path file = folder.resolve("allclear.yaml");
    Files.writeString(file, "services:\n  shop: {rto: 2m, verify: {journeys: [j]}}\n" + sections);
    Settings settings = Settings.load(file, name -> name.equals("SECRET") ? "s3cr3t" : null);
    return Objects.requireNonNull(settings.journeys().get("j")).journey().steps();
  }

  private static Action.Http http(Step step) {
    return assertInstanceOf(Action.Http.class, step.action());
  }

  @Test
  void readsMethodQueryAndCookies() throws IOException, BadConfig {
    List<Step> steps =
        steps(
            """
            journeys:
              j:
                steps:
                  - method: PURGE
                    url: https://shop.example/a
                    query: {q: red shoes, n: 3}
                    cookies: {consent: given}
            """);
    Action.Http purge = http(steps.getFirst());
    assertEquals("PURGE https://shop.example/a", purge.method() + " " + purge.url());
    assertEquals("{q=red shoes, n=3}", purge.head().query().toString());
    assertEquals("{consent=given}", purge.head().cookies().toString());
  }

  @Test
  void aStepReplacesWhatItsJourneySays() throws IOException, BadConfig {
    List<Step> steps =
        steps(
            """
            journeys:
              j:
                headers: {Accept-Language: en, X-A: "1"}
                basic: {user: probe, password: "${env:SECRET}"}
                steps:
                  - {get: "https://shop.example/"}
                  - {get: "https://shop.example/", headers: {accept-language: de}, bearer: t}
                  - {get: "https://shop.example/", headers: {Authorization: none}}
                  - {use: look, with: {page: x}}
            groups:
              look: {parameters: [page], steps: [{get: "https://shop.example/${page}"}]}
            """);
    assertEquals("{Accept-Language=en, X-A=1}", http(steps.get(0)).head().headers().toString());
    assertEquals(
        "Basic[user=probe, password=${env:SECRET}]", http(steps.get(0)).head().auth().toString());
    assertEquals("{Accept-Language=de, X-A=1}", http(steps.get(1)).head().headers().toString());
    assertEquals("Bearer[token=t]", http(steps.get(1)).head().auth().toString());
    assertEquals(Auth.none(), http(steps.get(2)).head().auth());
    assertEquals(http(steps.get(0)).head().headers(), http(steps.get(3)).head().headers());
    assertEquals(http(steps.get(0)).head().auth(), http(steps.get(3)).head().auth());
  }

  @Test
  void readsFilesBesideTheConfig() throws IOException, BadConfig {
    Path csv = Files.writeString(folder.resolve("a.csv"), "a,b");
    Path blob = Files.writeString(folder.resolve("blob"), "x");
    List<Step> steps =
        steps(
            """
            journeys:
              j:
                steps:
                  - {post: "https://shop.example/", file: a.csv}
                  - {post: "https://shop.example/", file: blob}
                  - post: https://shop.example/
                    multipart:
                      note: text
                      tag: [a, b]
                      upload: {file: a.csv, type: text/plain, name: "b.txt"}
                      other: {file: blob}
            """);
    assertEquals(new Body.File(csv, "text/csv"), http(steps.get(0)).body());
    assertEquals(new Body.File(blob, "application/octet-stream"), http(steps.get(1)).body());
    assertEquals(
        List.of(
            "Text[field=note, content=text]",
            "Text[field=tag, content=a]",
            "Text[field=tag, content=b]",
            "Attached[field=upload, file=File[path=%s, type=text/plain], name=b.txt]"
                .formatted(csv),
            "Attached[field=other, file=File[path=%s, type=application/octet-stream], name=blob]"
                .formatted(blob)),
        assertInstanceOf(Body.Multipart.class, http(steps.get(2)).body()).parts().stream()
            .map(Object::toString)
            .toList());
  }

  @Test
  void readsGraphQl() throws IOException, BadConfig {
    List<Step> steps =
        steps(
            """
            journeys:
              j:
                steps:
                  - post: https://shop.example/graphql
                    graphql: {query: "query Q { a }", variables: {n: 1, s: [a]}, operation: Q}
            """);
    assertEquals(
        "GraphQl[query=query Q { a }, variables={n=1, s=[a]}, operation=Q]",
        http(steps.getFirst()).body().toString());
  }

  @Test
  void readsTokenSourcesOfWhichAllJourneysShareOne() throws IOException, BadConfig {
    List<Step> steps =
        steps(
            """
            oauth2:
              shop:
                token-url: https://id.example/token
                client-id: probe
                client-secret: ${env:SECRET}
                scope: read write
                parameters: {audience: "https://shop.example/api", tier: "${env:SECRET}"}
              user:
                token-url: https://id.example/token
                grant: password
                client-id: probe
                username: mara
                password: ${env:SECRET}
                client-auth: form
              old:
                {token-url: "https://id.example/token", grant: refresh-token, client-id: probe, refresh-token: r}
            journeys:
              j:
                oauth2: shop
                steps:
                  - {get: "https://shop.example/"}
                  - {get: "https://shop.example/"}
                  - {get: "https://shop.example/", oauth2: user}
                  - {get: "https://shop.example/", oauth2: old}
            """);
    assertEquals(
        "Grant[name=shop, url=https://id.example/token, right=ClientCredentials[],"
            + " client=Client[id=probe, secret=${env:SECRET}, basic=true], scope=read write,"
            + " parameters={audience=https://shop.example/api, tier=${env:SECRET}}]",
        grant(steps.get(0)).toString());
    assertSame(grant(steps.get(0)), grant(steps.get(1)));
    assertEquals(
        "Password[user=mara, password=${env:SECRET}] Client[id=probe, secret=null, basic=false]",
        grant(steps.get(2)).right() + " " + grant(steps.get(2)).client());
    assertEquals("RefreshToken[token=r]", grant(steps.get(3)).right().toString());
  }

  private static Grant grant(Step step) {
    return assertInstanceOf(Auth.OAuth2.class, step.action().head().auth()).source().grant();
  }

  @Test
  void readsSockets() throws IOException, BadConfig {
    List<Step> steps =
        steps(
            """
            journeys:
              j:
                steps:
                  - socket: wss://shop.example/live
                    bearer: t
                    send: ['{"subscribe": "a"}', b]
                    expect: {json: {$.sku: a}}
            """);
    Action.Socket socket = assertInstanceOf(Action.Socket.class, steps.getFirst().action());
    assertEquals("wss://shop.example/live", socket.url().toString());
    assertEquals("[{\"subscribe\": \"a\"}, b]", socket.messages().toString());
    assertEquals("Bearer[token=t]", socket.head().auth().toString());
  }
}
