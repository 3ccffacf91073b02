package dev.allclear.agent.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.config.SharedSecret;
import dev.allclear.agent.config.WebhookSettings;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What other monitors send, at a minute after the start of 2026.
final class WebhooksTest {
  private static final String TOKEN = "an-agent-token";
  private static final String OLD = "the-old-secret";
  private static final String NEW = "the-new-secret";
  private static final String ALERTMANAGER = "/api/v1/webhooks/alertmanager";
  private static final String PAGERDUTY = "/api/v1/webhooks/pagerduty";

  /// As Alertmanager 0.25 sends it.
  private static final String GROUP =
      """
      {"receiver":"allclear","status":"firing","alerts":[{"status":"STATUS","labels":{
      "alertname":"ShopDown","app":"SHOP","dc":"euw1"},"annotations":{"summary":"down"},
      "startsAt":"2026-01-01T00:00:11.5Z","endsAt":"END","generatorURL":"http://p:9090/graph",
      "fingerprint":"8bcb9b4e6e6f4a3b"}],"groupLabels":{},"commonLabels":{},
      "commonAnnotations":{},"externalURL":"http://a:9093","version":"4","groupKey":"{}:{}",
      "truncatedAlerts":0}
      """;

  private static final String PAGE =
      """
      {"event":{"id":"01EVENT","event_type":"incident.TYPE","resource_type":"incident",
      "occurred_at":"2026-01-01T00:00:20Z","agent":{"id":"P1","summary":"Jane Doe"},"data":{
      "id":"PINC","type":"incident","title":"shop is down","service":{"id":"PSHOP",
      "summary":"The shop"}}}}
      """;

  private final World world =
      new World()
          .with(
              TOKEN,
              new WebhookSettings(
                  new WebhookSettings.Alertmanager(
                      "app", "dc", Map.of("shop-frontend", "checkout"), Map.of("euw1", "eu")),
                  new WebhookSettings.PagerDuty(
                      List.of(new SharedSecret(OLD), new SharedSecret(NEW)),
                      Map.of("PSHOP", "checkout"))));
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = WebServer.start(any, world.sources());
    world.breaks(World.CHECKOUT, "checkout-eu-1", "503");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private String alert(String status, String end, String shop)
      throws IOException, InterruptedException {
    String body = GROUP.replace("STATUS", status).replace("END", end).replace("SHOP", shop);
    return send(request(ALERTMANAGER, body).header("Authorization", "Bearer " + TOKEN));
  }

  private String page(String body, String signature) throws IOException, InterruptedException {
    return send(request(PAGERDUTY, body).header("X-PagerDuty-Signature", signature));
  }

  private static String signed(String secret, String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "v1=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private List<Claim> claims() {
    return world.said().stream().map(each -> ((Event.Claimed) each.event()).claim()).toList();
  }

  private List<Said> said() {
    return claims().stream().map(Claim::said).toList();
  }

  @Test
  void anAlertFiresOnceHoweverOftenItIsSent() throws IOException, InterruptedException {
    String never = "0001-01-01T00:00:00Z";

    assertEquals(
        "202 {\"written\":1,\"known\":0,\"ignored\":[]}", alert("firing", never, "shop-frontend"));
    assertEquals(
        "200 {\"written\":0,\"known\":1,\"ignored\":[]}", alert("firing", never, "shop-frontend"));

    assertEquals(List.of(new Said.DetectorFired("alertmanager", "ShopDown")), said());
    assertEquals(World.at(11.5).wall(), claims().getFirst().time());
    assertEquals("checkout-eu-1", ((Event.Claimed) world.said().getFirst().event()).incident());
  }

  @Test
  void aResolvedAlertHadFired() throws IOException, InterruptedException {
    assertEquals(
        "202 {\"written\":2,\"known\":0,\"ignored\":[]}",
        alert("resolved", "2026-01-01T00:00:30Z", "checkout"));

    assertEquals(
        List.of(
            new Said.DetectorFired("alertmanager", "ShopDown"),
            new Said.DetectorCleared("alertmanager", "ShopDown")),
        said());
    assertEquals(World.at(30).wall(), claims().getLast().time());
  }

  @Test
  void leavesOutWhatIsAboutNothingWatched() throws IOException, InterruptedException {
    assertEquals(
        "200 {\"written\":0,\"known\":0,\"ignored\":[\"no service `billing`\"]}",
        alert("firing", "0001-01-01T00:00:00Z", "billing"));
    String body = GROUP.replace("STATUS", "firing").replace("SHOP", "checkout");
    assertEquals(
        "200 {\"written\":0,\"known\":0,\"ignored\":[\"no region `mars` of checkout\"]}",
        send(bearing(request(ALERTMANAGER, body.replace("euw1", "mars")))));
    assertEquals(
        "200 {\"written\":0,\"known\":0,"
            + "\"ignored\":[\"alert `ShopDown` has no label `app`\"]}",
        send(bearing(request(ALERTMANAGER, body.replace("\"app\"", "\"job\"")))));
    assertEquals(
        "200 {\"written\":0,\"known\":0,"
            + "\"ignored\":[\"2024-01-01T00:00:11.500Z is more than a year ago\"]}",
        send(bearing(request(ALERTMANAGER, body.replace("2026-", "2024-")))));
    assertEquals(List.of(), said());
  }

