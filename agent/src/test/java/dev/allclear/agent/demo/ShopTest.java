package dev.allclear.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.demo.Truth.Fact;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShopTest {
  private static final String BOOKED = "{\"order\":\"A-17\",\"state\":\"booked\"}";

  private final FakeClock clock = new FakeClock();
  private final Chronicle chronicle = new Chronicle(clock);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Shop shop;
  private Shopper shopper;

  @BeforeEach
  void open() throws IOException {
    shop =
        Shop.open(
            Region.WEST,
            new InetSocketAddress(Region.WEST.host(), 0),
            new Storefront(1),
            chronicle,
            threads);
    shopper = new Shopper(Region.WEST.host(), shop.address().getPort());
  }

  @AfterEach
  void close() {
    shopper.close();
    shop.close();
    threads.close();
  }

  @Test
  void sellsToWhoeverLogsIn() throws IOException, InterruptedException {
    HttpResponse<String> login = shopper.post("/login", "user=ada&password=lovelace");
    assertEquals(200, login.statusCode());
    String token = login.body().substring(10, 26);
    assertEquals(
        "{\"token\":\"" + token + "\",\"user\":{\"name\":\"ada\",\"tier\":\"gold\"}}",
        login.body());
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

    HttpResponse<String> cart =
        shopper.post(
            "/cart", "{\"sku\":\"tea\"}", "Cookie", cookie, "Content-Type", "application/json");
    assertEquals(201, cart.statusCode());
    assertEquals("{\"items\":1}", cart.body());

    HttpResponse<String> checkout =
        shopper.post(
            "/checkout", "", "Cookie", "a=b; " + cookie, "Authorization", "Bearer " + token);
    assertEquals(201, checkout.statusCode());
    assertEquals(BOOKED, checkout.body());
    assertEquals(BOOKED, shopper.get("/orders/A-17").body());
  }

  @Test
  void saysWhichRegionServed() throws IOException, InterruptedException {
    for (String path : List.of("/healthz", "/orders/A-17", "/nowhere")) {
      assertEquals(
          "west", shopper.get(path).headers().firstValue("X-Served-By").orElseThrow(), path);
    }
  }

  @Test
  void refusesStrangers() throws IOException, InterruptedException {
    assertEquals(401, shopper.post("/login", "user=ada&password=byron").statusCode());
    assertEquals(401, shopper.post("/login", "").statusCode());
    assertEquals(401, shopper.post("/cart", "{}").statusCode());
    assertEquals(401, shopper.post("/checkout", "", "Authorization", "Bearer wrong").statusCode());
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws IOException, InterruptedException {
    assertAnswer(
        400, "{\"error\":\"`%zz` is not URL-encoded\"}", shopper.post("/login", "user=%zz"));
    assertAnswer(
        400, "{\"error\":\"`user` has no value; write user=…\"}", shopper.post("/login", "user"));
    assertAnswer(404, "{\"error\":\"there is no GET /nowhere\"}", shopper.get("/nowhere"));
    assertAnswer(404, "{\"error\":\"there is no POST /healthz\"}", shopper.post("/healthz", ""));
    assertAnswer(
        413, "the body is larger than 4096 bytes\n", shopper.post("/login", "x".repeat(4097)));
  }

  @Test
  void acceptsOnlyJsonInTheCart() throws IOException, InterruptedException {
    String cookie =
        shopper
            .post("/login", "user=ada&password=lovelace")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    assertAnswer(
        415, "{\"error\":\"write JSON\"}", shopper.post("/cart", "sku=tea", "Cookie", cookie));
  }

  @Test
  void refusesConnectionsUntilMended() throws IOException, InterruptedException {
    assertEquals(200, shopper.get("/healthz").statusCode());
    shop.breakDown(Breakage.REFUSE);
    assertThrows(ConnectException.class, () -> shopper.get("/healthz"));
    shop.mend();
    assertEquals(200, shopper.get("/healthz").statusCode());
  }

  @Test
  void answersErrorsUntilMended() throws IOException, InterruptedException {
    shop.breakDown(Breakage.ERROR);
    assertAnswer(503, "{\"error\":\"out of order\"}", shopper.get("/healthz"));
    assertEquals(503, checkout());
    shop.mend();
    assertEquals(200, shopper.get("/healthz").statusCode());
  }

  @Test
  void hangsUntilMended() throws IOException, InterruptedException {
    shop.breakDown(Breakage.HANG);
    assertThrows(HttpTimeoutException.class, () -> shopper.get("/healthz", Duration.ofMillis(200)));
    CompletableFuture<HttpResponse<String>> waiting = shopper.getLater("/healthz");
    shop.mend();
    assertEquals(200, waiting.join().statusCode());
  }

  @Test
  void dropsWhoeverWaitsWhenItCloses() throws IOException, InterruptedException {
    shop.breakDown(Breakage.HANG);
    CompletableFuture<HttpResponse<String>> waiting = shopper.getLater("/healthz");
    shop.close();
    assertThrows(CompletionException.class, waiting::join);
  }

  @Test
  void isShallowGreenWhileOnlyTheCheckoutFails() throws IOException, InterruptedException {
    shop.breakDown(Breakage.CHECKOUT);
    assertEquals(200, shopper.get("/healthz").statusCode());
    assertEquals(500, checkout());
    shop.mend();
    assertEquals(201, checkout());
  }

  @Test
  void isShallowGreenWhileCold() throws IOException, InterruptedException {
    shop.warm(Duration.ofSeconds(3));
    assertEquals(200, shopper.get("/healthz").statusCode());
    clock.set(2999);
    assertEquals(503, checkout());
    clock.set(3000);
    assertEquals(201, checkout());
    clock.set(9000);
    shop.settle();
    assertEquals(List.of("west is cold: its checkout fails", "west is warm"), facts());
    assertEquals(FakeClock.at(3000), chronicle.truth().facts().getLast().at());
  }

  @ParameterizedTest
  @EnumSource
  void canBeBrokenInAnotherWayWhileBroken(Breakage first) throws IOException, InterruptedException {
    shop.breakDown(first);
    shop.breakDown(Breakage.ERROR);
    assertEquals(503, shopper.get("/healthz").statusCode());
    shop.breakDown(Breakage.REFUSE);
    assertThrows(ConnectException.class, () -> shopper.get("/healthz"));
    shop.breakDown(Breakage.CHECKOUT);
    assertEquals(200, shopper.get("/healthz").statusCode());
  }

  @Test
  void recordsOnlyWhatChanged() throws IOException, InterruptedException {
    shop.mend();
    shop.breakDown(Breakage.ERROR);
    shop.breakDown(Breakage.ERROR);
    shop.mend();
    shop.mend();
    assertEquals(List.of("west broke: every answer is 503", "west is mended"), facts());
  }

  @Test
  void staysClosed() throws IOException, InterruptedException {
    shop.breakDown(Breakage.REFUSE);
    shop.close();
    shop.mend();
    assertThrows(ConnectException.class, () -> shopper.get("/healthz"));
  }

  private int checkout() throws IOException, InterruptedException {
    HttpResponse<String> login = shopper.post("/login", "user=ada&password=lovelace");
    if (login.statusCode() != 200) {
      return login.statusCode();
    }
    return shopper
        .post(
            "/checkout",
            "",
            "Cookie",
            login.headers().firstValue("Set-Cookie").orElseThrow(),
            "Authorization",
            "Bearer " + login.body().substring(10, 26))
        .statusCode();
  }

  private List<String> facts() {
    return chronicle.truth().facts().stream().map(Fact::what).toList();
  }

  private static void assertAnswer(int status, String body, HttpResponse<String> response) {
    assertEquals(body, response.body());
    assertEquals(status, response.statusCode());
  }
}
