package dev.allclear.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlTest {
  private final FakeClock clock = new FakeClock();
  private World world;
  private Ports ports;
  private Shopper person;

  @BeforeEach
  void start() throws IOException {
    world = World.start(Ports.FREE, clock, 1);
    ports = world.ports();
    person = new Shopper("127.0.0.1", ports.control());
  }

  @AfterEach
  void close() throws IOException {
    person.close();
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/break?region=west&how=refuse | west breaks: connections are refused",
        "/break?region=east&how=error | east breaks: every answer is 503",
        "/break?region=west&how=hang | west breaks: no request is answered",
        "/break?region=west&how=checkout | west breaks: only the checkout fails",
        "/mend?region=west | west is mended",
        "/warm?region=east&seconds=5 | east is cold: its checkout fails for 5.0 s",
        "/fail-over?to=east | fail-over: DNS now sends users east",
      })
  void does(String path, String answer) throws IOException, InterruptedException {
    assertAnswer(200, answer + "\n", person.post(path, ""));
  }

  @Test
  void readsAFormToo() throws IOException, InterruptedException {
    assertAnswer(
        200, "west breaks: every answer is 503\n", person.post("/break", "region=west&how=error"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/break | region is missing; write region=west or region=east",
        "/break?region=north&how=hang | region=north is not known; write region=west or region=east",
        "/break?region=west | how is missing; write how=refuse, how=error, how=hang or how=checkout",
        "/break?region=west&how=burn | how=burn is not known; write how=refuse, how=error, how=hang or how=checkout",
        "/break?regoin=west&how=hang | `regoin` is not a parameter of /break; write region and how",
        "/break?region | `region` has no value; write region=…",
        "/break?region=%25zz | region=%zz is not known; write region=west or region=east",
        "/mend?to=west | `to` is not a parameter of /mend; write region",
        "/mend?region=WEST | region=WEST is not known; write region=west or region=east",
        "/warm?region=east | seconds is missing; write seconds=5, or another whole number from 1 to 999",
        "/warm?region=east&seconds=0 | seconds=0 is not known; write seconds=5, or another whole number from 1 to 999",
        "/fail-over | to is missing; write to=west or to=east",
        "/fail-over?to=moon | to=moon is not known; write to=west or to=east",
      })
  void saysWhatToWriteInstead(String path, String answer) throws IOException, InterruptedException {
    assertAnswer(400, answer + "\n", person.post(path, ""));
    assertAnswer(200, "", person.get("/truth"));
  }

  @Test
  void saysThatActsArePosted() throws IOException, InterruptedException {
    assertAnswer(
        405,
        "write curl -X POST 'http://127.0.0.1:%d/break?…'\n".formatted(ports.control()),
        person.get("/break?region=west&how=hang"));
  }

  @Test
  void saysWhereToLook() throws IOException, InterruptedException {
    assertAnswer(
        404,
        "there is no /brake; see curl http://127.0.0.1:%d/\n".formatted(ports.control()),
        person.post("/brake", ""));
  }

  @Test
  void showsTheTruthInJsonLines() throws IOException, InterruptedException {
    clock.set(1500);
    person.post("/break?region=west&how=error", "");
    clock.set(2000);
    person.post("/mend?region=west", "");
    assertAnswer(
        200,
        """
        {"at":{"earliest":"2026-01-01T00:00:01.500Z","latest":"2026-01-01T00:00:01.500Z"},"what":"west broke: every answer is 503"}
        {"at":{"earliest":"2026-01-01T00:00:02Z","latest":"2026-01-01T00:00:02Z"},"what":"west is mended"}
        """,
        person.get("/truth"));
  }

  @Test
  void listsWhatCanBeDoneAndHowThingsAre() throws IOException, InterruptedException {
    person.post("/break?region=west&how=hang", "");
    person.post("/warm?region=east&seconds=9", "");
    person.post("/fail-over?to=east", "");
    String control = "http://127.0.0.1:" + ports.control();
    assertAnswer(
        200,
        """
        A shop in two regions. What you can do to it:

          curl -X POST '%1$s/break?region=west&how=refuse'    or how=error, how=hang, how=checkout
          curl -X POST '%1$s/mend?region=west'
          curl -X POST '%1$s/warm?region=east&seconds=5'      its checkout fails for so long
          curl -X POST '%1$s/fail-over?to=east'               changes the record of shop.allclear.test
          curl %1$s/truth                                     what really happened, and when

        How it is now:

          west       http://127.0.10.1:%2$d  broken: no request is answered
          east       http://127.0.20.1:%2$d  healthy, cold: its checkout fails
          authority  127.0.0.1:%3$d answers east
          obeys      127.0.0.1:%4$d answers east
          clamps     127.0.0.1:%5$d answers east
          stale      127.0.0.1:%6$d answers east
        """
            .formatted(
                control,
                ports.shop(),
                ports.authority(),
                ports.obeys(),
                ports.clamps(),
                ports.stale()),
        person.get("/"));
  }

  private static void assertAnswer(int status, String body, HttpResponse<String> response) {
    assertEquals(body, response.body());
    assertEquals(status, response.statusCode());
  }
}