  private static HttpRequest.Builder bearing(HttpRequest.Builder request) {
    return request.header("Authorization", "bearer " + TOKEN);
  }

  @Test
  void saysWhatIsNoAlert() throws IOException, InterruptedException {
    String write = "\",\"write\":\"what Alertmanager sends to a webhook, version 4\"}";
    assertEquals(
        "400 {\"error\":\"alerts is missing" + write,
        send(bearing(request(ALERTMANAGER, "{\"version\":\"4\"}"))));
    assertEquals(
        "400 {\"error\":\"version 5 is not known" + write,
        send(bearing(request(ALERTMANAGER, "{\"version\":\"5\"}"))));
    assertEquals(
        "400 {\"error\":\"alerts[0].labels is missing" + write,
        send(bearing(request(ALERTMANAGER, "{\"alerts\":[{}]}"))));
    assertEquals(
        "400 {\"error\":\"Text 'now' could not be parsed at index 0" + write,
        send(bearing(request(ALERTMANAGER, GROUP.replace("2026-01-01T00:00:11.5Z", "now")))));
  }

  @Test
  void onlyWhoKnowsTheTokenMayClaim() throws IOException, InterruptedException {
    String refused =
        "401 {\"error\":\"who claims has to know the agent's token\","
            + "\"write\":\"the header Authorization: Bearer with its `claims-token`\"}";
    String claim = "{\"type\":\"acknowledged\",\"service\":\"checkout\"}";

    assertEquals(refused, send(request(ALERTMANAGER, GROUP)));
    assertEquals(refused, send(request("/api/v1/claims", claim)));
    assertEquals(
        refused,
        send(request("/api/v1/claims", claim).header("Authorization", "Bearer " + TOKEN + "x")));
    assertEquals(
        refused, send(request("/api/v1/claims", claim).header("Authorization", "Basic " + TOKEN)));
    assertEquals(List.of(), said());
    assertEquals("202", send(bearing(request("/api/v1/claims", claim))).substring(0, 3));
  }

  @Test
  void aPageIsTakenIfAnyOfTheSecretsSignedIt()
      throws IOException, InterruptedException, GeneralSecurityException {
    String body = PAGE.replace("TYPE", "triggered");

    assertEquals(
        "202 {\"written\":1,\"known\":0,\"ignored\":[]}",
        page(body, signed("another-secret", body) + "," + signed(NEW, body)));
    assertEquals("200 {\"written\":0,\"known\":1,\"ignored\":[]}", page(body, signed(OLD, body)));
    assertEquals(List.of(new Said.DetectorFired("pagerduty", "shop is down")), said());
    assertEquals(World.at(20).wall(), claims().getFirst().time());
  }

  @Test
  void apageThatNobodySignedIsNotTaken()
      throws IOException, InterruptedException, GeneralSecurityException {
    String refused =
        "401 {\"error\":\"the signature is not right\","
            + "\"write\":\"X-PagerDuty-Signature with the secret of the config\"}";
    String body = PAGE.replace("TYPE", "triggered");

    assertEquals(refused, send(request(PAGERDUTY, body)));
    assertEquals(refused, page(body, ""));
    assertEquals(refused, page(body, "v1="));
    assertEquals(refused, page(body, signed("another-secret", body)));
    assertEquals(refused, page(body + " ", signed(NEW, body)));
    assertEquals(refused, page(body, signed(NEW, body).replace("v1=", "v2=")));
    assertEquals(List.of(), said());
  }

  @Test
  void acknowledgedAndResolvedAreTold()
      throws IOException, InterruptedException, GeneralSecurityException {
    for (String type : new String[] {"acknowledged", "resolved", "delegated"}) {
      String body = PAGE.replace("TYPE", type).replace("01EVENT", type);
      page(body, signed(NEW, body));
    }
    String ping = "{\"event\":{\"id\":\"1\",\"event_type\":\"pagey.ping\"}}";

    assertEquals(
        "200 {\"written\":0,\"known\":0,\"ignored\":[\"event pagey.ping\"]}",
        page(ping, signed(NEW, ping)));
    assertEquals(
        List.of(new Said.Acknowledged(), new Said.DetectorCleared("pagerduty", "shop is down")),
        said());
    assertEquals("Jane Doe", claims().getFirst().actor());
  }

  @Test
  void saysWhatIsNoPage() throws IOException, InterruptedException, GeneralSecurityException {
    String write = "\",\"write\":\"what PagerDuty sends to a webhook, version 3\"}";
    assertEquals("400 {\"error\":\"event is missing" + write, page("{}", signed(NEW, "{}")));
    String body = PAGE.replace("TYPE", "resolved").replace("\"service\"", "\"team\"");
    assertEquals(
        "400 {\"error\":\"event.data.service is missing" + write, page(body, signed(NEW, body)));
  }

  @Test
  void readsNoMoreThanAnAlertNeeds() throws IOException, InterruptedException {
    String long1 = " ".repeat(1_048_577);
    assertEquals(
        "413 {\"error\":\"the claim is too long\",\"write\":\"at most 1048576 bytes\"}",
        send(bearing(request(ALERTMANAGER, long1))));
    assertEquals(
        "413 {\"error\":\"the claim is too long\",\"write\":\"at most 262144 bytes\"}",
        send(request(PAGERDUTY, long1.substring(0, 262_145))));
  }
}
